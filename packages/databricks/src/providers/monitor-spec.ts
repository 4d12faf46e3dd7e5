import { isJsonArray, isJsonObject, type JsonObject, type Marker, type Spec } from '@dpo/core';
import { objectField, textField } from '../api/fields.ts';
import type { Monitor } from '../api/monitors.ts';
import { metricsOf } from './monitor-metrics.ts';
import { valueAt, without } from './json-path.ts';

/** Sent on create and ignored, or not accepted, afterwards. */
export const createOnlyPaths = ['assets_dir', 'skip_builtin_dashboard', 'warehouse_id'] as const;

const profileObjects = { SNAPSHOT: 'snapshot', TIMESERIES: 'time_series', INFERENCE: 'inference_log' } as const;

/** The body of a create: the spec below `data_profiling_config`, with exactly one profile object. */
export function configOf(spec: Spec): JsonObject {
  const entries = Object.entries(spec).filter(([key]) => !['object_id', 'profile_type', ...profileKeys].includes(key));
  const key = profileKeyOf(spec);
  return { ...Object.fromEntries(entries), [key]: key === 'snapshot' ? {} : (spec[key] ?? {}) };
}

/** What an update may say. */
export function updatableConfigOf(spec: Spec): JsonObject {
  return createOnlyPaths.reduce(without, configOf(spec));
}

export function tableIdOf(spec: Spec): string {
  const id = spec['object_id'];
  if (typeof id !== 'string' || id === '') throw new TypeError('the spec of a monitor has no object_id');
  return id;
}

const profileKeys: readonly string[] = Object.values(profileObjects);

function profileKeyOf(spec: Spec): string {
  const type = spec['profile_type'];
  if (type === 'SNAPSHOT' || type === 'TIMESERIES' || type === 'INFERENCE') return profileObjects[type];
  throw new TypeError(`the spec of a monitor has no profile_type: ${JSON.stringify(type)}`);
}

const texts = ['output_schema_id', 'assets_dir', 'warehouse_id', 'baseline_table_name'];

const nested = [
  'time_series.timestamp_column',
  'time_series.granularities',
  'inference_log.problem_type',
  'inference_log.timestamp_column',
  'inference_log.granularities',
  'inference_log.prediction_column',
  'inference_log.label_column',
  'inference_log.model_id_column',
  'inference_log.prediction_probability_column',
  'schedule.quartz_cron_expression',
  'schedule.timezone_id',
  'notification_settings.on_failure.email_addresses',
];

/**
 * A monitor in the shape of a spec. Only what a spec can say: no outputs, no `pause_status`. A
 * monitor without one of the two other profile objects is a snapshot, since services leave out empty objects.
 */
export function fieldsOf(objectId: string, config: JsonObject): Spec {
  const skip = config['skip_builtin_dashboard'];
  const slices = config['slicing_exprs'];
  const metrics = metricsOf(config);
  const base: Spec = {
    object_id: objectId,
    profile_type: isJsonObject(config['inference_log'])
      ? 'INFERENCE'
      : isJsonObject(config['time_series'])
        ? 'TIMESERIES'
        : 'SNAPSHOT',
    ...Object.fromEntries(
      texts.flatMap((key) => (textField(config, key) === undefined ? [] : [[key, textField(config, key) ?? '']])),
    ),
    ...(typeof skip === 'boolean' ? { skip_builtin_dashboard: skip } : {}),
    ...(isJsonArray(slices) ? { slicing_exprs: slices } : {}),
    ...(metrics.length === 0 ? {} : { custom_metrics: metrics }),
  };
  return nested.reduce<Spec>((fields, path) => copied(fields, config, path), base);
}

/** The fields with one value of the config put at the same path, if there is one. */
function copied(fields: Spec, config: JsonObject, path: string): Spec {
  const value = valueAt(config, path);
  if (value === undefined || value === null || value === '') return fields;
  return placed(fields, path.split('.'), value);
}

function placed(object: JsonObject, [key = '', ...rest]: readonly string[], value: JsonObject[string]): JsonObject {
  const inner = objectField(object, key) ?? {};
  return { ...object, [key]: rest.length === 0 ? value : placed(inner, rest, value) };
}

const outputs = [
  'dashboard_id',
  'profile_metrics_table_name',
  'drift_metrics_table_name',
  'status',
  'latest_monitor_failure_message',
];

/** Outputs appear minutes after a create; those that are not there yet are left out. */
export function outOf(config: JsonObject): JsonObject {
  return Object.fromEntries(
    outputs.flatMap((key) => {
      const value = textField(config, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** `<any root>/<project>/<target>/monitors/<table>`: the folder is all that a monitor has room for (T16). */
export function markerOf(config: JsonObject): Marker | undefined {
  const folder = textField(config, 'assets_dir') ?? '';
  const segments = folder.slice(0, Math.max(0, folder.lastIndexOf('/monitors/'))).split('/');
  const [project = '', target = ''] = segments.slice(-2);
  return project === '' || target === '' ? undefined : { owner: `${project}/${target}` };
}

/**
 * Another workspace made it: there its assets are, and only to there they are shown (databricks-sdk-py, `get_monitor`:
 * "some information (e.g. dashboard) may be filtered out"). A monitor always has a folder.
 */
export function isElsewhere(config: JsonObject): boolean {
  return ['assets_dir', 'dashboard_id', 'effective_warehouse_id'].every((key) => textField(config, key) === undefined);
}

export function isBeingDeleted(monitor: Monitor): boolean {
  return monitor.config?.['status'] === 'DATA_PROFILING_STATUS_DELETE_PENDING';
}
