import type { JsonObject } from '@dpo/core';
import { column, columnName, computed, countOfTables, day, tableName, windowEnd } from './field.ts';
import { box, page, plain, text } from './page.ts';
import { bars, counter, heatmap, line, table } from './widget.ts';

export interface Headline {
  /** As people wrote it. */
  readonly group: string;
  /** What it is; in a line below its name. */
  readonly description?: string;
}

const driftScore = computed('MAX(`drift_score`)', 'Drift (1 is the threshold)');

/** How many tables and columns drift, where and since when, and whose metrics are too old to tell (U105, ruling 46). */
export function driftOverview({ group, description }: Headline): JsonObject {
  const lines = [`## ${plain(group)}`, ...(description === undefined ? [] : ['', plain(description)])];
  return page('drift_overview', 'Drift Overview', [
    text('drift_intro', box(0, 0, [12, description === undefined ? 1 : 2]), lines),
    ...counters(),
    ...charts(),
    table(
      { name: 'top_drifters', title: 'What drifted, the worst first', dataset: 'drift_now', box: box(0, 11, [12, 6]) },
      [
        column('severity', 'Severity'),
        tableName,
        columnName,
        column('value', 'Drift'),
        column('threshold', 'Threshold'),
        column('drift_type', 'Against'),
        windowEnd,
        column('owner', 'Owner'),
        column('runbook_url', 'Runbook'),
      ],
    ),
    heatmap(
      {
        name: 'drift_heatmap',
        title: 'Latest drift by table and column (1 is the threshold)',
        dataset: 'drift_latest',
        box: box(0, 17, [12, 7]),
      },
      { x: columnName, y: tableName, color: driftScore },
    ),
    table(
      {
        name: 'stale_list',
        title: 'Tables whose last window is stale',
        dataset: 'stale_tables',
        box: box(0, 24, [12, 6]),
      },
      [
        tableName,
        column('latest_window', 'Last window until'),
        column('days_since', 'Days ago'),
        column('freshness_days', 'Stale after days'),
        column('owner', 'Owner'),
        column('department', 'Department'),
      ],
    ),
  ]);
}

function counters(): readonly JsonObject[] {
  return [
    counter(
      { name: 'monitored_tables', title: 'Monitored tables', dataset: 'tables', box: box(0, 2, [3, 3]) },
      countOfTables,
    ),
    counter(
      { name: 'drifted_tables', title: 'Tables with drift', dataset: 'drift_now', box: box(3, 2, [3, 3]) },
      countOfTables,
    ),
    counter(
      { name: 'critical_columns', title: 'Columns with critical drift', dataset: 'drift_now', box: box(6, 2, [3, 3]) },
      computed("COUNT(CASE WHEN `severity` = 'critical' THEN 1 END)", 'Columns'),
    ),
    counter(
      { name: 'stale_count', title: 'Tables without a fresh window', dataset: 'stale_tables', box: box(9, 2, [3, 3]) },
      countOfTables,
    ),
  ];
}

function charts(): readonly JsonObject[] {
  return [
    line(
      {
        name: 'drift_trend',
        title: 'Worst drift by day (1 is the threshold)',
        dataset: 'drift_by_day',
        box: box(0, 5, [8, 6]),
      },
      { x: day, y: driftScore, color: tableName },
    ),
    bars(
      {
        name: 'drift_by_department',
        title: 'Drifted columns by department',
        dataset: 'drift_now',
        box: box(8, 5, [4, 6]),
      },
      { x: computed('COUNT(`column_name`)', 'Columns'), y: computed("COALESCE(`department`, 'none')", 'Department') },
    ),
  ];
}
