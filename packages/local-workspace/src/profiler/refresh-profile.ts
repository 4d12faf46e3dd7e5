import { fillAggregateMetrics } from './aggregate-metrics.ts';
import { withBooleanSlices } from './boolean-slices.ts';
import { columnMetrics } from './column-metrics.ts';
import { fillDerivedMetrics } from './derived-metrics.ts';
import { writeDriftTable } from './drift-table.ts';
import { createGroupTable, groupTable } from './group-table.ts';
import { insertMetricRows, tableRowsName } from './metric-rows.ts';
import { modelQuality } from './model-quality.ts';
import type { ProfileRequest, ProfileResult } from './profile-request.ts';
import { prepareProfileTable } from './profile-table.ts';
import { keptWindows, skipUnchangedWindows } from './unchanged-windows.ts';
import {
  baselineTable,
  createBaselineTable,
  createInputTable,
  inputTable,
  type WorkingTable,
} from './working-table.ts';

/**
 * Computes the metric tables of one profile, as far as the service's published output tells how; choices are listed
 * in PROFILER.md. A failure leaves the caller's transaction to be rolled back.
 */
export async function refreshProfile(requested: ProfileRequest): Promise<ProfileResult> {
  const request = await withBooleanSlices(requested);
  const input = await createInputTable(request);
  const baseline = request.baseline === undefined ? undefined : await createBaselineTable(request, request.baseline);
  const tables = baseline === undefined ? [input] : [input, baseline];
  const kept = await skipUnchangedWindows(request, input);
  await createGroupTable(request, tables);
  await prepareProfileTable(request, kept);
  for (const table of tables) await profileTable(request, table);
  await fillDerivedMetrics(request);
  for (const name of [inputTable, baselineTable, groupTable, keptWindows]) {
    await request.connection.run(`DROP TABLE IF EXISTS temp.main.${name}`);
  }
  return { profileRows: await countProfileRows(request), driftRows: await writeDriftTable(request) };
}

async function profileTable(request: ProfileRequest, table: WorkingTable): Promise<void> {
  await insertMetricRows(request, table, {
    columnName: tableRowsName,
    ...modelQuality(table, request.profile),
    values: { ...modelQuality(table, request.profile)?.values, non_null_columns: 'groups.non_null_columns' },
  });
  for (const column of table.columns) await insertMetricRows(request, table, columnMetrics(table, column));
  await fillAggregateMetrics(request, table);
}

async function countProfileRows({ connection, profileMetricsTable }: ProfileRequest): Promise<number> {
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${profileMetricsTable}`);
  return Number(counted.getRows()[0]?.[0] ?? 0);
}
