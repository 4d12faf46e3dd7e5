import type { Transaction } from '../../storage/storage.ts';
import type { TableObject } from '../../unity/objects.ts';
import { quotedSource, quotedTable } from './table-name.ts';

/** Drops what DuckDB holds of a table, a view or a materialized view with its query. */
export async function dropData(transaction: Transaction, found: TableObject): Promise<void> {
  const { connection } = transaction;
  await connection.run(`DROP ${found.tableType === 'VIEW' ? 'VIEW' : 'TABLE'} IF EXISTS ${quotedTable(found)}`);
  if (found.tableType === 'MATERIALIZED_VIEW') await connection.run(`DROP VIEW IF EXISTS ${quotedSource(found)}`);
}
