import { quoteLiteral } from '../sql/quote.ts';
import { createTableSql, profileColumns, type MetricColumn } from './metric-columns.ts';
import type { ProfileRequest } from './profile-request.ts';
import { timestampLiteral } from './time-windows.ts';

/**
 * Prepares the profile metric table. A snapshot keeps the windows of earlier refreshes, so that the next one has a
 * window to be compared with; other profiles keep the windows that the table `kept` lists, if there is one, and a table of
 * another layout starts empty.
 */
export async function prepareProfileTable(request: ProfileRequest, kept?: string): Promise<void> {
  const { connection, profile, customMetrics, profileMetricsTable, now } = request;
  const columns = profileColumns(profile, customMetrics);
  requireOwnNames(columns);
  if ((kept === undefined && profile.kind !== 'snapshot') || !(await hasProfileLayout(request))) {
    await connection.run(createTableSql(profileMetricsTable, columns));
    return;
  }
  const isKept =
    kept !== undefined
      ? `log_type = 'INPUT' AND (granularity, "window"."start") IN (SELECT granularity, window_start FROM ${kept})`
      : `log_type = 'INPUT' AND granularity IS NULL AND "window"."start" <> ${timestampLiteral(now)}`;
  await connection.run(`DELETE FROM ${profileMetricsTable} WHERE (${isKept}) IS NOT TRUE`);
}

/** Whether the profile metric table is there with the columns that this request gives it. */
export async function hasProfileLayout(request: ProfileRequest): Promise<boolean> {
  const { profile, customMetrics, profileMetricsTable } = request;
  const wanted = profileColumns(profile, customMetrics).map(({ name }) => name.toLowerCase());
  return (await columnNames(request, profileMetricsTable)).join('\n') === wanted.join('\n');
}

function requireOwnNames(columns: readonly MetricColumn[]): void {
  const names = columns.map(({ name }) => name.toLowerCase());
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new Error(`the metric table would have two columns called '${repeated}'`);
}

/** Lower-cased, in table order; empty when there is no such table. */
export async function columnNames({ connection }: ProfileRequest, quotedName: string): Promise<readonly string[]> {
  const [table, schema, database] = nameParts(quotedName).toReversed();
  const found = await connection.runAndReadAll(
    `SELECT lower(column_name) FROM duckdb_columns()
     WHERE lower(table_name) = lower(${quoteLiteral(table ?? '')})
       AND lower(schema_name) = lower(${schema === undefined ? 'current_schema()' : quoteLiteral(schema)})
       AND database_name = ${database === undefined ? 'current_database()' : quoteLiteral(database)}
     ORDER BY column_index`,
  );
  return found.getRows().map((row) => String(row[0]));
}

/** `"prod.ml"."a"` gives `prod.ml` and `a`. */
function nameParts(quotedName: string): readonly string[] {
  return [...quotedName.matchAll(/"((?:[^"]|"")*)"|[^".]+/gu)].map(
    ([text, inside]) => inside?.replaceAll('""', '"') ?? text,
  );
}
