import { quoteLiteral } from '../sql/quote.ts';
import { groupKeys } from './grouping.ts';
import type { ProfileRequest } from './profile-request.ts';
import { slicingExpressions } from './slices.ts';
import { granularityInterval, windowGranularities } from './time-windows.ts';
import type { WorkingTable } from './working-table.ts';

/** One row for each window, model and slice that has rows, with the values that every metric row of it repeats. */
export const groupTable = '__dpo_profile_groups';

export async function createGroupTable(request: ProfileRequest, tables: readonly WorkingTable[]): Promise<void> {
  await request.connection.run(
    `CREATE OR REPLACE TEMP TABLE ${groupTable} (log_type VARCHAR, g INTEGER, w TIMESTAMP, m VARCHAR, k INTEGER, v VARCHAR, total BIGINT, non_null_columns VARCHAR[], granularity VARCHAR, window_start TIMESTAMP, window_end TIMESTAMP, slice_key VARCHAR, slice_value VARCHAR)`,
  );
  for (const table of tables) await fillGroupTable(request, table);
}

async function fillGroupTable(request: ProfileRequest, table: WorkingTable): Promise<void> {
  const { profile } = request;
  const granularities = table.logType === 'BASELINE' ? [] : windowGranularities(profile);
  const counts = table.columns.map((column) => `count(${column.cell}) AS ${column.cell}`);
  const nonNull = table.columns.map((column) => `CASE WHEN ${column.cell} > 0 THEN ${quoteLiteral(column.name)} END`);
  const ends = granularities.map((granularity, index) => [index, `w + ${granularityInterval(granularity)}`] as const);
  const isSnapshot = profile.kind === 'snapshot' && table.logType === 'INPUT';
  const snapshotTime = isSnapshot ? `make_timestamp(${request.now.getTime() * 1000})` : 'NULL';
  const sliceTexts = slicingExpressions(request).map((text, index) => [index, quoteLiteral(text)] as const);
  await request.connection.run(`
    INSERT INTO ${groupTable}
    SELECT '${table.logType}', ${groupKeys}, total,
      list_filter([${nonNull.join(', ')}]::VARCHAR[], lambda name: name IS NOT NULL),
      ${choose(
        'g',
        granularities.map((granularity, index) => [index, quoteLiteral(granularity)]),
      )},
      ${isSnapshot ? snapshotTime : 'CASE WHEN g >= 0 THEN w END'},
      ${isSnapshot ? snapshotTime : choose('g', ends)},
      ${choose('k', sliceTexts)},
      CASE WHEN k >= 0 THEN v END
    FROM (SELECT ${[table.grouping.keys, 'count(*) AS total', ...counts].join(', ')}
          FROM ${table.name} ${table.grouping.groupBy()} HAVING ${table.grouping.having})
    ORDER BY ${groupKeys}`);
}

function choose(index: string, values: readonly (readonly [number, string])[]): string {
  const branches = values.map(([at, value]) => `WHEN ${at} THEN ${value}`);
  return branches.length === 0 ? 'NULL' : `CASE ${index} ${branches.join(' ')} END`;
}
