import { tableSecurable } from '../../access/securable.ts';
import type { Securable } from '../../access/securable.ts';
import type { TableObject } from '../../unity/objects.ts';
import { requireTable } from '../session.ts';
import type { ObjectName, Session } from '../session.ts';
import { expectTable, materializedOnly } from '../sql-errors.ts';

/** A table whose rows the caller may change. */
export function requireModifiable(session: Session, name: ObjectName): TableObject {
  const table = requireTable(session, name);
  session.access.require(session.caller, 'MODIFY', tableSecurable(table));
  if (table.tableType === 'MATERIALIZED_VIEW') throw materializedOnly(name, 'a change of its rows');
  if (table.viewDefinition !== undefined) throw expectTable([name.catalog, name.schema, name.name]);
  return table;
}

/**
 * A view is altered by its owner only, for which MANAGE is not enough (corrections 2); a table also with MANAGE or MODIFY.
 */
export function requireAlterable(session: Session, table: TableObject): void {
  const { access, caller } = session;
  const securable = tableSecurable(table);
  if (table.viewDefinition !== undefined) access.requireOwner(caller, securable);
  else if (!access.manages(caller, securable)) access.require(caller, 'MODIFY', securable);
}

/** Owner, MANAGE or owner of a parent. */
export function requireDroppable(session: Session, securable: Securable): void {
  session.access.requireManage(session.caller, securable);
}
