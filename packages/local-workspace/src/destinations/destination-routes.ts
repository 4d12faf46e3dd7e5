import { ApiError, resourceDoesNotExist } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import { integer, shape, text } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import type { Caller } from '../principals/caller.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import { addDestination } from './add-destination.ts';
import { changedDestination, destinationConfigAnswer, newDestination, sameKind } from './destination-config.ts';
import { findDestination, listDestinations, putDestination } from './destination.ts';
import type { Destination } from './destination.ts';

const prefix = '/api/2.0/notification-destinations';

const listQuery = shape({ optional: { page_size: integer({ min: 0 }), page_token: text } });

/** Bodies hold secrets, which are neither kept nor logged. */
const secrets = ['config'];

export function destinationRoutes(options: { readonly storage: Storage; readonly ids: Ids }): readonly Route[] {
  const { storage, ids } = options;
  return [
    route(`POST ${prefix}`, {
      body: newDestination,
      secrets,
      async handle({ body, caller }) {
        requireAdmin(caller);
        const { display_name: displayName, config } = body;
        const added = { id: ids.uuid(), workspaceId: caller.workspaceId, displayName, config };
        const created = await storage.transaction((transaction) => addDestination(transaction, added));
        return fullAnswer(created, caller);
      },
    }),
    route(`GET ${prefix}`, {
      query: listQuery,
      handle({ query, caller }) {
        const own = listDestinations(storage).filter(({ workspaceId }) => workspaceId === caller.workspaceId);
        const page = pageOf(own, { maxResults: query.page_size, pageToken: query.page_token });
        return { results: page.items.map(shortAnswer), next_page_token: page.nextPageToken };
      },
    }),
    route(`GET ${prefix}/{id}`, {
      handle: ({ parameters, caller }) => fullAnswer(existing(storage, caller, parameters('id')), caller),
    }),
    route(`PATCH ${prefix}/{id}`, {
      body: changedDestination,
      secrets,
      async handle({ parameters, body, caller }) {
        requireAdmin(caller);
        const changed = await storage.transaction(async (transaction) => {
          const current = existing(transaction, caller, parameters('id'));
          const displayName = body.display_name ?? current.displayName;
          const updated = { ...current, displayName, config: sameKind(current.config, body.config) };
          await putDestination(transaction, updated);
          return updated;
        });
        return fullAnswer(changed, caller);
      },
    }),
    route(`DELETE ${prefix}/{id}`, {
      async handle({ parameters, caller }) {
        requireAdmin(caller);
        await storage.transaction(async (transaction) => {
          await transaction.remove('destination', existing(transaction, caller, parameters('id')).id);
        });
        return {};
      },
    }),
  ];
}

function existing(source: Pick<Storage, 'get'>, caller: Caller, id: string): Destination {
  const destination = findDestination(source, caller.workspaceId, id);
  if (destination === undefined) throw resourceDoesNotExist(`Notification destination with ID '${id}' does not exist.`);
  return destination;
}

function requireAdmin(caller: Caller): void {
  if (caller.admin) return;
  const message = 'Only workspace admins can create, update and delete notification destinations.';
  throw new ApiError(403, 'PERMISSION_DENIED', message);
}

function shortAnswer({ id, displayName, config }: Destination): Answer {
  return { id, display_name: displayName, destination_type: config.type };
}

/** The configuration is for admins (notification destination API). */
function fullAnswer(destination: Destination, caller: Caller): Answer {
  const config = caller.admin ? { config: destinationConfigAnswer(destination.config) } : {};
  return { ...shortAnswer(destination), ...config };
}
