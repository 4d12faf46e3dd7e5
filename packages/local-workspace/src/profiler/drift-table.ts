import type { DuckDBAppender } from '@duckdb/node-api';
import { quoteLiteral } from '../sql/quote.ts';
import { readColumnProfiles } from './column-profile.ts';
import { fillDriftMetrics } from './custom-drift-metrics.ts';
import { driftMetrics } from './drift-metrics.ts';
import { createTableSql, driftColumns } from './metric-columns.ts';
import { tableRowsName } from './metric-rows.ts';
import type { ProfileRequest } from './profile-request.ts';
import { columnNames } from './profile-table.ts';
import { windowPairs, type WindowPair } from './window-pairs.ts';

/** Rows before they get their structs; the appender is fastest with plain columns. */
const flatTable = '__dpo_drift_rows';

/**
 * Writes the drift table from the profile table and answers its number of rows. Without a baseline and without two
 * adjacent windows the service makes none: null then, unless an earlier refresh made one, which is emptied so that no
 * row of windows that are gone remains.
 */
export async function writeDriftTable(request: ProfileRequest): Promise<number | null> {
  const { connection, driftMetricsTable } = request;
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${flatTable} (column_name VARCHAR, data_type VARCHAR, w_start BIGINT, w_end BIGINT, granularity VARCHAR, monitor_version BIGINT, model VARCHAR, slice_key VARCHAR, slice_value VARCHAR, cmp_start BIGINT, cmp_end BIGINT, drift_type VARCHAR, count_delta BIGINT, ${doubles('avg_delta percent_null_delta percent_zeros_delta percent_distinct_delta')}, added INTEGER, missing INTEGER, ${doubles('js_distance ks_statistic ks_pvalue wasserstein_distance population_stability_index chi_statistic chi_pvalue tv_distance l_infinity_distance')})`,
  );
  const rows = await appendDriftRows(request);
  const isMade =
    rows > 0 || request.baseline !== undefined || (await columnNames(request, driftMetricsTable)).length > 0;
  if (isMade) {
    await connection.run(createTableSql(driftMetricsTable, driftColumns(request.profile, request.customMetrics)));
    await connection.run(insertSql(request));
    await fillDriftMetrics(request);
  }
  await connection.run(`DROP TABLE ${flatTable}`);
  return isMade ? rows : null;
}

async function appendDriftRows(request: ProfileRequest): Promise<number> {
  const snapshotTimes = await readSnapshotTimes(request);
  const appender = await request.connection.createAppender(flatTable, 'main', 'temp');
  let rows = 0;
  for (const column of [tableRowsName, ...request.table.columns.map((column) => column.name)]) {
    const pairs = windowPairs(await readColumnProfiles(request, column), snapshotTimes);
    for (const pair of pairs) appendRow(appender, column, pair);
    appender.flushSync();
    rows += pairs.length;
  }
  appender.closeSync();
  return rows;
}

async function readSnapshotTimes({
  connection,
  profile,
  profileMetricsTable,
}: ProfileRequest): Promise<readonly number[]> {
  if (profile.kind !== 'snapshot') return [];
  const times = await connection.runAndReadAll(
    `SELECT DISTINCT CAST(epoch_us("window"."start") AS DOUBLE) FROM ${profileMetricsTable}
     WHERE log_type = 'INPUT' AND column_name = ${quoteLiteral(tableRowsName)} ORDER BY 1`,
  );
  return times.getRows().map((row) => Number(row[0]));
}

function appendRow(appender: DuckDBAppender, column: string, { current, reference, driftType }: WindowPair): void {
  const metrics = driftMetrics(current, reference);
  appendText(appender, [column, current.dataType]);
  appendBigInts(appender, [current.start, current.end]);
  appendText(appender, [current.granularity]);
  appendBigInts(appender, [current.monitorVersion]);
  appendText(appender, [current.model, current.sliceKey, current.sliceValue]);
  appendBigInts(appender, [reference.start, reference.end]);
  appendText(appender, [driftType]);
  appendBigInts(appender, [metrics.countDelta]);
  appendDoubles(appender, [
    metrics.averageDelta,
    metrics.percentNullDelta,
    metrics.percentZerosDelta,
    metrics.percentDistinctDelta,
  ]);
  appendIntegers(appender, [metrics.nonNullColumnsDelta?.added ?? null, metrics.nonNullColumnsDelta?.missing ?? null]);
  appendDoubles(appender, [
    metrics.jensenShannon,
    metrics.kolmogorovSmirnov?.statistic ?? null,
    metrics.kolmogorovSmirnov?.pvalue ?? null,
    metrics.wasserstein,
    metrics.populationStability,
    metrics.chiSquared?.statistic ?? null,
    metrics.chiSquared?.pvalue ?? null,
    metrics.totalVariation,
    metrics.lInfinity,
  ]);
  appender.endRow();
}

function appendText(appender: DuckDBAppender, values: readonly (string | null)[]): void {
  for (const value of values) {
    if (value === null) appender.appendNull();
    else appender.appendVarchar(value);
  }
}

function appendBigInts(appender: DuckDBAppender, values: readonly (number | null)[]): void {
  for (const value of values) {
    if (value === null) appender.appendNull();
    else appender.appendBigInt(BigInt(value));
  }
}

function appendIntegers(appender: DuckDBAppender, values: readonly (number | null)[]): void {
  for (const value of values) {
    if (value === null) appender.appendNull();
    else appender.appendInteger(value);
  }
}

function appendDoubles(appender: DuckDBAppender, values: readonly (number | null)[]): void {
  for (const value of values) {
    if (value === null) appender.appendNull();
    else appender.appendDouble(value);
  }
}

function insertSql({ profile, customMetrics, driftMetricsTable }: ProfileRequest): string {
  const values = [
    'struct_pack("start" := make_timestamp(w_start), "end" := make_timestamp(w_end))',
    'granularity, monitor_version',
    ...(profile.kind === 'inference_log' ? ['model'] : []),
    'slice_key, slice_value, column_name, data_type',
    'CASE WHEN cmp_start IS NOT NULL THEN struct_pack("start" := make_timestamp(cmp_start), "end" := make_timestamp(cmp_end)) END',
    'drift_type, count_delta, avg_delta, percent_null_delta, percent_zeros_delta, percent_distinct_delta',
    'CASE WHEN added IS NOT NULL THEN struct_pack(added := added, missing := missing) END',
    'js_distance',
    testSql('ks'),
    'wasserstein_distance, population_stability_index',
    testSql('chi'),
    'tv_distance, l_infinity_distance',
    ...customMetrics.filter(({ kind }) => kind === 'drift').map(() => 'NULL'),
  ];
  return `INSERT INTO ${driftMetricsTable} SELECT ${values.join(', ')} FROM ${flatTable}`;
}

function testSql(prefix: string): string {
  return `CASE WHEN ${prefix}_statistic IS NOT NULL THEN struct_pack(statistic := ${prefix}_statistic, pvalue := ${prefix}_pvalue) END`;
}

function doubles(names: string): string {
  return names
    .split(' ')
    .map((name) => `${name} DOUBLE`)
    .join(', ');
}
