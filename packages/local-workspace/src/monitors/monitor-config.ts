import { filledText, flag, ignored, list, narrowed, oneOf, shape, ShapeFault, text } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';

/** A schedule cannot be paused through the API; to stop it the schedule is removed (databricks/cli PR #1481). */
const pauseStatus: Reader<never> = (_value, { path }) => {
  throw new ShapeFault(path, 'output only: it cannot be set');
};

const quartzExpression: Reader<string> = (value, place) => {
  const fields = filledText(value, place).trim().split(/\s+/).length;
  if (fields === 6 || fields === 7) return String(value);
  throw new ShapeFault(place.path, `'${String(value)}' is not a Quartz cron expression of 6 or 7 fields`);
};

const timezone: Reader<string> = (value, place) => {
  const zone = filledText(value, place);
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new ShapeFault(place.path, `'${zone}' is not a time zone`);
  }
};

const uuidText: Reader<string> = (value, place) => {
  const id = text(value, place);
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id.toLowerCase();
  throw new ShapeFault(place.path, `'${id}' is not a UUID`);
};

const absolutePath: Reader<string> = (value, place) => {
  const path = text(value, place);
  if (path.startsWith('/')) return path;
  throw new ShapeFault(place.path, `'${path}' does not start with '/'`);
};

const granularity = oneOf(
  'AGGREGATION_GRANULARITY_5_MINUTES',
  'AGGREGATION_GRANULARITY_30_MINUTES',
  'AGGREGATION_GRANULARITY_1_HOUR',
  'AGGREGATION_GRANULARITY_1_DAY',
  'AGGREGATION_GRANULARITY_1_WEEK',
  'AGGREGATION_GRANULARITY_2_WEEKS',
  'AGGREGATION_GRANULARITY_3_WEEKS',
  'AGGREGATION_GRANULARITY_4_WEEKS',
  'AGGREGATION_GRANULARITY_1_MONTH',
  'AGGREGATION_GRANULARITY_1_YEAR',
);

const granularities = narrowed(list(granularity), (value, place): readonly string[] => {
  const read = list(granularity)(value, place);
  if (read.length === 0) throw new ShapeFault(place.path, 'must name at least one granularity');
  return read;
});

const timeSeries = shape({ required: { timestamp_column: filledText, granularities } });

const inferenceLog = shape({
  required: {
    problem_type: oneOf('INFERENCE_PROBLEM_TYPE_CLASSIFICATION', 'INFERENCE_PROBLEM_TYPE_REGRESSION'),
    timestamp_column: filledText,
    granularities,
    prediction_column: filledText,
    model_id_column: filledText,
  },
  optional: { label_column: filledText, prediction_probability_column: filledText },
});

const customMetric = shape({
  required: {
    name: filledText,
    definition: filledText,
    input_columns: list(filledText),
    output_data_type: filledText,
    type: oneOf(
      'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
      'DATA_PROFILING_CUSTOM_METRIC_TYPE_DERIVED',
      'DATA_PROFILING_CUSTOM_METRIC_TYPE_DRIFT',
    ),
  },
});

const schedule = shape({
  required: { quartz_cron_expression: quartzExpression, timezone_id: timezone },
  optional: { pause_status: pauseStatus },
});

const onFailure = shape({ optional: { email_addresses: list(filledText, { max: 5 }) } });

/** Fields that the server fills; what a client sends in them is ignored. */
const outputFields = {
  monitored_table_name: ignored,
  status: ignored,
  latest_monitor_failure_message: ignored,
  profile_metrics_table_name: ignored,
  drift_metrics_table_name: ignored,
  dashboard_id: ignored,
  monitor_version: ignored,
  effective_warehouse_id: ignored,
};

const configShape = shape({
  required: { output_schema_id: uuidText },
  optional: {
    assets_dir: absolutePath,
    snapshot: shape({}),
    time_series: timeSeries,
    inference_log: inferenceLog,
    baseline_table_name: filledText,
    slicing_exprs: list(filledText),
    custom_metrics: list(customMetric),
    schedule,
    notification_settings: shape({ optional: { on_failure: onFailure } }),
    skip_builtin_dashboard: flag,
    warehouse_id: filledText,
    ...outputFields,
  },
});

/** The `data_profiling_config` of a monitor without the fields that the server fills. */
export type MonitorConfig = Omit<ReturnType<typeof configShape>, keyof typeof outputFields>;

/** Reads a complete configuration: exactly one profile type, and every field that this type requires. */
export const monitorConfig = narrowed(configShape, (value, place): MonitorConfig => {
  const config = withoutOutputFields(configShape(value, place));
  const profiles = (['snapshot', 'time_series', 'inference_log'] as const).filter((name) => config[name] !== undefined);
  if (profiles.length !== 1 && place.partial !== true) {
    const found = profiles.length === 0 ? 'none is given' : `${profiles.join(' and ')} are given`;
    throw new ShapeFault(place.path, `exactly one of snapshot, time_series and inference_log is needed but ${found}`);
  }
  return config;
});

const identity = { object_type: oneOf('table'), object_id: uuidText };

/** Body of a creation. Only tables can be profiled; schema monitors are another feature of the same API. */
export const newMonitor = shape({ required: { ...identity, data_profiling_config: monitorConfig } });

/** Body of an update, read with `partial`: the configuration holds at least what the mask names. */
export const changedMonitor = shape({
  required: identity,
  optional: { data_profiling_config: partially(monitorConfig), anomaly_detection_config: ignored },
});

export const newRefresh = shape({
  required: identity,
  optional: {
    refresh_id: ignored,
    state: ignored,
    trigger: ignored,
    start_time_ms: ignored,
    end_time_ms: ignored,
    message: ignored,
  },
});

/** `AGGREGATION_GRANULARITY_30_MINUTES` as the metric tables spell it: `30 minutes`. */
export function granularityText(name: string): string {
  return name.replace('AGGREGATION_GRANULARITY_', '').replace('_', ' ').toLowerCase();
}

function partially<T>(reader: Reader<T>): Reader<T> {
  return narrowed(reader, (value, { path }) => reader(value, { path, partial: true }));
}

function withoutOutputFields(config: ReturnType<typeof configShape>): MonitorConfig {
  const kept = Object.entries(config).filter(([name]) => !Object.hasOwn(outputFields, name));
  return Object.fromEntries(kept) as unknown as MonitorConfig;
}
