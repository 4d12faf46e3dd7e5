import type { DuckDBConnection } from '@duckdb/node-api';
import type { ProfiledTable, ProfileRequest } from './profile-request.ts';
import { slicingSql } from './slicing-expression.ts';

export interface Slice {
  /** Name of the slice values in a working table. */
  readonly name: string;
  /** Select list entry that computes them as text: a Boolean becomes `true` or `false`. */
  readonly sql: string;
}

/** The service makes slices of the 100 most frequent values of an expression. */
const largestSliceCount = 100;

/** Distinct expressions in their order; their position identifies a slice in every working table. */
export function slicingExpressions(request: ProfileRequest): readonly string[] {
  return [...new Set(request.slicingExpressions)];
}

/** By position; undefined where a baseline lacks the column. The monitored table must have all of them. */
export async function tableSlices(
  request: ProfileRequest,
  table: ProfiledTable,
): Promise<readonly (Slice | undefined)[]> {
  const slices: (Slice | undefined)[] = [];
  for (const [index, expression] of slicingExpressions(request).entries()) {
    const sql = await slicingSql(expression, { table, scope: request.table, expressions: request.expressions });
    if (sql === undefined && table === request.table) {
      throw new Error(`slicing expression '${expression}' names no column of the profiled table`);
    }
    slices.push(sql === undefined ? undefined : { name: `__s${index}`, sql: `CAST(${sql} AS VARCHAR) AS __s${index}` });
  }
  return slices;
}

/** Clears all but the most frequent slice values; of equally frequent ones the first in text order stay. */
export async function limitSlices(
  connection: DuckDBConnection,
  table: string,
  slices: readonly (Slice | undefined)[],
): Promise<void> {
  for (const slice of slices) {
    if (slice === undefined) continue;
    const { name } = slice;
    const counted = await connection.runAndReadAll(`SELECT count(DISTINCT ${name}) FROM ${table}`);
    if (Number(counted.getRows()[0]?.[0]) <= largestSliceCount) continue;
    const top = `SELECT ${name} FROM ${table} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${largestSliceCount}`;
    await connection.run(`UPDATE ${table} SET ${name} = NULL WHERE ${name} NOT IN (${top})`);
  }
}
