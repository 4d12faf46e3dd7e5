import { invalidParameter, resourceDoesNotExist } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import { ignored, integer, shape, text } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { newRefresh } from './monitor-config.ts';
import { existingMonitor, monitorsPrefix } from './monitor-routes.ts';
import type { MonitorRouteOptions } from './monitor-routes.ts';
import { addRefresh, findRefresh, refreshAnswer, refreshesOf } from './refresh.ts';
import type { Refresh } from './refresh.ts';

const listQuery = shape({ optional: { page_size: integer({ min: 0 }), page_token: text } });
const cancellation = shape({ optional: { object_type: ignored, object_id: ignored, refresh_id: ignored } });
const prefix = `${monitorsPrefix}/{object_type}/{object_id}/refreshes` as const;

export function refreshRoutes(options: MonitorRouteOptions): readonly Route[] {
  const { storage, ids, clock, now, lifecycle, worker } = options;
  return [
    route(`POST ${prefix}`, {
      body: newRefresh,
      async handle({ parameters, body }) {
        const added = await storage.transaction(async (transaction) => {
          const { objectId } = existingMonitor(options, parameters);
          if (body.object_id !== objectId) {
            throw invalidParameter(`object_id: '${body.object_id}' is not the table of the path`);
          }
          const dueAt = now() + lifecycle.refreshDelayMs;
          const start = { refreshId: ids.integer(), first: false, dueAt, startTimeMs: clock().getTime() };
          return addRefresh(transaction, { objectId, ...start });
        });
        worker.wake();
        return refreshAnswer(added);
      },
    }),
    route(`GET ${prefix}`, {
      query: listQuery,
      handle({ parameters, query }) {
        const refreshes = refreshesOf(storage, existingMonitor(options, parameters).objectId);
        const page = pageOf(refreshes, { maxResults: query.page_size, pageToken: query.page_token });
        return { refreshes: page.items.map(refreshAnswer), next_page_token: page.nextPageToken };
      },
    }),
    route(`GET ${prefix}/{refresh_id}`, {
      handle: ({ parameters }) => refreshAnswer(existingRefresh(options, parameters)),
    }),
    route(`POST ${prefix}/{refresh_id}/cancel`, {
      body: cancellation,
      async handle({ parameters }) {
        await worker.cancel(existingRefresh(options, parameters));
        return { refresh: refreshAnswer(existingRefresh(options, parameters)) };
      },
    }),
  ];
}

function existingRefresh(options: MonitorRouteOptions, parameters: (name: string) => string): Refresh {
  const { objectId } = existingMonitor(options, parameters);
  const refresh = findRefresh(options.storage, { objectId, refreshId: Number(parameters('refresh_id')) });
  if (refresh === undefined) {
    throw resourceDoesNotExist(`Cannot find Refresh with ID: ${parameters('refresh_id')} of table ${objectId}`);
  }
  return refresh;
}
