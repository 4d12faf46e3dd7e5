import { reply } from '../api/reply.ts';
import type { Reply } from '../api/reply.ts';
import { integer, oneOf, shape, text } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import type { Storage } from '../storage/storage.ts';
import { listGroups } from './known-principals.ts';
import { groupId } from './principal-id.ts';
import { listPrincipals } from './principal.ts';
import type { Principal } from './principal.ts';

const prefix = '/api/2.0/preview/scim/v2';
const listQuery = shape({
  optional: {
    filter: text,
    startIndex: integer({ min: 0 }),
    count: integer({ min: 0 }),
    attributes: text,
    excludedAttributes: text,
    sortBy: text,
    sortOrder: oneOf('ascending', 'descending'),
  },
});
const noQuery: typeof listQuery = shape({});

/** Who is known to the workspace: users, service principals and groups, to read. */
export function scimRoutes(storage: Storage): readonly Route[] {
  const people = (kind: Principal['kind']): readonly Principal[] =>
    listPrincipals(storage).filter((principal) => principal.kind === kind);
  return [
    ...resourceRoutes('Users', () => people('user').map(userAnswer)),
    ...resourceRoutes('ServicePrincipals', () => people('service_principal').map(servicePrincipalAnswer)),
    ...resourceRoutes('Groups', () => listGroups(storage).map((name) => groupAnswer(name, listPrincipals(storage)))),
  ];
}

function resourceRoutes(
  name: 'Users' | 'ServicePrincipals' | 'Groups',
  all: () => readonly Answer[],
): readonly Route[] {
  return [
    route(`GET ${prefix}/${name}`, {
      query: listQuery,
      handle({ query }) {
        const matches = readFilter(query.filter);
        if (matches === undefined) return scimError(400, 'Only filters of the form attribute eq "value" are served.');
        const found = all().filter(matches);
        // Positions count from 1.
        const start = Math.max(1, query.startIndex ?? 1);
        const page = found.slice(start - 1, start - 1 + (query.count ?? found.length));
        return {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
          totalResults: found.length,
          startIndex: start,
          itemsPerPage: page.length,
          Resources: page,
        };
      },
    }),
    route(`GET ${prefix}/${name}/{id}`, {
      // The client of a user sends along what a list takes; it changes nothing.
      query: name === 'Users' ? listQuery : noQuery,
      handle({ parameters }) {
        const found = all().find(({ id }) => id === parameters('id'));
        return found ?? scimError(404, `${name.slice(0, -1)} with id ${parameters('id')} not found.`);
      },
    }),
  ];
}

/** `attribute eq "value"`, whose parts are compared without case; `undefined` for any other filter. */
function readFilter(filter: string | undefined): ((resource: Answer) => boolean) | undefined {
  if (filter === undefined || filter.trim() === '') return () => true;
  const match = /^\s*(\w+)\s+eq\s+(?:"([^"]*)"|'([^']*)'|(\S+))\s*$/i.exec(filter);
  if (match === null) return undefined;
  const [, attribute = '', ...values] = match;
  const wanted = (values.find((value) => value !== undefined) ?? '').toLowerCase();
  return (resource) =>
    Object.entries(resource).some(
      ([key, value]) =>
        key.toLowerCase() === attribute.toLowerCase() &&
        (typeof value === 'string' || typeof value === 'boolean') &&
        String(value).toLowerCase() === wanted,
    );
}

function userAnswer({ id, userName, displayName, groups }: Principal): Answer {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id,
    userName,
    displayName,
    active: true,
    emails: [{ type: 'work', value: userName, primary: true }],
    groups: groupReferences(groups),
  };
}

function servicePrincipalAnswer({ id, userName, displayName, groups }: Principal): Answer {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal'],
    id,
    applicationId: userName,
    displayName,
    active: true,
    groups: groupReferences(groups),
  };
}

function groupAnswer(name: string, principals: readonly Principal[]): Answer {
  const members = principals.filter(({ groups }) => groups.includes(name));
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id: groupId(name),
    displayName: name,
    members: members.map(({ id, displayName }) => ({ value: id, display: displayName })),
  };
}

function groupReferences(groups: readonly string[]): readonly Answer[] {
  return groups.map((display) => ({ display, value: groupId(display), type: 'direct' }));
}

/** SCIM has a body of its own for errors (section 3.12 of RFC 7644), from which clients make `SCIM_<status>`. */
function scimError(status: number, detail: string): Reply {
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail, status: String(status) };
  return reply(status, {
    headers: { 'Content-Type': 'application/scim+json' },
    content: Buffer.from(JSON.stringify(body)),
  });
}
