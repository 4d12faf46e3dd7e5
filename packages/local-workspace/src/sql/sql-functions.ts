import type { Transaction } from '../storage/storage.ts';
import { divideByZeroMarker } from './sql-errors.ts';

/** DuckDB schema of the macros; stored views call them, so that it is part of the data file. */
export const functionSchema = '__sql';

/** DuckDB variables that are set on a connection before each statement; see `prepareConnection`. */
export const nowVariable = 'dpo_now';
export const principalVariable = 'dpo_principal';

/**
 * Spark functions that DuckDB lacks or computes differently, as macros. The clock is a variable, not a literal, because a
 * view must see the time of its reader.
 */
const macros: Readonly<Record<string, string>> = {
  now: `() AS COALESCE(CAST(getvariable('${nowVariable}') AS TIMESTAMP), CAST(now() AS TIMESTAMP))`,
  today: `() AS CAST(${functionSchema}.now() AS DATE)`,
  session_user: `() AS COALESCE(getvariable('${principalVariable}'), '')`,
  nonzero: `(x) AS CASE WHEN x = 0 THEN error('${divideByZeroMarker}') ELSE x END`,
  date_add: '(d, n) AS CAST(d AS DATE) + CAST(n AS INTEGER)',
  date_sub: '(d, n) AS CAST(d AS DATE) - CAST(n AS INTEGER)',
  datediff: "(a, b) AS CAST(date_diff('day', CAST(b AS DATE), CAST(a AS DATE)) AS INTEGER)",
  add_months: '(d, n) AS CAST(CAST(d AS DATE) + to_months(CAST(n AS INTEGER)) AS DATE)',
  last_day: '(d) AS last_day(CAST(d AS DATE))',
  unix_timestamp: '(t) AS CAST(floor(epoch(CAST(t AS TIMESTAMP))) AS BIGINT)',
  unix_millis: '(t) AS epoch_ms(CAST(t AS TIMESTAMP))',
  timestamp_millis: '(n) AS make_timestamp(CAST(n AS BIGINT) * 1000)',
  timestamp_seconds: '(n) AS make_timestamp(CAST(n * 1000000 AS BIGINT))',
  dayofweek: '(d) AS CAST(dayofweek(CAST(d AS DATE)) + 1 AS INTEGER)',
  element_at: '(a, k) AS a[k]',
  array_get: '(a, i) AS a[i + 1]',
  sequence: '(a, b) AS generate_series(a, b)',
  array_join: '(a, s) AS array_to_string(a, s)',
  regexp_replace: "(s, p, r) AS regexp_replace(s, p, r, 'g')",
  get_json_object: '(j, p) AS json_extract_string(j, p)',
  isnull: '(x) AS x IS NULL',
  isnotnull: '(x) AS x IS NOT NULL',
  percentile_approx: '(x, p) AS quantile_disc(x, p)',
  percentile: '(x, p) AS quantile_cont(x, p)',
  count_if: '(x) AS CAST(count(*) FILTER (WHERE x) AS BIGINT)',
  size: '(a) AS CAST(len(a) AS INTEGER)',
  window:
    "(t, i) AS {'start': time_bucket(CAST(i AS INTERVAL), CAST(t AS TIMESTAMP)), " +
    "'end': time_bucket(CAST(i AS INTERVAL), CAST(t AS TIMESTAMP)) + CAST(i AS INTERVAL)}",
};

/** Creates or replaces the macros; cheap enough to be done once per process. */
export async function installFunctions(transaction: Pick<Transaction, 'connection'>): Promise<void> {
  await transaction.connection.run(`CREATE SCHEMA IF NOT EXISTS ${functionSchema}`);
  for (const [name, definition] of Object.entries(macros)) {
    await transaction.connection.run(`CREATE OR REPLACE MACRO ${functionSchema}."${name}"${definition}`);
  }
}

/** Per Spark function the macro it becomes, with the numbers of arguments for which it does. */
export const functionMacros: Readonly<
  Record<string, { readonly macro: string; readonly arguments: readonly number[] }>
> = {
  now: { macro: 'now', arguments: [0] },
  current_timestamp: { macro: 'now', arguments: [0] },
  getdate: { macro: 'now', arguments: [0] },
  localtimestamp: { macro: 'now', arguments: [0] },
  current_date: { macro: 'today', arguments: [0] },
  curdate: { macro: 'today', arguments: [0] },
  current_user: { macro: 'session_user', arguments: [0] },
  session_user: { macro: 'session_user', arguments: [0] },
  user: { macro: 'session_user', arguments: [0] },
  date_add: { macro: 'date_add', arguments: [2] },
  dateadd: { macro: 'date_add', arguments: [2] },
  date_sub: { macro: 'date_sub', arguments: [2] },
  datediff: { macro: 'datediff', arguments: [2] },
  date_diff: { macro: 'datediff', arguments: [2] },
  add_months: { macro: 'add_months', arguments: [2] },
  last_day: { macro: 'last_day', arguments: [1] },
  unix_timestamp: { macro: 'unix_timestamp', arguments: [1] },
  unix_millis: { macro: 'unix_millis', arguments: [1] },
  timestamp_millis: { macro: 'timestamp_millis', arguments: [1] },
  timestamp_seconds: { macro: 'timestamp_seconds', arguments: [1] },
  dayofweek: { macro: 'dayofweek', arguments: [1] },
  element_at: { macro: 'element_at', arguments: [2] },
  get: { macro: 'array_get', arguments: [2] },
  sequence: { macro: 'sequence', arguments: [2] },
  array_join: { macro: 'array_join', arguments: [2] },
  regexp_replace: { macro: 'regexp_replace', arguments: [3] },
  get_json_object: { macro: 'get_json_object', arguments: [2] },
  isnull: { macro: 'isnull', arguments: [1] },
  isnotnull: { macro: 'isnotnull', arguments: [1] },
  approx_percentile: { macro: 'percentile_approx', arguments: [2, 3] },
  percentile_approx: { macro: 'percentile_approx', arguments: [2, 3] },
  percentile: { macro: 'percentile', arguments: [2] },
  size: { macro: 'size', arguments: [1] },
  array_size: { macro: 'size', arguments: [1] },
  count_if: { macro: 'count_if', arguments: [1] },
  window: { macro: 'window', arguments: [2] },
};

/** Spark functions under the name that DuckDB has for them. */
export const functionSynonyms: Readonly<Record<string, string>> = {
  transform: 'list_transform',
  filter: 'list_filter',
  array_sort: 'list_sort',
  sort_array: 'list_sort',
  try_element_at: 'list_extract',
};

/** Functions that Spark allows without parentheses. */
export const bareFunctions: ReadonlySet<string> = new Set([
  'current_timestamp',
  'current_date',
  'current_user',
  'session_user',
  'localtimestamp',
]);
