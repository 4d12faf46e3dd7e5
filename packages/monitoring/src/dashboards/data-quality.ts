import type { JsonObject } from '@dpo/core';
import { column, columnName, computed, countOfTables, day, percent, tableName, windowEnd } from './field.ts';
import { box, page } from './page.ts';
import { bars, counter, line, table } from './widget.ts';

/** Rows, NULLs and profiles of the tables (U106); breaches where there are thresholds to breach. */
export function dataQuality(hasThresholds: boolean): JsonObject {
  const highestNulls = percent(computed('MAX(`null_rate`)', 'Share of NULLs'));
  return page('data_quality', 'Data Quality', [
    counter(
      { name: 'profiled_tables', title: 'Tables profiled', dataset: 'rows_now', box: box(0, 0, [4, 6]) },
      countOfTables,
    ),
    line(
      { name: 'null_trend', title: 'Highest share of NULLs by day', dataset: 'profiles', box: box(4, 0, [8, 6]) },
      { x: day, y: highestNulls, color: tableName },
    ),
    bars(
      { name: 'rows_by_table', title: 'Rows of the latest window', dataset: 'rows_now', box: box(0, 6, [6, 6]) },
      { x: computed('MAX(`record_count`)', 'Rows'), y: tableName },
    ),
    bars(
      {
        name: 'nulls_by_column',
        title: 'Highest shares of NULLs in the latest window',
        dataset: 'nulls_now',
        box: box(6, 6, [6, 6]),
      },
      { x: highestNulls, y: column('column_path', 'Column') },
    ),
    ...(hasThresholds ? [breaches()] : []),
    table(
      {
        name: 'quality_details',
        title: 'Profiles of columns',
        dataset: 'profiles',
        box: box(0, hasThresholds ? 18 : 12, [12, 8]),
      },
      [
        tableName,
        columnName,
        windowEnd,
        column('record_count', 'Rows'),
        percent(column('null_rate', 'Share of NULLs')),
        column('distinct_count', 'Distinct values'),
        column('mean', 'Mean'),
        column('stddev', 'Deviation'),
        column('min', 'Least'),
        column('max', 'Greatest'),
      ],
    ),
  ]);
}

function breaches(): JsonObject {
  return table(
    { name: 'breaches', title: 'Breaches of thresholds', dataset: 'quality_now', box: box(0, 12, [12, 6]) },
    [
      column('issue_type', 'Issue'),
      tableName,
      columnName,
      column('value', 'Value'),
      column('threshold', 'Threshold'),
      windowEnd,
      column('owner', 'Owner'),
      column('runbook_url', 'Runbook'),
    ],
  );
}
