import { changeGrants, dropGrants, grantsOn } from '../../access/grants.ts';
import { schemaSecurable, tableSecurable } from '../../access/securable.ts';
import type { TableObject } from '../../unity/objects.ts';
import { change } from './command.ts';
import type { CommandContext } from './command.ts';
import { moveTags } from './column-commands.ts';
import { quotedTable } from './table-name.ts';
import { quoteIdentifier } from '../quote.ts';
import { findTable, fullNameOf, partsOf, requireTable, resolveTableName } from '../session.ts';
import { materializedOnly, tableExists, unsupported } from '../sql-errors.ts';
import type { StatementResult } from '../statement-engine.ts';

/** ALTER TABLE|VIEW name RENAME TO name: id, tags and grants stay. MANAGE is enough, for a view too (corrections 2). */
export async function renameTable({ session, cursor }: CommandContext, table: TableObject): Promise<StatementResult> {
  const { access, caller, unity } = session;
  const parts = cursor.dottedName();
  cursor.expectEnd();
  const defaults = { ...session, catalog: table.catalog, schema: table.schema };
  const renamed = resolveTableName(defaults, parts);
  access.requireManage(caller, tableSecurable(table));
  access.require(caller, 'CREATE_TABLE', schemaSecurable({ catalog: renamed.catalog, name: renamed.schema }));
  if (table.tableType === 'MATERIALIZED_VIEW') throw materializedOnly(table, 'RENAME');
  if (renamed.catalog !== table.catalog || renamed.schema !== table.schema)
    throw unsupported('a rename into another schema');
  return change(session, async (transaction) => {
    const current = requireTable(session, table);
    if (findTable(session, renamed) !== undefined) throw tableExists(partsOf(renamed));
    const kind = current.tableType === 'VIEW' ? 'VIEW' : 'TABLE';
    await transaction.connection.run(`ALTER ${kind} ${quotedTable(table)} RENAME TO ${quoteIdentifier(renamed.name)}`);
    const grants = grantsOn(transaction, tableSecurable(table));
    const tags = unity.tags('tables', fullNameOf(table));
    for (const column of current.columns) {
      const from = `${fullNameOf(table)}.${column.name}`;
      await moveTags(session, transaction, { from, to: `${fullNameOf(renamed)}.${column.name}` });
    }
    await dropGrants(transaction, tableSecurable(table));
    await unity.dropTable(transaction, current);
    const { catalog, schema, name: _name, ...facts } = current;
    const copied = { ...facts, properties: { ...facts.properties } };
    const fresh = await unity.registerTable(transaction, { ...copied, catalog, schema, name: renamed.name });
    await unity.updateTable(transaction, { ...fresh, version: current.version, createdAt: current.createdAt });
    for (const tag of tags) await unity.setTag(transaction, { ...tag, entityName: fullNameOf(renamed) });
    const changes = Object.entries(grants).map(([principal, add]) => ({ principal, add, remove: [] }));
    if (changes.length > 0) await changeGrants(transaction, tableSecurable(renamed), changes);
  });
}
