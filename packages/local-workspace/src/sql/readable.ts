import { permissionDenied } from '../access/create-access.ts';
import { tableSecurable } from '../access/securable.ts';
import type { Caller } from '../principals/caller.ts';
import { findPrincipal } from '../principals/principal.ts';
import type { TableObject } from '../unity/objects.ts';
import { requireTable } from './session.ts';
import type { ObjectName, Session } from './session.ts';
import { tableNotFound } from './sql-errors.ts';

/**
 * The table or view of a query. The caller needs SELECT on it and USE on its parents; what a view reads is a matter of its
 * owner's rights, which may be gone since it was made.
 */
export function requireReadable(session: Session, name: ObjectName): TableObject {
  const table = requireTable(session, name);
  const { access, caller } = session;
  if (caller.kind === 'system' || session.modified === tableSecurable(table).name) return table;
  access.require(caller, 'SELECT', tableSecurable(table));
  if (table.tableType === 'VIEW') requireSources(session, table);
  return table;
}

/** Throws unless the owner of the view may read what it reads, and so on through the views behind it. */
export function requireSources(session: Session, view: TableObject): void {
  requireDependencies(session, view, new Set());
}

function requireDependencies(session: Session, view: TableObject, seen: Set<string>): void {
  const owner = ownerOf(session, view);
  for (const name of view.viewDependencies ?? []) {
    const table = session.unity.table(name);
    if (table === undefined) throw tableNotFound(name.split('.'));
    const securable = tableSecurable(table);
    if (!session.access.can(owner, 'SELECT', securable)) throw permissionDenied('SELECT', securable);
    if (seen.has(`${view.owner} ${name}`)) continue;
    seen.add(`${view.owner} ${name}`);
    if (table.tableType === 'VIEW') requireDependencies(session, table, seen);
  }
}

/** The owner as a caller; a group and a name without a principal have the rights of that name alone. */
function ownerOf({ storage, caller }: Session, { owner }: TableObject): Caller {
  const principal = findPrincipal(storage, owner);
  const { workspaceId } = caller;
  if (principal !== undefined) return { ...principal, workspaceId };
  return {
    id: '0',
    kind: 'user',
    userName: owner,
    displayName: owner,
    groups: [],
    admin: false,
    metastoreAdmin: false,
    workspaceId,
  };
}
