import { route } from './route.ts';
import type { Route } from './route.ts';

/** The caller as SCIM shows it. Everyone is a member of `users`, as in a workspace. */
export function currentUserRoutes(options: { readonly groups: readonly string[] }): readonly Route[] {
  return [
    route('GET /api/2.0/preview/scim/v2/Me', {
      handle: ({ principal }) => ({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        id: '1000000000000001',
        userName: principal,
        displayName: principal,
        active: true,
        emails: [{ type: 'work', value: principal, primary: true }],
        groups: options.groups.map((display, index) => ({ display, value: String(index + 1), type: 'direct' })),
      }),
    }),
  ];
}
