import { grantsOn } from '../access/grants.ts';
import type { Privilege } from '../access/privilege.ts';
import { parentsOf } from '../access/securable.ts';
import type { Securable } from '../access/securable.ts';
import type { Storage } from '../storage/storage.ts';

/** One privilege of a principal and where it was granted. */
export interface PrivilegeRow {
  readonly principal: string;
  readonly privilege: Privilege;
  readonly place: Securable;
}

/** What was granted on the object itself. */
export function directRows(source: Pick<Storage, 'get'>, securable: Securable): readonly PrivilegeRow[] {
  return Object.entries(grantsOn(source, securable)).flatMap(([principal, list]) =>
    list.map((privilege) => ({ principal, privilege, place: securable })),
  );
}

/** What was granted on the object and above it; ALL_PRIVILEGES stays one privilege. */
export function effectiveRows(source: Pick<Storage, 'get'>, securable: Securable): readonly PrivilegeRow[] {
  return [securable, ...parentsOf(securable)].flatMap((place) => directRows(source, place));
}

/** Rows by principal, in the order of the names, though the service has none (databricks/cli `libs/testserver/grants.go`). */
export function byPrincipal(rows: readonly PrivilegeRow[]): readonly (readonly PrivilegeRow[])[] {
  const principals = [...new Set(rows.map(({ principal }) => principal))].toSorted();
  return principals.map((principal) => rows.filter((row) => row.principal === principal));
}
