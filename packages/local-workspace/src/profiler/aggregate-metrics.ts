import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { aggregateExpression, aggregatesOf, originalValues } from './aggregate-expression.ts';
import type { CustomMetric } from './custom-metric.ts';
import { groupTable } from './group-table.ts';
import { groupKeys } from './grouping.ts';
import { metricColumn } from './metric-columns.ts';
import { tableRowsName } from './metric-rows.ts';
import type { ProfileRequest } from './profile-request.ts';
import { originalCell, type WorkingTable } from './working-table.ts';

/** Fills the columns of aggregate metrics on the rows of each of their input columns. */
export async function fillAggregateMetrics(request: ProfileRequest, table: WorkingTable): Promise<void> {
  for (const column of [tableRowsName, ...table.columns.map(({ name }) => name)]) {
    const metrics = aggregatesOf(request, column);
    if (metrics.length > 0) await fillColumn(request, table, { column, metrics });
  }
}

async function fillColumn(
  request: ProfileRequest,
  table: WorkingTable,
  { column, metrics }: { readonly column: string; readonly metrics: readonly CustomMetric[] },
): Promise<void> {
  const { connection, profile, profileMetricsTable } = request;
  const values: string[] = [];
  for (const [index, metric] of metrics.entries()) {
    const { sql } = await aggregateExpression(request, table, { metric, column });
    values.push(`CAST(${sql} AS ${metricColumn(metric).type}) AS x${index}`);
  }
  const stored = table.columns.map(({ cell }) => `${originalCell(cell)}, ${cell}`);
  const sets = metrics.map(({ name }, index) => `${quoteIdentifier(name)} = filled.x${index}`);
  const model =
    profile.kind === 'inference_log' ? `target.${quoteIdentifier(profile.modelIdColumn)} = filled.m` : 'true';
  await connection.run(`
    UPDATE ${profileMetricsTable} AS target SET ${sets.join(', ')}
    FROM (
      SELECT groups.*, computed.* EXCLUDE (${groupKeys}) FROM ${groupTable} AS groups JOIN (
        SELECT ${table.grouping.keys}, ${values.join(', ')}
        FROM (SELECT * EXCLUDE (${stored.join(', ')}), ${originalValues(table).join(', ')} FROM ${table.name})
        ${table.grouping.groupBy()} HAVING ${table.grouping.having}) AS computed USING (${groupKeys})
      WHERE groups.log_type = ${quoteLiteral(table.logType)}) AS filled
    WHERE target.column_name = ${quoteLiteral(column)} AND target.log_type = filled.log_type AND ${model}
      AND target.granularity IS NOT DISTINCT FROM filled.granularity
      AND target."window"."start" IS NOT DISTINCT FROM filled.window_start
      AND target.slice_key IS NOT DISTINCT FROM filled.slice_key
      AND target.slice_value IS NOT DISTINCT FROM filled.slice_value`);
}
