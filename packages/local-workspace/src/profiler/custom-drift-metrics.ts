import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { metricColumn, profileColumns } from './metric-columns.ts';
import { fillFrames, frameName, type Frame } from './placeholders.ts';
import type { ProfileRequest } from './profile-request.ts';

const pairTable = '__dpo_profile_pairs';

/** Fills drift metrics of users: for each drift row, an expression over the profile rows of the two sides. */
export async function fillDriftMetrics(request: ProfileRequest): Promise<void> {
  const { connection, driftMetricsTable, expressions } = request;
  const metrics = request.customMetrics.filter(({ kind }) => kind === 'drift');
  if (metrics.length === 0) return;
  const names = profileColumns(request.profile, request.customMetrics).map(({ name }) => name);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${pairTable} AS ${pairsSql(request, names)}`);
  const known = (['current_df', 'base_df'] as const).flatMap((frame) => names.map((name) => frameName(frame, name)));
  for (const metric of metrics) {
    const { sql } = await expressions.translate(fillFrames(metric.definition), { names: known, from: pairTable });
    const rows = metric.inputColumns.map((name) => quoteLiteral(name.toLowerCase())).join(', ');
    await connection.run(
      `UPDATE ${driftMetricsTable} AS target SET ${quoteIdentifier(metric.name)} = pairs.x
       FROM (SELECT __row, CAST(${sql} AS ${metricColumn(metric).type}) AS x FROM ${pairTable}) AS pairs
       WHERE target.rowid = pairs.__row AND lower(target.column_name) IN (${rows})`,
    );
  }
  await connection.run(`DROP TABLE temp.main.${pairTable}`);
}

function pairsSql(
  { profile, profileMetricsTable, driftMetricsTable }: ProfileRequest,
  names: readonly string[],
): string {
  const side = (alias: string, frame: Frame): readonly string[] =>
    names.map((name) => `${alias}.${quoteIdentifier(name)} AS ${quoteIdentifier(frameName(frame, name))}`);
  const same = [
    'column_name',
    'slice_key',
    'slice_value',
    ...(profile.kind === 'inference_log' ? [profile.modelIdColumn] : []),
  ];
  const sameAs = (alias: string): string =>
    same
      .map((name) => `${alias}.${quoteIdentifier(name)} IS NOT DISTINCT FROM drift.${quoteIdentifier(name)}`)
      .join(' AND ');
  const isBaseline = "drift.drift_type = 'BASELINE'";
  return `
    SELECT drift.rowid AS __row, ${[...side('present', 'current_df'), ...side('past', 'base_df')].join(', ')}
    FROM ${driftMetricsTable} AS drift
    JOIN ${profileMetricsTable} AS present ON ${sameAs('present')} AND present.log_type = 'INPUT'
      AND present."window" = drift."window" AND present.granularity IS NOT DISTINCT FROM drift.granularity
    JOIN ${profileMetricsTable} AS past ON ${sameAs('past')}
      AND past.log_type = CASE WHEN ${isBaseline} THEN 'BASELINE' ELSE 'INPUT' END
      AND past."window" IS NOT DISTINCT FROM drift.window_cmp
      AND past.granularity IS NOT DISTINCT FROM CASE WHEN ${isBaseline} THEN NULL ELSE drift.granularity END`;
}
