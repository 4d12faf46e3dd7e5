import { canonical, type JsonObject } from '@dpo/core';
import { column, columnName, computed, countOfTables, tableName, windowEnd } from './field.ts';
import { box, dataset, page, text } from './page.ts';
import { rollupDatasets, type RollupRequest } from './rollup-datasets.ts';
import { bars, counter, line, table } from './widget.ts';

const group = column('monitor_group', 'Group');

/** The content of the dashboard over all groups as JSON text: the same for the same settings. */
export function rollupDashboard(request: RollupRequest): string {
  const datasets = rollupDatasets(request);
  const hasThresholds = datasets.some(({ name }) => name === 'quality_now');
  return canonical({ datasets: datasets.map(dataset), pages: [overview(), attention(hasThresholds)] });
}

function overview(): JsonObject {
  return page('rollup_overview', 'Executive Overview', [
    text('rollup_intro', box(0, 0, [12, 1]), ['## All groups']),
    ...counters(),
    table({ name: 'group_list', title: 'Groups, the worst first', dataset: 'groups', box: box(0, 4, [12, 6]) }, [
      group,
      column('tables', 'Monitored tables'),
      column('drifted_tables', 'Tables with drift'),
      column('drifted_columns', 'Drifted columns'),
      column('critical_columns', 'of them critical'),
      column('worst_drift', 'Worst drift (1 is the threshold)'),
      column('stale_tables', 'Tables without a fresh window'),
    ]),
    line(
      {
        name: 'drift_by_group',
        title: 'Worst drift by day (1 is the threshold)',
        dataset: 'drift_by_day',
        box: box(0, 10, [8, 6]),
      },
      { x: column('day', 'Day'), y: computed('MAX(`drift_score`)', 'Drift'), color: group },
    ),
    bars(
      {
        name: 'drift_by_department',
        title: 'Drifted columns by department',
        dataset: 'drift_now',
        box: box(8, 10, [4, 6]),
      },
      { x: computed('COUNT(`column_name`)', 'Columns'), y: computed("COALESCE(`department`, 'none')", 'Department') },
    ),
  ]);
}

function counters(): readonly JsonObject[] {
  return [
    counter(
      { name: 'groups_count', title: 'Groups', dataset: 'groups', box: box(0, 1, [3, 3]) },
      computed('COUNT(`monitor_group`)', 'Groups'),
    ),
    counter(
      { name: 'monitored_tables', title: 'Monitored tables', dataset: 'tables', box: box(3, 1, [3, 3]) },
      countOfTables,
    ),
    counter(
      { name: 'drifted_tables', title: 'Tables with drift', dataset: 'drift_now', box: box(6, 1, [3, 3]) },
      countOfTables,
    ),
    counter(
      { name: 'stale_count', title: 'Tables without a fresh window', dataset: 'stale_tables', box: box(9, 1, [3, 3]) },
      countOfTables,
    ),
  ];
}

function attention(hasThresholds: boolean): JsonObject {
  return page('rollup_attention', 'Attention', [
    table(
      { name: 'top_drifters', title: 'What drifted, the worst first', dataset: 'drift_now', box: box(0, 0, [12, 8]) },
      [
        group,
        column('severity', 'Severity'),
        tableName,
        columnName,
        column('value', 'Drift'),
        column('threshold', 'Threshold'),
        windowEnd,
        column('owner', 'Owner'),
        column('runbook_url', 'Runbook'),
      ],
    ),
    table(
      {
        name: 'stale_list',
        title: 'Tables whose last window is stale',
        dataset: 'stale_tables',
        box: box(0, 8, [12, 6]),
      },
      [
        group,
        tableName,
        column('latest_window', 'Last window until'),
        column('days_since', 'Days ago'),
        column('owner', 'Owner'),
      ],
    ),
    ...(hasThresholds ? [breaches()] : []),
  ]);
}

function breaches(): JsonObject {
  return table(
    { name: 'breaches', title: 'Breaches of thresholds', dataset: 'quality_now', box: box(0, 14, [12, 6]) },
    [
      group,
      column('issue_type', 'Issue'),
      tableName,
      columnName,
      column('value', 'Value'),
      column('threshold', 'Threshold'),
      windowEnd,
      column('owner', 'Owner'),
    ],
  );
}
