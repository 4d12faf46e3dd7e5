import { filledText, flag, ignored, list, narrowed, oneOf, shape, ShapeFault } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { absolutePath, addressees, filledList, granularity, schedule, uuidText } from './monitor-fields.ts';

const timeSeries = shape({ required: { timestamp_column: filledText, granularities: filledList(granularity) } });

const inferenceLog = shape({
  required: {
    problem_type: oneOf('INFERENCE_PROBLEM_TYPE_CLASSIFICATION', 'INFERENCE_PROBLEM_TYPE_REGRESSION'),
    timestamp_column: filledText,
    granularities: filledList(granularity),
    prediction_column: filledText,
    model_id_column: filledText,
  },
  optional: { label_column: filledText, prediction_probability_column: filledText },
});

const customMetric = shape({
  required: {
    name: filledText,
    definition: filledText,
    input_columns: filledList(filledText),
    output_data_type: filledText,
    type: oneOf(
      'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
      'DATA_PROFILING_CUSTOM_METRIC_TYPE_DERIVED',
      'DATA_PROFILING_CUSTOM_METRIC_TYPE_DRIFT',
    ),
  },
});

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
  // Shown now and then by the older API (TF #4229); what the service shows, it takes back.
  data_classification_config: ignored,
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
    notification_settings: shape({ optional: { on_failure: addressees } }),
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
  if (place.partial !== true) requireOneProfile(config, place.path);
  return config;
});

/** Exactly one of the three profile types; in both APIs they have the same names. */
export function requireOneProfile(config: object, path: readonly (string | number)[]): void {
  const profiles = (['snapshot', 'time_series', 'inference_log'] as const).filter((name) =>
    Object.hasOwn(config, name),
  );
  if (profiles.length === 1) return;
  const found = profiles.length === 0 ? 'none is given' : `${profiles.join(' and ')} are given`;
  throw new ShapeFault(path, `exactly one of snapshot, time_series and inference_log is needed but ${found}`);
}

const identity = { object_type: oneOf('table'), object_id: uuidText };

/** Body of the creation of a monitor on a table. */
export const newMonitor = shape({ required: { ...identity, data_profiling_config: monitorConfig } });

/**
 * Body of an update, read with `partial`: the configuration holds at least what the mask names. Terraform sends both
 * configurations in one mask (`internal/providers/pluginfw/products/data_quality_monitor`).
 */
export const changedMonitor = shape({
  required: identity,
  optional: { data_profiling_config: partially(monitorConfig), anomaly_detection_config: ignored },
});

export const newRefresh = shape({
  required: { object_type: oneOf('table', 'schema'), object_id: uuidText },
  optional: {
    refresh_id: ignored,
    state: ignored,
    trigger: ignored,
    start_time_ms: ignored,
    end_time_ms: ignored,
    message: ignored,
  },
});

/** Reads what is there and lets required fields be absent. */
export function partially<T>(reader: Reader<T>): Reader<T> {
  return narrowed(reader, (value, { path }) => reader(value, { path, partial: true }));
}

function withoutOutputFields(config: ReturnType<typeof configShape>): MonitorConfig {
  const kept = Object.entries(config).filter(([name]) => !Object.hasOwn(outputFields, name));
  return Object.fromEntries(kept) as unknown as MonitorConfig;
}
