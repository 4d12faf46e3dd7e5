import { canonical, type JsonObject } from '@dpo/core';
import { groupDatasets, type DatasetRequest } from './datasets.ts';
import { bars, column, computed, counter, dataset, heatmap, line, page, table, text, type Box } from './widget.ts';

export interface GroupDashboardRequest extends DatasetRequest {
  readonly group: string;
}

const box = (x: number, y: number, size: readonly [width: number, height: number]): Box => ({
  x,
  y,
  width: size[0],
  height: size[1],
});

const day = computed('DATE_TRUNC("DAY", `window_end`)', 'Day');
const tableName = column('source_table_name', 'Table');
const columnName = column('column_name', 'Column');

/** The content of a group's dashboard as JSON text: the same for the same settings, so that nothing differs twice. */
export function groupDashboard(request: GroupDashboardRequest): string {
  const datasets = groupDatasets(request);
  const hasThresholds = datasets.some(({ name }) => name === 'quality_now');
  return canonical({
    datasets: datasets.map(dataset),
    pages: [driftOverview(request.group), dataQuality(hasThresholds), modelPerformance(), driftDetails()],
  });
}

function driftOverview(group: string): JsonObject {
  return page('drift_overview', 'Drift Overview', [
    text('drift_intro', box(0, 0, [12, 1]), [`## ${headline(group)}`]),
    counter(
      { name: 'monitored_tables', title: 'Monitored tables', dataset: 'tables', box: box(0, 1, [3, 3]) },
      computed('COUNT(DISTINCT `source_table_name`)', 'Tables'),
    ),
    counter(
      { name: 'drifted_tables', title: 'Tables with drift', dataset: 'drift_now', box: box(3, 1, [3, 3]) },
      computed('COUNT(DISTINCT `source_table_name`)', 'Tables'),
    ),
    counter(
      { name: 'drifted_columns', title: 'Columns with drift', dataset: 'drift_now', box: box(6, 1, [3, 3]) },
      computed('COUNT(`column_name`)', 'Columns'),
    ),
    counter(
      { name: 'stale_tables', title: 'Tables without a fresh window', dataset: 'tables', box: box(9, 1, [3, 3]) },
      computed("COUNT_IF(`freshness` = 'stale')", 'Tables'),
    ),
    line(
      {
        name: 'drift_trend',
        title: 'Worst drift by day (1 is the threshold)',
        dataset: 'drift_over_time',
        box: box(0, 4, [8, 6]),
      },
      { x: day, y: computed('MAX(`drift_score`)', 'Drift'), color: tableName },
    ),
    bars(
      {
        name: 'drift_by_department',
        title: 'Drifted columns by department',
        dataset: 'drift_now',
        box: box(8, 4, [4, 6]),
      },
      { x: computed('COUNT(`column_name`)', 'Columns'), y: computed("COALESCE(`department`, 'none')", 'Department') },
    ),
    table(
      { name: 'top_drifters', title: 'What drifted, the worst first', dataset: 'drift_now', box: box(0, 10, [12, 6]) },
      [
        column('severity', 'Severity'),
        tableName,
        columnName,
        column('value', 'Drift'),
        column('threshold', 'Threshold'),
        column('drift_type', 'Against'),
        column('window_end', 'Window until'),
        column('owner', 'Owner'),
        column('runbook_url', 'Runbook'),
      ],
    ),
    heatmap(
      {
        name: 'drift_heatmap',
        title: 'Drift by table and column',
        dataset: 'drift_over_time',
        box: box(0, 16, [12, 7]),
      },
      { x: columnName, y: tableName, color: computed('MAX(`drift_score`)', 'Drift') },
    ),
    table({ name: 'freshness', title: 'Latest window of each table', dataset: 'tables', box: box(0, 23, [12, 6]) }, [
      column('freshness', 'Freshness'),
      tableName,
      column('latest_window', 'Latest window until'),
      column('freshness_days', 'Stale after days'),
      column('owner', 'Owner'),
    ]),
  ]);
}

