import {
  compareText,
  equalJson,
  fieldRule,
  isJsonArray,
  kinds,
  listPathOf,
  type Json,
  type JsonObject,
  type Spec,
} from '@dpo/core';
import { textField } from '../api/fields.ts';
import { createOnlyPaths, updatableConfigOf } from './monitor-spec.ts';
import { foreignMetrics, metricsAfter } from './monitor-metrics.ts';
import { covers, isEmpty, leavesOf, overlaid, valueAt, without, withoutEmpty } from './json-path.ts';

/** Set by the service; sending `pause_status` breaks an update (terraform-provider-databricks PR 4224, 4242). */
const outputPaths = [
  'monitored_table_name',
  'status',
  'latest_monitor_failure_message',
  'profile_metrics_table_name',
  'drift_metrics_table_name',
  'dashboard_id',
  'monitor_version',
  'effective_warehouse_id',
  'schedule.pause_status',
];

/** Everything that people can set on a monitor; what the service adds some day is not taken for a side effect. */
const settable = [
  'output_schema_id',
  'time_series',
  'inference_log',
  'assets_dir',
  'baseline_table_name',
  'slicing_exprs',
  'custom_metrics',
  'schedule',
  'notification_settings',
  'skip_builtin_dashboard',
  'warehouse_id',
];

export interface UpdateParts {
  /** Config as it was read right before. */
  readonly live: JsonObject;
  readonly spec: Spec;
  /** Changed paths of the spec. */
  readonly mask: readonly string[];
}

/**
 * Paths for `update_mask`, below `data_profiling_config`: the smallest that say the change (W018). Lists go as a whole.
 * An object that is new, or whose every setting goes, is named as one: a schedule without its time zone is not valid.
 */
export function maskOf(parts: UpdateParts): readonly string[] {
  const changed = parts.mask.map(listPathOf);
  const refused = changed.find((path) =>
    [...createOnlyPaths, 'object_id', 'profile_type'].some((own) => covers(own, path)),
  );
  if (refused !== undefined || changed.length === 0) throw new TypeError(`not to be updated: ${refused ?? 'nothing'}`);
  const widened = new Set(changed.map((path) => widest(path, changed, parts)));
  return [...widened]
    .filter((path) => ![...widened].some((other) => other !== path && covers(other, path)))
    .toSorted(compareText);
}

/**
 * The whole config, as it is to be afterwards: the live one with the spec laid over it, without what is cleared. So
 * nothing undeclared is lost (T31), even if a service should take a mask for less than it says. Metrics that nobody
 * declared stay in their list (ruling 35).
 */
export function bodyOf(parts: UpdateParts, mask: readonly string[]): JsonObject {
  const wanted = updatableConfigOf(parts.spec);
  // An empty value may be shown where nothing is set; sent back it would be read as one that is not valid.
  const base = withoutEmpty([...outputPaths, ...createOnlyPaths].reduce(without, parts.live));
  const cleared = mask.filter((path) => valueAt(wanted, path) === undefined);
  const body = cleared.reduce(without, overlaid(base, wanted));
  const metrics = metricsAfter(parts);
  return metrics.length === 0 ? body : { ...body, custom_metrics: metrics };
}

/** Paths that nobody asked to change and that are different now (W018). */
export function sideEffects(parts: UpdateParts, mask: readonly string[], after: JsonObject): readonly string[] {
  const { monitor } = kinds;
  // The service spells the same values now this way and now that.
  const [before, now] = [monitor.normalise(parts.live), monitor.normalise(after)];
  const declared = leavesOf(updatableConfigOf(parts.spec));
  const undeclared = (path: string): boolean =>
    settable.some((own) => covers(own, path)) &&
    ![...mask, ...declared, ...outputPaths].some((own) => covers(own, path));
  const paths = new Set([...leavesOf(before), ...leavesOf(now)].filter(undeclared));
  const lost = foreignMetrics(parts).filter((metric) => !holds(now, metric));
  const gone = lost.map((metric) => `custom_metrics[name=${textField(metric, 'name') ?? ''}]`);
  return [...[...paths].filter((path) => !same(before, now, path)), ...gone].toSorted(compareText);
}

function holds({ custom_metrics: metrics }: JsonObject, metric: JsonObject): boolean {
  const [wanted = null] = normalised([metric]);
  return isJsonArray(metrics) && metrics.some((one) => equalJson(one, wanted));
}

function normalised(metrics: readonly Json[]): readonly Json[] {
  const { custom_metrics: found } = kinds.monitor.normalise({ custom_metrics: metrics });
  return isJsonArray(found) ? found : metrics;
}

function same(before: JsonObject, after: JsonObject, path: string): boolean {
  const [one, other] = [valueAt(before, path), valueAt(after, path)];
  const { compare } = fieldRule(kinds.monitor.rules, path);
  return equalJson(one, other) || compare(one) === compare(other) || (isEmpty(one) && isEmpty(other));
}

/** The outermost object on the way that is missing on one side and holds nothing on the other that is to stay. */
function widest(path: string, changed: readonly string[], parts: UpdateParts): string {
  const wanted = updatableConfigOf(parts.spec);
  const keys = path.split('.');
  const parents = keys.slice(1).map((_key, index) => keys.slice(0, index + 1).join('.'));
  const whole = parents.find((parent) => isWhole(parent, changed, { wanted, live: parts.live }));
  return whole ?? path;
}

function isWhole(
  parent: string,
  changed: readonly string[],
  { wanted, live }: { readonly wanted: JsonObject; readonly live: JsonObject },
): boolean {
  if (isEmpty(valueAt(live, parent))) return true;
  if (valueAt(wanted, parent) !== undefined) return false;
  const below = leavesOf(live).filter((leaf) => covers(parent, leaf) && !outputPaths.includes(leaf));
  return below.every((leaf) => changed.some((path) => covers(path, leaf)));
}
