import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { metricColumn, profileColumns } from './metric-columns.ts';
import type { ProfileRequest } from './profile-request.ts';

/**
 * Fills derived metrics in the order of the list, each from the metrics of its own row. The service answers
 * INVALID_DERIVED_METRIC for a definition with placeholders.
 */
export async function fillDerivedMetrics(request: ProfileRequest): Promise<void> {
  const { connection, customMetrics, expressions, profile, profileMetricsTable } = request;
  for (const [index, metric] of customMetrics.entries()) {
    if (metric.kind !== 'derived') continue;
    if (/\{\{/u.test(metric.definition)) {
      throw new Error(`INVALID_DERIVED_METRIC: '${metric.name}' names metrics without braces`);
    }
    const known = profileColumns(profile, customMetrics.slice(0, index)).map(({ name }) => name);
    const { sql } = await expressions.translate(metric.definition, { names: known, from: profileMetricsTable });
    const rows = metric.inputColumns.map((name) => quoteLiteral(name.toLowerCase())).join(', ');
    await connection.run(
      `UPDATE ${profileMetricsTable} SET ${quoteIdentifier(metric.name)} = CAST(${sql} AS ${metricColumn(metric).type})
       WHERE lower(column_name) IN (${rows})`,
    );
  }
}
