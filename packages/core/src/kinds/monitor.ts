import { canonical, isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { Spec } from '../spec.ts';
import { refsIn } from '../value.ts';
import { metricAccessArrivals, metricAccessRules, withMetricAccess } from './access.ts';
import type { Kind } from './kind.ts';

/**
 * A data-profiling monitor on one table (data-quality API v1). Spec, in the API's names below `data_profiling_config`
 * but for the first two, which the provider translates:
 * - `object_id`: UUID of the table, the identity; `profile_type`: `SNAPSHOT`, `TIMESERIES` or `INFERENCE`;
 * - `output_schema_id`: a reference to a schema's `schema_id`; `assets_dir`; `skip_builtin_dashboard`; `warehouse_id`;
 * - `time_series` / `inference_log` with their columns and `granularities`; `slicing_exprs`; `baseline_table_name`;
 * - `custom_metrics`, by `name`: `type`, `input_columns`, `definition`, `output_data_type` (JSON of a Spark StructField);
 * - `schedule` (`quartz_cron_expression`, `timezone_id`); `notification_settings.on_failure.email_addresses`;
 * - `access`: who may read its metric tables (W006), and `profile_metrics_access` and `drift_metrics_access`: who may by now, as
 *   each of the tables comes minutes, or a window, after the monitor.
 */
export const monitorKind: Kind = {
  name: 'monitor',
  version: 1,
  existing: 'foreign',
  identity: 'object_id',
  birthmark: 'assets_dir',
  rules: {
    object_id: { rules: [{ immutable: 'the table behind this name is another one' }] },
    profile_type: {
      label: 'profile_type',
      rules: [{ immutable: 'the profile type is fixed when a monitor is created' }],
    },
    output_schema_id: {
      label: 'output_schema_name',
      rules: [],
      enforced: 'the schema is made, and deleted, for the monitor that writes into it',
    },
    assets_dir: { rules: [{ createOnly: true }, { same: 'workspace-path' }] },
    skip_builtin_dashboard: { rules: [{ createOnly: true }, { default: false }] },
    warehouse_id: { label: 'warehouse_id', rules: [{ createOnly: true }] },
    'time_series.timestamp_column': { label: 'timeseries_timestamp_column', rules: [{ same: 'name' }] },
    'time_series.granularities': { label: 'granularity', rules: [{ list: 'set' }] },
    'inference_log.granularities': { label: 'granularity', rules: [{ list: 'set' }] },
    'inference_log.problem_type': { label: 'problem_type', rules: [] },
    'inference_log.timestamp_column': { label: 'timestamp_column', rules: [{ same: 'name' }] },
    'inference_log.prediction_column': { label: 'prediction_column', rules: [{ same: 'name' }] },
    'inference_log.label_column': { label: 'label_column', rules: [{ same: 'name' }] },
    'inference_log.model_id_column': { label: 'model_id_column', rules: [{ same: 'name' }] },
    // Only one of the generated SDKs knows this field and others removed it: where it is never returned, that is learned.
    'inference_log.prediction_probability_column': {
      label: 'prediction_probability_column',
      rules: [{ same: 'name' }],
    },
    slicing_exprs: { label: 'slicing_exprs', rules: [{ list: 'set' }, { default: [] }] },
    custom_metrics: { label: 'custom_metrics', rules: [{ list: { key: 'name' } }, { default: [] }] },
    baseline_table_name: { label: 'baseline_table_name', rules: [{ same: 'name' }] },
    'schedule.quartz_cron_expression': { label: 'schedule.cron', rules: [{ same: 'cron' }] },
    'schedule.timezone_id': { label: 'schedule.timezone', rules: [] },
    'notification_settings.on_failure.email_addresses': {
      label: 'failure_notifications',
      rules: [{ list: 'set' }, { default: [] }],
    },
    ...metricAccessRules,
  },
  normalise: normaliseMonitor,
  lookup: (address, spec, recorded) =>
    withMetricAccess({ by: 'id', address, id: tableId(spec) ?? recorded?.id ?? '' }, spec, recorded),
  arrivals: metricAccessArrivals,
  edges: (spec) => refsIn(spec).map((reference) => ({ to: reference.$ref, need: 'exists' })),
  upgrade: (_from, stored) => stored,
  // https://docs.databricks.com: only the 30 days before a monitor's creation are profiled; a delete keeps its outputs.
  lost: (change) =>
    change === 'replace'
      ? ['profile history restarts at the last 30 days; metric tables and the generated dashboard stay']
      : ['metric tables and the generated dashboard stay'],
};

function tableId(spec: Spec | undefined): string | undefined {
  const id = spec?.['object_id'];
  return typeof id === 'string' ? id : undefined;
}

/** Slices may come back back-ticked although they were sent bare (T07), JSON in another order and with other blanks. */
function normaliseMonitor(spec: Spec): Spec {
  const { slicing_exprs: slices, custom_metrics: metrics } = spec;
  return {
    ...spec,
    ...(isJsonArray(slices) ? { slicing_exprs: slices.map(bareSlice) } : {}),
    ...(isJsonArray(metrics) ? { custom_metrics: metrics.map(normaliseMetric) } : {}),
  };
}

/** A bare type stays what it is: a monitor with it may never start, which sending the long form mends (T09). */
function normaliseMetric(metric: Json): Json {
  const type = isJsonObject(metric) ? metric['output_data_type'] : undefined;
  if (!isJsonObject(metric) || typeof type !== 'string' || !type.trim().startsWith('{')) return metric;
  try {
    const field: unknown = JSON.parse(type);
    return isJsonObject(field) ? { ...metric, output_data_type: canonical(field) } : metric;
  } catch {
    return metric;
  }
}

/** Only a plain name means the same without its quotes. */
function bareSlice(slice: Json): Json {
  if (typeof slice !== 'string') return slice;
  const text = slice.trim();
  return /^`[A-Za-z_][A-Za-z0-9_]*`$/u.test(text) ? text.slice(1, -1) : text;
}
