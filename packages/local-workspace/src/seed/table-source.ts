import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { deltaFolder } from './delta/delta-folder.ts';
import { deltaSource } from './delta/delta-source.ts';
import { castsOf } from './table-shape.ts';
import type { SeedTableFields } from './table-shape.ts';

/** Columns that a shift moves. */
const movable = ['TIMESTAMP', 'DATE'] as const;

/**
 * A query for the rows of a seeded table. Every timestamp becomes a plain TIMESTAMP in UTC, the one form in which the
 * workspace keeps Databricks timestamps.
 */
export async function tableSource(
  connection: DuckDBConnection,
  table: SeedTableFields,
  resolve: (path: string) => string,
): Promise<string> {
  const folder = deltaFolder(table, resolve);
  const rows = folder === undefined ? plainSource(table, resolve) : await deltaSource(connection, folder);
  const casts = table.from !== undefined && isText(table.from) ? {} : castsOf(table);
  const columns = await columnTypes(connection, rows);
  const unknown = Object.keys(casts).find((name) => !columns.some((column) => column.name === name));
  if (unknown !== undefined) throw new Error(`there is no column '${unknown}' in the data`);
  const expressions = columns.map(({ name, type }) => {
    const column = quoteIdentifier(name);
    const cast = casts[name];
    if (cast !== undefined) return `CAST(${column} AS ${cast}) AS ${column}`;
    if (type === 'TIMESTAMP WITH TIME ZONE') return `(${column} AT TIME ZONE 'UTC') AS ${column}`;
    return type.startsWith('TIMESTAMP_') ? `CAST(${column} AS TIMESTAMP) AS ${column}` : column;
  });
  return `SELECT ${expressions.join(', ')} FROM ${rows}`;
}

/** The same rows with every timestamp and date moved by whole days. */
export async function shiftedSource(connection: DuckDBConnection, source: string, days: number): Promise<string> {
  const columns = await columnTypes(connection, `(${source})`);
  const expressions = columns.map(({ name, type }) => {
    const column = quoteIdentifier(name);
    if (!movable.some((candidate) => candidate === type)) return column;
    return `CAST(${column} + INTERVAL (${days}) DAY AS ${type}) AS ${column}`;
  });
  return `SELECT ${expressions.join(', ')} FROM (${source})`;
}

/** Whole days from the latest value of a column to the given day; `undefined` for a column without values. */
export async function daysUntil(
  connection: DuckDBConnection,
  source: string,
  target: { readonly column: string; readonly day: string },
): Promise<number | undefined> {
  const latest = `max(CAST(${quoteIdentifier(target.column)} AS DATE))`;
  const difference = `date_diff('day', ${latest}, CAST(${quoteLiteral(target.day)} AS DATE))`;
  const reader = await connection.runAndReadAll(`SELECT ${difference} FROM (${source})`);
  const [days] = reader.getRows()[0] ?? [];
  return days === null || days === undefined ? undefined : Number(days);
}

function plainSource(table: SeedTableFields, resolve: (path: string) => string): string {
  return table.from === undefined ? `(${table.sql ?? ''}\n)` : fileSource(resolve(table.from), table);
}

function fileSource(path: string, table: SeedTableFields): string {
  const file = quoteLiteral(path);
  if (/\.parquet$/i.test(path)) return `read_parquet(${file})`;
  if (/\.(json|jsonl|ndjson)(\.gz)?$/i.test(path)) return `read_json(${file})`;
  if (!isText(path)) throw new Error(`'${path}' is neither csv, json nor parquet, nor the folder of a Delta table`);
  // Text is cast while it is read: after a guess leading zeros would be lost.
  const types = Object.entries(castsOf(table)).map(([name, type]) => `${quoteLiteral(name)}: ${quoteLiteral(type)}`);
  return types.length === 0 ? `read_csv(${file})` : `read_csv(${file}, types = {${types.join(', ')}})`;
}

function isText(path: string): boolean {
  return /\.(csv|tsv)(\.gz)?$/i.test(path);
}

async function columnTypes(
  connection: DuckDBConnection,
  from: string,
): Promise<readonly { readonly name: string; readonly type: string }[]> {
  const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
  return reader.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
}
