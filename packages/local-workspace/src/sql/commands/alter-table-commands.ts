import { tableSecurable } from '../../access/securable.ts';
import type { TableObject } from '../../unity/objects.ts';
import { readKeys, readProperties } from './clauses.ts';
import { change, noResult } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { addColumns, alterColumn, dropColumns, renameColumn } from './column-commands.ts';
import { addConstraint, dropConstraint } from './constraint-commands.ts';
import { readOwner, requireHandOver } from './owner-command.ts';
import { renameTable } from './rename-command.ts';
import { requireAlterable } from './rights.ts';
import { skipLayout } from './table-definition.ts';
import { alterTags } from './tag-commands.ts';
import { alterViewQuery } from './view-commands.ts';
import { fullNameOf, partsOf, requireTable, resolveTableName } from '../session.ts';
import type { ObjectName } from '../session.ts';
import { expectTable, expectView, materializedOnly } from '../sql-errors.ts';
import type { StatementResult } from '../statement-engine.ts';

/** ALTER TABLE|VIEW; tags and properties of a view may be set through either. */
export function alterTable(kind: 'table' | 'view'): Command {
  return async (context) => {
    const { session, cursor } = context;
    const name = resolveTableName(session, cursor.dottedName());
    if (kind === 'view' && cursor.take('AS')) return alterViewQuery(context, name);
    const table = requireTable(session, name);
    if (kind === 'view' && table.viewDefinition === undefined) throw expectView(partsOf(name));
    const target = { entityType: 'tables', entityName: fullNameOf(name), securable: tableSecurable(table) } as const;
    const tagged = await alterTags(context, target);
    if (tagged !== undefined) return tagged;
    const owner = readOwner(cursor);
    if (owner !== undefined) return setOwner(context, table, owner);
    if (cursor.take('RENAME', 'TO')) return renameTable(context, table);
    requireAlterable(session, table);
    const changed = await alterFacts(context, name, kind);
    if (changed !== undefined) return changed;
    throw cursor.fault();
  };
}

async function alterFacts(
  context: CommandContext,
  name: ObjectName,
  kind: 'table' | 'view',
): Promise<StatementResult | undefined> {
  const { session, cursor } = context;
  const table = requireTable(session, name);
  if (cursor.take('SET', 'TBLPROPERTIES')) {
    if (table.tableType === 'MATERIALIZED_VIEW') throw materializedOnly(name, 'SET TBLPROPERTIES');
    if (kind === 'table' && table.viewDefinition !== undefined) throw expectTable(partsOf(name));
    return changeProperties(context, { name, set: readProperties(cursor), unset: [] });
  }
  if (cursor.take('UNSET', 'TBLPROPERTIES')) {
    cursor.take('IF', 'EXISTS');
    return changeProperties(context, { name, set: {}, unset: readKeys(cursor) });
  }
  if (cursor.take('ALTER', 'COLUMN') || cursor.take('CHANGE', 'COLUMN')) return alterColumn(context, name);
  if (cursor.take('WITH', 'SCHEMA')) {
    cursor.rest();
    return noResult;
  }
  if (kind === 'view') return undefined;
  if (cursor.take('ADD', 'COLUMN') || cursor.take('ADD', 'COLUMNS')) return addColumns(context, name);
  if (cursor.take('DROP', 'COLUMN') || cursor.take('DROP', 'COLUMNS')) return dropColumns(context, name);
  if (cursor.take('RENAME', 'COLUMN')) return renameColumn(context, name);
  if (cursor.take('ADD')) return addConstraint(context, name);
  if (cursor.take('DROP')) return dropConstraint(context, name);
  if (cursor.take('CLUSTER', 'BY')) {
    skipLayout(context);
    cursor.expectEnd();
    return noResult;
  }
  return undefined;
}

async function setOwner({ session }: CommandContext, table: TableObject, owner: string): Promise<StatementResult> {
  const ownerOnly = table.viewDefinition !== undefined;
  requireHandOver(session, { securable: tableSecurable(table), owner, ownerOnly });
  return change(session, async (transaction) => {
    const current = requireTable(session, table);
    await session.unity.updateTable(transaction, { ...current, owner, updatedAt: session.now });
  });
}

async function changeProperties(
  { session, cursor }: CommandContext,
  target: {
    readonly name: ObjectName;
    readonly set: Readonly<Record<string, string>>;
    readonly unset: readonly string[];
  },
): Promise<StatementResult> {
  cursor.expectEnd();
  return change(session, async (transaction) => {
    const table = requireTable(session, target.name);
    const properties = Object.fromEntries(
      Object.entries({ ...table.properties, ...target.set }).filter(([key]) => !target.unset.includes(key)),
    );
    await session.unity.updateTable(transaction, { ...table, properties, updatedAt: session.now });
  });
}
