import type { CustomMetric } from '../profiler/custom-metric.ts';
import type { ProfileRequest, ProfileResult, ProfileType, ProfiledTable } from '../profiler/profile-request.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { Transaction } from '../storage/storage.ts';
import { bindWindows, forgetWindows } from '../storage/window-table.ts';
import { describeColumns } from '../unity/describe-columns.ts';
import type { TableObject } from '../unity/objects.ts';
import type { Unity } from '../unity/unity.ts';
import type { MonitorConfig } from './monitor-config.ts';
import { granularityText } from './monitor-fields.ts';
import type { Monitor } from './monitor.ts';

/** The creator's name is what `current_user()` answers in expressions. */
export type RefreshProfile = (request: Omit<ProfileRequest, 'expressions'>, creator: string) => Promise<ProfileResult>;

interface RunOptions {
  readonly unity: Unity;
  readonly refreshProfile: RefreshProfile;
  readonly now: Date;
}

/** Computes the metric tables of a monitor and registers them, all in the given transaction; throws when it cannot. */
export async function runRefresh(transaction: Transaction, monitor: Monitor, options: RunOptions): Promise<void> {
  const { unity, refreshProfile, now } = options;
  const { config } = monitor;
  const table = unity.tableById(monitor.objectId);
  if (table === undefined) throw new Error(`table '${monitor.monitoredTable}' does not exist`);
  if (unity.schemaById(config.output_schema_id) === undefined) {
    throw new Error(`output schema with ID '${config.output_schema_id}' does not exist`);
  }
  const baseline = baselineOf(unity, config);
  const request = {
    connection: transaction.connection,
    table: profiled(table),
    ...(baseline === undefined ? {} : { baseline: profiled(baseline) }),
    profile: profileType(config),
    slicingExpressions: config.slicing_exprs ?? [],
    customMetrics: (config.custom_metrics ?? []).map(customMetric),
    profileMetricsTable: relation(monitor.profileMetricsTable),
    driftMetricsTable: relation(monitor.driftMetricsTable),
    monitorVersion: monitor.version,
    commitVersion: table.version,
    ...memoryOf(unity, { table, monitor }),
    now,
  };
  const result = await refreshProfile(request, monitor.creator);
  const metrics = await registerMetrics(transaction, monitor.profileMetricsTable, { unity, owner: monitor.creator });
  if (request.memory === undefined) await forgetWindows(transaction.connection, monitor.objectId);
  else await bindWindows(transaction.connection, monitor.objectId, contentOf(metrics));
  // The drift table does not exist before there is a baseline or a second window.
  if (result.driftRows !== null) {
    await registerMetrics(transaction, monitor.driftMetricsTable, { unity, owner: monitor.creator });
  }
}

/** Only a table that records its changes is processed incrementally, as the service documents. */
function memoryOf(
  unity: Unity,
  { table, monitor }: { readonly table: TableObject; readonly monitor: Monitor },
): Pick<ProfileRequest, 'memory'> {
  const recordsChanges = table.properties['delta.enableChangeDataFeed']?.toLowerCase() === 'true';
  const isStored = table.tableType === 'MANAGED' || table.tableType === 'EXTERNAL';
  if (!recordsChanges || !isStored) return {};
  const metrics = unity.table(monitor.profileMetricsTable);
  return {
    memory: {
      objectId: monitor.objectId,
      ...(metrics === undefined ? {} : { metrics: contentOf(metrics) }),
    },
  };
}

/** Changes with every write to a table, also one that did not come from a refresh. */
function contentOf({ tableId, version }: TableObject): string {
  return `${tableId} ${version}`;
}

async function registerMetrics(
  transaction: Transaction,
  name: string,
  options: { readonly unity: Unity; readonly owner: string },
): Promise<TableObject> {
  const { unity, owner } = options;
  const columns = await describeColumns(transaction.connection, relation(name));
  const existing = unity.table(name);
  if (existing !== undefined) {
    const updated = { ...existing, columns, version: existing.version + 1 };
    await unity.updateTable(transaction, updated);
    return updated;
  }
  const [catalog = '', schema = '', leaf = ''] = name.split('.');
  return unity.registerTable(transaction, { catalog, schema, name: leaf, tableType: 'MANAGED', columns, owner });
}

function baselineOf(unity: Unity, config: MonitorConfig): TableObject | undefined {
  const name = config.baseline_table_name;
  if (name === undefined) return undefined;
  const baseline = unity.table(name);
  if (baseline === undefined) throw new Error(`baseline table '${name}' does not exist`);
  return baseline;
}

function profiled(table: TableObject): ProfiledTable {
  return { from: relation(`${table.catalog}.${table.schema}.${table.name}`), columns: table.columns };
}

/** `catalog.schema.table` as DuckDB knows it: `"catalog.schema"."table"`. */
function relation(name: string): string {
  const [catalog = '', schema = '', ...leaf] = name.split('.');
  return `${quoteIdentifier(`${catalog}.${schema}`)}.${quoteIdentifier(leaf.join('.'))}`;
}

const metricKinds = {
  DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE: 'aggregate',
  DATA_PROFILING_CUSTOM_METRIC_TYPE_DERIVED: 'derived',
  DATA_PROFILING_CUSTOM_METRIC_TYPE_DRIFT: 'drift',
} as const;

function customMetric(metric: NonNullable<MonitorConfig['custom_metrics']>[number]): CustomMetric {
  return {
    name: metric.name,
    kind: metricKinds[metric.type],
    definition: metric.definition,
    inputColumns: metric.input_columns,
    outputDataType: metric.output_data_type,
  };
}

function profileType(config: MonitorConfig): ProfileType {
  const { time_series: series, inference_log: log } = config;
  if (series !== undefined) {
    return {
      kind: 'time_series',
      timestampColumn: series.timestamp_column,
      granularities: series.granularities.map(granularityText),
    };
  }
  if (log === undefined) return { kind: 'snapshot' };
  return {
    kind: 'inference_log',
    timestampColumn: log.timestamp_column,
    granularities: log.granularities.map(granularityText),
    predictionColumn: log.prediction_column,
    modelIdColumn: log.model_id_column,
    ...(log.label_column === undefined ? {} : { labelColumn: log.label_column }),
    ...(log.prediction_probability_column === undefined
      ? {}
      : { probabilityColumn: log.prediction_probability_column }),
    problemType: log.problem_type === 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION' ? 'classification' : 'regression',
  };
}
