import { quoteLiteral } from '../sql/quote.ts';
import { groupTable } from './group-table.ts';
import { groupKeys } from './grouping.ts';
import { profileColumns } from './metric-columns.ts';
import type { ProfileRequest } from './profile-request.ts';
import type { WorkingTable } from './working-table.ts';

/** The column name of rows about the whole table. */
export const tableRowsName = ':table';

export interface MetricRows {
  readonly columnName: string;
  readonly dataType?: string;
  /** WITH list that ends in a relation `metrics`, one row a group; undefined when groups have all that is needed. */
  readonly with?: string;
  /** Expressions over `groups` and `metrics` by profile column; what is not named is NULL. */
  readonly values: Readonly<Record<string, string>>;
}

/** What one computation contributes to the rows of a column. */
export type RowMetrics = Pick<MetricRows, 'with' | 'values'>;

/** Adds the rows of one column: one for each group, also where `metrics` has none because the table is empty. */
export async function insertMetricRows(request: ProfileRequest, table: WorkingTable, rows: MetricRows): Promise<void> {
  const isInput = table.logType === 'INPUT';
  const common: Readonly<Record<string, string>> = {
    window: isInput ? 'struct_pack("start" := groups.window_start, "end" := groups.window_end)' : 'NULL',
    log_type: quoteLiteral(table.logType),
    logging_table_commit_version: isInput ? String(request.commitVersion) : 'NULL',
    monitor_version: String(request.monitorVersion),
    granularity: 'groups.granularity',
    slice_key: 'groups.slice_key',
    slice_value: 'groups.slice_value',
    column_name: quoteLiteral(rows.columnName),
    count: 'groups.total',
    data_type: rows.dataType === undefined ? 'NULL' : quoteLiteral(rows.dataType),
  };
  // By position: the model id column has the user's name for it, which may be that of a metric.
  const modelAt = request.profile.kind === 'inference_log' ? 5 : -1;
  const values = profileColumns(request.profile, request.customMetrics).map((column, index) =>
    index === modelAt ? 'groups.m' : (rows.values[column.name] ?? common[column.name] ?? 'NULL'),
  );
  const join = rows.with === undefined ? '' : `LEFT JOIN metrics USING (${groupKeys})`;
  const prefix = rows.with === undefined ? '' : `WITH ${rows.with}`;
  await request.connection.run(
    `INSERT INTO ${request.profileMetricsTable} ${prefix} SELECT ${values.join(', ')}
     FROM ${groupTable} AS groups ${join} WHERE groups.log_type = ${quoteLiteral(table.logType)}`,
  );
}

/** A percentage on the scale of the service, 0 to 100; NULL of an empty group. */
export function percentSql(part: string): string {
  return `100.0 * coalesce(${part}, 0) / nullif(groups.total, 0)`;
}
