import type { CatalogTable, JsonObject, Place, Problem } from '@dpo/core';
import { readTemplate, type CustomMetric, type LoadedConfig } from '@dpo/config';
import { findColumn, missingColumn } from './columns.ts';
import { columnOf, metricLayers, type DeclaredMetric } from './metric-layers.ts';
import { inOrder } from './metric-order.ts';
import type { ProfilePart } from './monitor-columns.ts';
import type { SettingKey } from './setting.ts';
import type { TableSettings } from './table-settings.ts';

export interface MetricsRequest {
  readonly loaded: LoadedConfig;
  readonly table: CatalogTable;
  readonly settings: TableSettings;
  /** In lower case. */
  readonly absentFunctions: ReadonlySet<string> | undefined;
}

type MetricsPart = Pick<ProfilePart, 'spec' | 'origins' | 'problems'>;

/** The custom metrics of one table, in the API's form, each with the place of its declaration. */
export function customMetricsPart(request: MetricsRequest): MetricsPart {
  const layers = metricLayers(request.loaded, request.settings);
  const problems = [...layers.problems];
  const origins: Record<string, Place> = {};
  const metrics = inOrder(layers.metrics).map((declared) => {
    problems.push(...problemsOf(declared, request));
    Object.assign(origins, originsOf(declared, request.loaded));
    return specOf(declared.metric, request.table);
  });
  return { spec: metrics.length === 0 ? {} : { custom_metrics: metrics }, origins, problems };
}

const wholeTable = ':table';

/** The definition is sent as it is written (U024), columns as the catalog spells them (U063). */
function specOf(metric: CustomMetric, table: CatalogTable): JsonObject {
  return {
    name: metric.name,
    type: `DATA_PROFILING_CUSTOM_METRIC_TYPE_${metric.metric_type.toUpperCase()}`,
    input_columns: metric.input_columns.map((column) => findColumn(table, column)?.name ?? column),
    definition: metric.definition,
    output_data_type: structField(metric.output_type ?? 'double'),
  };
}

/**
 * The service takes a bare type too, but the monitor then never starts (T09): it wants the JSON of a Spark StructField.
 * https://docs.databricks.com/aws/en/lakehouse-monitoring/custom-metrics
 */
function structField(type: string): string {
  return JSON.stringify({ metadata: {}, name: 'output', nullable: true, type });
}

const members: readonly (readonly [member: string, key: keyof CustomMetric])[] = [
  ['type', 'metric_type'],
  ['input_columns', 'input_columns'],
  ['definition', 'definition'],
  ['output_data_type', 'output_type'],
];

/** A member that is left out is where its metric is. */
function originsOf({ metric, path }: DeclaredMetric, loaded: LoadedConfig): Readonly<Record<string, Place>> {
  const at = `custom_metrics[name=${metric.name}]`;
  const own = members.map(([member, key]) => [`${at}.${member}`, loaded.placeOf([...path, key])] as const);
  return { [at]: loaded.placeOf(path), ...Object.fromEntries(own) };
}

function problemsOf(declared: DeclaredMetric, request: MetricsRequest): readonly Problem[] {
  return [
    ...missingColumns(declared, request),
    ...modelColumns(declared, request),
    ...modelName(declared, request),
    ...missingFunction(declared, request),
  ];
}

function missingColumns({ metric, path }: DeclaredMetric, { loaded, table }: MetricsRequest): readonly Problem[] {
  return metric.input_columns.flatMap((value, index) => {
    if (value === wholeTable || findColumn(table, value) !== undefined) return [];
    const key = `input_columns of metric '${metric.name}'`;
    return [missingColumn(table, { key, value, place: loaded.placeOf([...path, 'input_columns', index]) })];
  });
}

const variables: ReadonlyMap<string, SettingKey> = new Map([
  ['prediction_col', 'prediction_column'],
  ['label_col', 'label_column'],
]);

/** What offline was a warning because a tag might settle it is settled now (U031). */
function modelColumns(declared: DeclaredMetric, { loaded, table, settings }: MetricsRequest): readonly Problem[] {
  const { metric, path, objective } = declared;
  const profile = settings.text('profile_type')?.value ?? 'INFERENCE';
  return readTemplate(metric.definition).variables.flatMap((variable): readonly Problem[] => {
    const key = variables.get(variable);
    if (key === undefined || (profile === 'INFERENCE' && settings.text(key) !== undefined)) return [];
    const lack = profile === 'INFERENCE' ? `has no '${key}'` : `is profiled as ${profile}`;
    const from = objective === undefined ? '' : ` of the objective function '${objective.id}'`;
    return [
      {
        code: 'CONFIG.METRIC_COLUMN',
        severity: 'error',
        message: `the metric '${metric.name}'${from} uses {{${variable}}}, and ${table.fullName} ${lack}`,
        hint:
          profile === 'INFERENCE'
            ? `set ${key} for the table, as tag, or under profile_defaults`
            : 'leave it out for this table: only INFERENCE profiles have predictions and labels',
        place: objective?.place ?? loaded.placeOf([...path, 'definition']),
      },
    ];
  });
}

/** The model id is a column of the metric tables under its own name (F13). */
function modelName(declared: DeclaredMetric, { loaded, table, settings }: MetricsRequest): readonly Problem[] {
  const model = settings.text('model_id_column');
  const isInference = (settings.text('profile_type')?.value ?? 'INFERENCE') === 'INFERENCE';
  if (!isInference || model === undefined || model.value.toLowerCase() !== columnOf(declared)) return [];
  return [
    {
      code: 'CONFIG.METRIC_NAME',
      severity: 'error',
      message: `the metric '${declared.metric.name}' is called like the model_id_column of ${table.fullName}, which its metric tables have anyway`,
      hint: 'choose another name',
      place: loaded.placeOf([...declared.path, 'name']),
    },
  ];
}

function missingFunction({ objective, path }: DeclaredMetric, request: MetricsRequest): readonly Problem[] {
  const { ucFunction: name } = objective ?? {};
  if (objective === undefined || name === undefined || request.absentFunctions?.has(name.toLowerCase()) !== true) {
    return [];
  }
  return [
    {
      code: 'CATALOG.FUNCTION_NOT_FOUND',
      severity: 'error',
      message: `function '${name}' of the objective function '${objective.id}' does not exist, or this identity may not see it`,
      hint: 'check uc_function_name, or grant EXECUTE on it',
      place: request.loaded.placeOf([...path.slice(0, -1), 'uc_function_name']),
    },
  ];
}
