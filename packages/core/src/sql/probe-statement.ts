import { qualifiedName } from './quote.ts';

/** Runs if all of the tables, given by full names, may be read; reads no row. */
export function probeStatement(tables: readonly string[]): string {
  return tables.map((table) => `SELECT 1 FROM ${qualifiedName(...table.split('.'))} WHERE 1 = 0`).join('\nUNION ALL\n');
}
