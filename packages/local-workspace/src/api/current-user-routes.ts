import { groupId } from '../principals/principal-id.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

/** The caller as SCIM shows it; a service principal has its application id as userName. */
export function currentUserRoutes(): readonly Route[] {
  return [
    route('GET /api/2.0/preview/scim/v2/Me', {
      handle: ({ caller }) => ({
        schemas: [`urn:ietf:params:scim:schemas:core:2.0:${caller.kind === 'user' ? 'User' : 'ServicePrincipal'}`],
        id: caller.id,
        userName: caller.userName,
        displayName: caller.displayName,
        active: true,
        ...(caller.kind === 'user' ? { emails: [{ type: 'work', value: caller.userName, primary: true }] } : {}),
        groups: caller.groups.map((display) => ({ display, value: groupId(display), type: 'direct' })),
      }),
    }),
  ];
}
