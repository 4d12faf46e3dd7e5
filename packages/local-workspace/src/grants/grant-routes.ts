import { everyone } from '../access/create-access.ts';
import type { Access } from '../access/access.ts';
import type { Securable } from '../access/securable.ts';
import type { Paging } from '../api/paging.ts';
import { integer, queryFlag, shape, text } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import type { Caller } from '../principals/caller.ts';
import { namesOf } from '../principals/caller.ts';
import { requirePrincipal } from '../principals/known-principals.ts';
import type { Storage } from '../storage/storage.ts';
import { directAnswer, effectiveAnswer } from './grant-answers.ts';
import { changeRoute } from './change-route.ts';
import { pageOfPrincipals } from './grant-pages.ts';
import { requireGrantable } from './grantable.ts';
import { byPrincipal, directRows, effectiveRows } from './privilege-rows.ts';
import type { PrivilegeRow } from './privilege-rows.ts';

export interface GrantServices {
  readonly storage: Storage;
  readonly access: Access;
  readonly metastoreId: string;
  readonly paging: Paging;
}

const prefix = '/api/2.1/unity-catalog';
const paged = { page_token: text, principal: text };
const byPrivileges = { ...paged, max_results: integer({ min: 0 }) };
const byAssignments = { ...paged, page_size: integer({ min: 0 }) };
const deleted = { include_deleted_principals: queryFlag };

/** Grants, direct and effective, each in the older form with `max_results` and in that with `page_size`. */
export function grantRoutes(services: GrantServices): readonly Route[] {
  return [
    listRoute(services, { path: 'permissions', effective: false, key: 'privilege_assignments' }),
    listRoute(services, { path: 'effective-permissions', effective: true, key: 'privilege_assignments' }),
    listRoute(services, { path: 'privilege-assignments', effective: false, key: 'privilege_assignments' }),
    listRoute(services, {
      path: 'effective-privilege-assignments',
      effective: true,
      key: 'effective_privilege_assignments',
    }),
    changeRoute(services),
  ];
}

interface GrantList {
  readonly path: string;
  readonly effective: boolean;
  readonly key: string;
}

function listRoute(services: GrantServices, { path, effective, key }: GrantList): Route {
  const { storage, metastoreId, paging } = services;
  const isNew = path.endsWith('assignments');
  const query = shape({ optional: { ...(isNew ? byAssignments : byPrivileges), ...(effective ? {} : deleted) } });
  return route(`GET ${prefix}/${path}/{securable_type}/{full_name}`, {
    query,
    handle({ parameters, query: asked, caller }) {
      const given: { readonly principal?: string; readonly page_token?: string } & Readonly<Record<string, unknown>> =
        asked;
      const securable = requireGrantable(storage, metastoreId, parameters);
      const rows = effective ? effectiveRows(storage, securable) : directRows(storage, securable);
      const shown = shownTo(services, rows, { caller, securable, principal: given.principal });
      const name = isNew ? 'page_size' : 'max_results';
      const page = pageOfPrincipals(
        byPrincipal(shown),
        {
          name,
          limit: given[name] as number | undefined,
          pageToken: given.page_token,
          weigh: (privileges) => (isNew ? 1 : privileges.length),
        },
        paging,
      );
      return {
        [key]: page.items.map((privileges) =>
          effective ? effectiveAnswer(privileges, securable) : directAnswer(storage, privileges),
        ),
        next_page_token: page.nextPageToken,
      };
    },
  });
}

/**
 * Who neither owns nor manages the object sees what was granted to him and his groups; `principal` asks for the rows of
 * that name alone, not for those of its groups (corrections 16).
 */
function shownTo(
  { storage, access }: GrantServices,
  rows: readonly PrivilegeRow[],
  asked: { readonly caller: Caller; readonly securable: Securable; readonly principal: string | undefined },
): readonly PrivilegeRow[] {
  const wanted = asked.principal && requirePrincipal(storage, asked.principal).toLowerCase();
  const own = [everyone, ...namesOf(asked.caller)].map((name) => name.toLowerCase());
  const all = access.manages(asked.caller, asked.securable);
  return rows.filter(({ principal }) => {
    const name = principal.toLowerCase();
    return (all || own.includes(name)) && (wanted === undefined || wanted === '' || name === wanted);
  });
}
