import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { CustomMetric } from './custom-metric.ts';
import { tableRowsName } from './drift-table.ts';
import { groupTable } from './group-table.ts';
import { groupKeys } from './grouping.ts';
import { metricColumn } from './metric-columns.ts';
import { fillPlaceholders } from './placeholders.ts';
import type { ProfileRequest } from './profile-request.ts';
import { originalCell, type WorkingTable } from './working-table.ts';

/** Fills the columns of aggregate metrics on the rows of each of their input columns. */
export async function fillAggregateMetrics(request: ProfileRequest, table: WorkingTable): Promise<void> {
  for (const column of [tableRowsName, ...table.columns.map(({ name }) => name)]) {
    const metrics = request.customMetrics.filter((metric) => metric.kind === 'aggregate' && isAbout(metric, column));
    if (metrics.length > 0) await fillColumn(request, table, { column, metrics });
  }
}

/** Whether the metric stands on the rows of a column. */
export function isAbout({ inputColumns }: CustomMetric, column: string): boolean {
  return inputColumns.some((name) => name.toLowerCase() === column.toLowerCase());
}

async function fillColumn(
  request: ProfileRequest,
  table: WorkingTable,
  { column, metrics }: { readonly column: string; readonly metrics: readonly CustomMetric[] },
): Promise<void> {
  const { connection, profile, profileMetricsTable } = request;
  const originals = table.columns.map(({ name, cell }) => `${originalCell(cell)} AS ${quoteIdentifier(name)}`);
  const names = table.columns.map(({ name }) => name);
  const values: string[] = [];
  for (const [index, metric] of metrics.entries()) {
    const text = fillPlaceholders(metric.definition, placeholderValues(request, column));
    const scope = { names, from: `(SELECT ${originals.join(', ')} FROM ${table.name})` };
    const { sql } = await request.expressions.translate(text, scope);
    values.push(`CAST(${sql} AS ${metricColumn(metric).type}) AS x${index}`);
  }
  const sets = metrics.map(({ name }, index) => `${quoteIdentifier(name)} = filled.x${index}`);
  const model =
    profile.kind === 'inference_log' ? `target.${quoteIdentifier(profile.modelIdColumn)} = filled.m` : 'true';
  await connection.run(`
    UPDATE ${profileMetricsTable} AS target SET ${sets.join(', ')}
    FROM (
      SELECT groups.*, computed.* EXCLUDE (${groupKeys}) FROM ${groupTable} AS groups JOIN (
        SELECT ${table.grouping.keys}, ${values.join(', ')}
        FROM (SELECT * EXCLUDE (${table.columns.map(({ cell }) => `${originalCell(cell)}, ${cell}`).join(', ')}), ${originals.join(', ')} FROM ${table.name})
        ${table.grouping.groupBy()} HAVING ${table.grouping.having}) AS computed USING (${groupKeys})
      WHERE groups.log_type = ${quoteLiteral(table.logType)}) AS filled
    WHERE target.column_name = ${quoteLiteral(column)} AND target.log_type = filled.log_type AND ${model}
      AND target.granularity IS NOT DISTINCT FROM filled.granularity
      AND target."window"."start" IS NOT DISTINCT FROM filled.window_start
      AND target.slice_key IS NOT DISTINCT FROM filled.slice_key
      AND target.slice_value IS NOT DISTINCT FROM filled.slice_value`);
}

function placeholderValues(request: ProfileRequest, column: string): Readonly<Record<string, string | undefined>> {
  const log = request.profile.kind === 'inference_log' ? request.profile : undefined;
  return {
    input_column: column === tableRowsName ? undefined : column,
    prediction_col: log?.predictionColumn,
    label_col: log?.labelColumn,
  };
}
