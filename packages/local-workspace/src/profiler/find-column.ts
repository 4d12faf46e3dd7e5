import type { UnityColumn } from '../unity/objects.ts';
import type { ProfiledTable } from './profile-request.ts';

/** Column of a table by its name, without regard to case. */
export function findColumn(table: ProfiledTable, name: string): UnityColumn | undefined {
  const wanted = name.toLowerCase();
  return table.columns.find((column) => column.name.toLowerCase() === wanted);
}

/** As `findColumn`; a column that the profile names and the table lacks fails the refresh. */
export function requireColumn(table: ProfiledTable, name: string): UnityColumn {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`column '${name}' does not exist in the profiled table`);
  return column;
}
