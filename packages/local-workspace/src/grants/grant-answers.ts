import type { Securable } from '../access/securable.ts';
import type { Answer } from '../api/route.ts';
import { principalId } from '../principals/principal-id.ts';
import type { Storage } from '../storage/storage.ts';
import type { PrivilegeRow } from './privilege-rows.ts';

/** PrivilegeAssignment of one principal. */
export function directAnswer(source: Pick<Storage, 'get'>, rows: readonly PrivilegeRow[]): Answer {
  const principal = rows[0]?.principal ?? '';
  return {
    principal,
    principal_id: principalId(source, principal),
    privileges: rows.map(({ privilege }) => privilege),
  };
}

/** EffectivePrivilegeAssignment of one principal; what was granted on the object itself says nothing about inheritance. */
export function effectiveAnswer(rows: readonly PrivilegeRow[], securable: Securable): Answer {
  return {
    principal: rows[0]?.principal,
    privileges: rows.map(({ privilege, place }) =>
      place.type === securable.type
        ? { privilege }
        : { privilege, inherited_from_type: place.type.toUpperCase(), inherited_from_name: place.name },
    ),
  };
}
