import { quoteIdentifier } from '../sql/quote.ts';
import { duckdbTypeText } from '../sql/spark-type.ts';
import type { CustomMetric } from './custom-metric.ts';
import { fairnessNames } from './fairness.ts';
import { readOutputDataType } from './output-data-type.ts';
import type { ProfileType } from './profile-request.ts';

export interface MetricColumn {
  readonly name: string;
  /** DuckDB type. */
  readonly type: string;
}

const windowType = 'STRUCT("start" TIMESTAMP, "end" TIMESTAMP)';
const scoreType = 'STRUCT(one_vs_all MAP(VARCHAR, DOUBLE), macro DOUBLE, weighted DOUBLE)';
const areaType = 'STRUCT(macro DOUBLE, weighted DOUBLE)';
const testType = 'STRUCT(statistic DOUBLE, pvalue DOUBLE)';

const probabilityColumns: readonly MetricColumn[] = [
  { name: 'log_loss', type: 'DOUBLE' },
  { name: 'roc_auc_score', type: `STRUCT(one_vs_one ${areaType}, one_vs_all ${areaType})` },
];

/** Columns of the profile metric table in the order of the service. Those of users stand at the end. */
export function profileColumns(profile: ProfileType, metrics: readonly CustomMetric[]): readonly MetricColumn[] {
  return [
    ...columnList('window', windowType),
    ...columnList('log_type', 'VARCHAR'),
    ...columnList('logging_table_commit_version', 'INTEGER'),
    ...columnList('monitor_version', 'BIGINT'),
    ...columnList('granularity', 'VARCHAR'),
    ...modelColumn(profile),
    ...columnList('slice_key slice_value column_name', 'VARCHAR'),
    ...columnList('count', 'BIGINT'),
    ...columnList('data_type', 'VARCHAR'),
    ...columnList('num_nulls', 'BIGINT'),
    ...columnList('avg', 'DOUBLE'),
    ...columnList('quantiles', 'DOUBLE[]'),
    ...columnList('min max stddev', 'DOUBLE'),
    ...columnList('num_zeros num_nan', 'BIGINT'),
    ...columnList('min_length max_length avg_length', 'DOUBLE'),
    ...columnList('non_null_columns', 'VARCHAR[]'),
    ...columnList('frequent_items', 'STRUCT(item VARCHAR, "count" BIGINT)[]'),
    ...columnList('median', 'DOUBLE'),
    ...columnList('distinct_count', 'BIGINT'),
    ...columnList('percent_nan percent_null percent_zeros percent_distinct', 'DOUBLE'),
    ...qualityColumns(profile),
    ...metrics.filter(({ kind }) => kind !== 'drift').map(metricColumn),
  ];
}

/** Columns of the drift metric table in the order of the service, and then those of users. */
export function driftColumns(profile: ProfileType, metrics: readonly CustomMetric[]): readonly MetricColumn[] {
  return [
    ...columnList('window', windowType),
    ...columnList('granularity', 'VARCHAR'),
    ...columnList('monitor_version', 'BIGINT'),
    ...modelColumn(profile),
    ...columnList('slice_key slice_value column_name data_type', 'VARCHAR'),
    ...columnList('window_cmp', windowType),
    ...columnList('drift_type', 'VARCHAR'),
    ...columnList('count_delta', 'BIGINT'),
    ...columnList('avg_delta percent_null_delta percent_zeros_delta percent_distinct_delta', 'DOUBLE'),
    ...columnList('non_null_columns_delta', 'STRUCT(added INTEGER, missing INTEGER)'),
    ...columnList('js_distance', 'DOUBLE'),
    ...columnList('ks_test', testType),
    ...columnList('wasserstein_distance population_stability_index', 'DOUBLE'),
    ...columnList('chi_squared_test', testType),
    ...columnList('tv_distance l_infinity_distance', 'DOUBLE'),
    ...metrics.filter(({ kind }) => kind === 'drift').map(metricColumn),
  ];
}

export function createTableSql(table: string, columns: readonly MetricColumn[]): string {
  const list = columns.map((column) => `${quoteIdentifier(column.name)} ${column.type}`);
  return `CREATE OR REPLACE TABLE ${table} (${list.join(', ')})`;
}

/** The column that a custom metric fills, with its declared type. */
export function metricColumn({ name, outputDataType }: CustomMetric): MetricColumn {
  return { name, type: duckdbTypeText(readOutputDataType(outputDataType).type) };
}

/** Model quality exists with a label only: without one there is nothing to compare the prediction with. */
function qualityColumns(profile: ProfileType): readonly MetricColumn[] {
  if (profile.kind !== 'inference_log' || profile.labelColumn === undefined) return [];
  if (profile.problemType === 'regression') {
    return columnList(
      'mean_squared_error root_mean_squared_error mean_average_error mean_absolute_percentage_error r2_score',
      'DOUBLE',
    );
  }
  return [
    ...columnList('accuracy_score', 'DOUBLE'),
    ...columnList('confusion_matrix', 'STRUCT(prediction VARCHAR, "label" VARCHAR, "count" BIGINT)[]'),
    ...columnList('precision recall f1_score', scoreType),
    ...(profile.probabilityColumn === undefined ? [] : probabilityColumns),
    ...((profile.booleanSlices ?? []).length === 0 ? [] : columnList(fairnessNames.join(' '), 'MAP(VARCHAR, DOUBLE)')),
  ];
}

function modelColumn(profile: ProfileType): readonly MetricColumn[] {
  return profile.kind === 'inference_log' ? [{ name: profile.modelIdColumn, type: 'VARCHAR' }] : [];
}

function columnList(names: string, type: string): readonly MetricColumn[] {
  return names.split(' ').map((name) => ({ name, type }));
}
