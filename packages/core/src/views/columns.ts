import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { BranchRoles, ViewFamily } from './branch.ts';
import { field, firstOf, literal, part, plain, share, type BranchTable, type ViewColumn } from './column.ts';

const source: ViewColumn = literal('source_table_name', 'STRING', ({ source: name }) => name);
const window: readonly ViewColumn[] = [
  part('window_start', 'TIMESTAMP', ['window', 'start']),
  part('window_end', 'TIMESTAMP', ['window', 'end']),
  plain('granularity', 'STRING'),
];
const slice: readonly ViewColumn[] = [plain('slice_key', 'STRING'), plain('slice_value', 'STRING')];

/** The service names it after the column that the monitor was given (F13, T04). */
const modelId: ViewColumn = {
  name: 'model_id',
  type: 'STRING',
  expression: (table) => {
    const column = table.branch.roles.model_id;
    return column === undefined ? undefined : field(table, column);
  },
};

const roles: readonly (keyof BranchRoles)[] = ['prediction', 'label', 'timestamp', 'model_id'];

/** What the column is in the table that is profiled. */
const columnRole: ViewColumn = {
  name: 'column_role',
  type: 'STRING',
  expression: ({ branch }) => {
    const name = quoteIdentifier('column_name');
    const cases = roles.flatMap((role) => {
      const column = branch.roles[role];
      return column === undefined ? [] : [`WHEN ${quoteLiteral(column)} THEN ${quoteLiteral(role)}`];
    });
    return ['CASE', name, ...cases, "WHEN ':table' THEN 'table' ELSE 'feature' END"].join(' ');
  },
};

/** A column has the metrics of its own family; those of the other are NULL (F12). */
const metricFamily: ViewColumn = {
  name: 'metric_family',
  type: 'STRING',
  expression: (table) => {
    const given = (...names: readonly string[]): string =>
      names
        .map((name) => field(table, name))
        .filter((found) => found !== undefined)
        .map((found) => `${found} IS NOT NULL`)
        .join(' OR ');
    const numeric = given('population_stability_index', 'wasserstein_distance', 'ks_test');
    const categorical = given('js_distance', 'chi_squared_test', 'tv_distance');
    const cases = [
      ...(numeric === '' ? [] : [`WHEN ${numeric} THEN 'numeric'`]),
      ...(categorical === '' ? [] : [`WHEN ${categorical} THEN 'categorical'`]),
    ];
    return cases.length === 0 ? undefined : ['CASE', ...cases, 'END'].join(' ');
  },
};

/** What people need to act, and what the predicates compare with (U085, C07). */
const context: readonly ViewColumn[] = [
  literal('monitor_group', 'STRING', ({ facts }) => facts.monitor_group),
  literal('owner', 'STRING', ({ facts }) => facts.owner),
  literal('department', 'STRING', ({ facts }) => facts.department),
  literal('priority', 'INT', ({ facts }) => facts.priority),
  literal('runbook_url', 'STRING', ({ facts }) => facts.runbook_url),
  literal('lineage_url', 'STRING', ({ facts }) => facts.lineage_url),
  literal('drift_threshold', 'DOUBLE', ({ facts }) => facts.drift_threshold),
  literal('numeric_drift_threshold', 'DOUBLE', ({ facts }) => facts.numeric_drift_threshold),
  literal('alert_granularity', 'STRING', ({ facts }) => facts.alert_granularity),
  literal('freshness_days', 'INT', ({ facts }) => facts.freshness_days),
];

const drift: readonly ViewColumn[] = [
  source,
  ...window,
  plain('drift_type', 'STRING'),
  modelId,
  ...slice,
  plain('column_name', 'STRING'),
  columnRole,
  metricFamily,
  plain('js_distance', 'DOUBLE'),
  part('chi_squared_statistic', 'DOUBLE', ['chi_squared_test', 'statistic']),
  plain('psi', 'DOUBLE', 'population_stability_index'),
  part('ks_statistic', 'DOUBLE', ['ks_test', 'statistic']),
  plain('wasserstein_distance', 'DOUBLE'),
  ...context,
];

const profile: readonly ViewColumn[] = [
  source,
  ...window,
  modelId,
  ...slice,
  plain('column_name', 'STRING'),
  columnRole,
  plain('record_count', 'BIGINT', 'count'),
  plain('null_count', 'BIGINT', 'num_nulls'),
  share('null_rate', 'percent_null'),
  plain('distinct_count', 'BIGINT'),
  plain('mean', 'DOUBLE', 'avg'),
  plain('stddev', 'DOUBLE'),
  plain('min', 'DOUBLE'),
  plain('max', 'DOUBLE'),
  ...context,
];

const weighted = (name: string, column: string): ViewColumn => firstOf(name, 'DOUBLE', [[column, 'weighted']]);
const fairness = (name: string): ViewColumn => plain(name, 'MAP<STRING, DOUBLE>');

/** Classification or regression: the other family is NULL (U084, F14). */
const performance: readonly ViewColumn[] = [
  source,
  ...window,
  modelId,
  ...slice,
  plain('record_count', 'BIGINT', 'count'),
  plain('accuracy', 'DOUBLE', 'accuracy_score'),
  plain('log_loss', 'DOUBLE'),
  weighted('precision_weighted', 'precision'),
  weighted('recall_weighted', 'recall'),
  weighted('f1_weighted', 'f1_score'),
  firstOf('auc_weighted', 'DOUBLE', [
    ['roc_auc_score', 'one_vs_one', 'weighted'],
    ['roc_auc_score', 'weighted'],
  ]),
  fairness('predictive_parity'),
  fairness('predictive_equality'),
  fairness('equal_opportunity'),
  fairness('statistical_parity'),
  plain('mse', 'DOUBLE', 'mean_squared_error'),
  plain('rmse', 'DOUBLE', 'root_mean_squared_error'),
  plain('mae', 'DOUBLE', 'mean_average_error'),
  plain('mape', 'DOUBLE', 'mean_absolute_percentage_error'),
  plain('r2', 'DOUBLE', 'r2_score'),
  ...context,
];

export const viewColumns: Readonly<Record<ViewFamily, readonly ViewColumn[]>> = { drift, profile, performance };

/** Which rows of a metric table a family is about. */
export function conditionOf(family: ViewFamily, table: BranchTable): string | undefined {
  const logType = field(table, 'log_type');
  const input = logType === undefined ? [] : [`${logType} = 'INPUT'`];
  const name = quoteIdentifier('column_name');
  if (family === 'drift') return undefined;
  return [...input, ...(family === 'performance' ? [`${name} = ':table'`] : [])].join(' AND ') || undefined;
}
