import { requireTable, resolveTableName } from '../session.ts';
import type { TableObject } from '../../unity/objects.ts';
import { stringTable } from './command.ts';
import type { Command } from './command.ts';

/** DESCRIBE [TABLE] [EXTENDED] name: one row a column, with EXTENDED the facts of the table behind an empty row. */
export const describeTable: Command = async ({ session, cursor }) => {
  cursor.take('TABLE');
  const extended = cursor.take('EXTENDED') || cursor.take('FORMATTED');
  const table = requireTable(session, resolveTableName(session, cursor.dottedName()));
  cursor.expectEnd();
  const columns = table.columns.map((column) => [column.name, column.typeText, column.comment ?? null]);
  const rows = extended ? [...columns, ['', '', ''], ...detailRows(table, session.caller.userName)] : columns;
  return stringTable(['col_name', 'data_type', 'comment'], rows);
};

function detailRows(table: TableObject, principal: string): readonly (readonly string[])[] {
  const isView = table.viewDefinition !== undefined;
  const properties = Object.entries(table.properties).map(([key, value]) => `${key}=${value}`);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Catalog', table.catalog],
    ['Database', table.schema],
    ['Table', table.name],
    ['Created Time', new Date(table.createdAt).toISOString()],
    ['Type', table.tableType],
    ['Comment', table.comment],
    // The service shows the text of a view to its owner only.
    ['View Text', isView && table.owner === principal ? table.viewDefinition : undefined],
    ['Provider', isView ? undefined : 'delta'],
    ['Owner', table.owner],
    ['Table Properties', `[${properties.join(',')}]`],
  ];
  const known = facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value, '']]));
  return [['# Detailed Table Information', '', ''], ...known];
}