function dataQuality(hasThresholds: boolean): JsonObject {
  const breaches = table(
    { name: 'breaches', title: 'Breaches of thresholds', dataset: 'quality_now', box: box(0, 15, [12, 6]) },
    [
      column('issue_type', 'Issue'),
      tableName,
      columnName,
      column('value', 'Value'),
      column('threshold', 'Threshold'),
      column('window_end', 'Window until'),
    ],
  );
  return page('data_quality', 'Data Quality', [
    counter(
      { name: 'profiled_tables', title: 'Tables profiled', dataset: 'quality_over_time', box: box(0, 0, [4, 3]) },
      computed('COUNT(DISTINCT `source_table_name`)', 'Tables'),
    ),
    line(
      {
        name: 'null_trend',
        title: 'Highest share of NULLs by day',
        dataset: 'quality_over_time',
        box: box(4, 0, [8, 6]),
      },
      { x: day, y: computed('MAX(`null_rate`)', 'Share of NULLs'), color: tableName },
    ),
    bars(
      {
        name: 'rows_by_table',
        title: 'Rows of the largest window',
        dataset: 'quality_over_time',
        box: box(0, 6, [6, 6]),
      },
      { x: computed('MAX(`record_count`)', 'Rows'), y: tableName },
    ),
    bars(
      {
        name: 'nulls_by_column',
        title: 'Highest share of NULLs by column',
        dataset: 'quality_over_time',
        box: box(6, 6, [6, 6]),
      },
      { x: computed('MAX(`null_rate`)', 'Share of NULLs'), y: columnName },
    ),
    ...(hasThresholds ? [breaches] : []),
    table({ name: 'quality_details', title: 'Profiles', dataset: 'quality_over_time', box: box(0, 21, [12, 8]) }, [
      tableName,
      columnName,
      column('window_end', 'Window until'),
      column('record_count', 'Rows'),
      column('null_rate', 'Share of NULLs'),
      column('distinct_count', 'Distinct values'),
      column('mean', 'Mean'),
      column('stddev', 'Deviation'),
      column('min', 'Least'),
      column('max', 'Greatest'),
    ]),
  ]);
}

function modelPerformance(): JsonObject {
  return page('model_performance', 'Model Performance', [
    counter(
      { name: 'models', title: 'Tables with model quality', dataset: 'performance_over_time', box: box(0, 0, [4, 3]) },
      computed('COUNT(DISTINCT `source_table_name`)', 'Tables'),
    ),
    counter(
      { name: 'lowest_accuracy', title: 'Lowest accuracy', dataset: 'performance_over_time', box: box(4, 0, [4, 3]) },
      computed('MIN(`accuracy`)', 'Accuracy'),
    ),
    counter(
      {
        name: 'highest_error',
        title: 'Highest mean absolute error',
        dataset: 'performance_over_time',
        box: box(8, 0, [4, 3]),
      },
      computed('MAX(`mae`)', 'Error'),
    ),
    line(
      {
        name: 'quality_trend',
        title: 'Quality by day (F1, accuracy or R²)',
        dataset: 'performance_and_drift',
        box: box(0, 3, [6, 6]),
      },
      { x: day, y: computed('MIN(`quality`)', 'Quality'), color: tableName },
    ),
    line(
      {
        name: 'quality_against_drift',
        title: 'Worst drift of the same windows',
        dataset: 'performance_and_drift',
        box: box(6, 3, [6, 6]),
      },
      { x: day, y: computed('MAX(`worst_drift`)', 'Drift'), color: tableName },
    ),
    table(
      { name: 'quality_summary', title: 'Model quality', dataset: 'performance_over_time', box: box(0, 9, [12, 8]) },
      [
        tableName,
        column('model_id', 'Model'),
        column('window_end', 'Window until'),
        column('record_count', 'Rows'),
        column('accuracy', 'Accuracy'),
        column('precision_weighted', 'Precision'),
        column('recall_weighted', 'Recall'),
        column('f1_weighted', 'F1'),
        column('auc_weighted', 'AUC'),
        column('rmse', 'RMSE'),
        column('mae', 'MAE'),
        column('r2', 'R²'),
      ],
    ),
  ]);
}

function driftDetails(): JsonObject {
  return page('drift_details', 'Detailed Drift Analysis', [
    table({ name: 'all_drift', title: 'Drift of every column', dataset: 'drift_over_time', box: box(0, 0, [12, 14]) }, [
      tableName,
      columnName,
      column('metric_family', 'Family'),
      column('drift_type', 'Against'),
      column('window_end', 'Window until'),
      column('js_distance', 'Jensen-Shannon distance'),
      column('psi', 'Population stability index'),
      column('ks_statistic', 'Kolmogorov-Smirnov'),
      column('wasserstein_distance', 'Wasserstein distance'),
      column('chi_squared_statistic', 'Chi-squared'),
      column('drift_threshold', 'Threshold, categorical'),
      column('numeric_drift_threshold', 'Threshold, numeric'),
      column('owner', 'Owner'),
    ]),
  ]);
}

/** A name that people chose, in a text that is read as Markdown. */
function headline(group: string): string {
  return group.replace(/[\\`*_{}[\]()#+!|<>~-]/gu, (character) => `\\${character}`).replaceAll(/\s+/gu, ' ');
}
