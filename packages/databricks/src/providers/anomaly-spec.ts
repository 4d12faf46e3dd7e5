import { compareText, equalJson, isJsonArray, kinds, type Json, type JsonObject, type Spec } from '@dpo/core';
import { covers, isEmpty, leavesOf, overlaid, valueAt, without, withoutEmpty } from './json-path.ts';

/** Set by the service; the first is shown in the workspace that made the monitor only. */
const outputs = ['anomaly_detection_workflow_id', 'job_type'];

const excluded = 'excluded_table_full_names';
const notifications = 'notification_settings';
const destinations = 'notification_settings.on_unhealthy_table.destination_ids';
const users = 'notification_settings.on_unhealthy_table.destination_user_ids';

/** Everything that people can set; what the service adds some day is not taken for a side effect. */
const settable = [excluded, notifications, 'publish_health_indicator', 'validity_check_configurations'];

export function schemaIdOf(spec: Spec): string {
  const id = spec['object_id'];
  if (typeof id !== 'string' || id === '') throw new TypeError('the spec of an anomaly detection has no object_id');
  return id;
}

/** The body of a create; what says nothing is left out. */
export function configOf({ object_id: _identity, ...config }: Spec): JsonObject {
  return withoutEmpty(config);
}

/** What a spec can say, of what the service shows. Ids of users may come as numbers. */
export function fieldsOf(schemaId: string, config: JsonObject): Spec {
  const names = valueAt(config, excluded);
  const recipients = [destinations, users].flatMap((path): readonly [string, Json][] => {
    const ids = valueAt(config, path);
    if (!isJsonArray(ids) || ids.length === 0) return [];
    return [[path.slice(path.lastIndexOf('.') + 1), ids.map((id) => (typeof id === 'number' ? String(id) : id))]];
  });
  return {
    object_id: schemaId,
    ...(isJsonArray(names) && names.length > 0 ? { [excluded]: names } : {}),
    ...(recipients.length === 0 ? {} : { [notifications]: { on_unhealthy_table: Object.fromEntries(recipients) } }),
  };
}

export interface AnomalyUpdate {
  /** Config as it was read right before. */
  readonly live: JsonObject;
  readonly spec: Spec;
  /** Changed paths of the spec. */
  readonly mask: readonly string[];
}

/**
 * Paths for `update_mask`, below `anomaly_detection_config`. The recipients go as one: of longer paths than
 * `notification_settings` no reference says that they are understood.
 */
export function maskOf({ mask }: AnomalyUpdate): readonly string[] {
  const paths = mask.map((path) => (path === excluded ? excluded : covers(notifications, path) ? notifications : ''));
  if (paths.length === 0 || paths.includes('')) throw new TypeError(`not to be updated: ${mask.join(', ')}`);
  return [...new Set(paths)].toSorted(compareText);
}

/**
 * The whole config as it is to be afterwards, so that nothing undeclared is lost whatever a service takes a mask for
 * (corrections, 9).
 */
export function bodyOf({ live, spec, mask }: AnomalyUpdate): JsonObject {
  const base = withoutEmpty([...outputs, ...mask].reduce(without, live));
  return withoutEmpty(overlaid(base, configOf(spec)));
}

/** Paths that nobody declared and that are different now (W018). */
export function sideEffects({ live, spec, mask }: AnomalyUpdate, after: JsonObject): readonly string[] {
  const declared = [...mask, ...leavesOf(configOf(spec))];
  const { anomaly } = kinds;
  const [before, now] = [anomaly.normalise(live), anomaly.normalise(after)];
  const paths = new Set([...leavesOf(before), ...leavesOf(now)]);
  return [...paths]
    .filter((path) => settable.some((own) => covers(own, path)) && !declared.some((own) => covers(own, path)))
    .filter((path) => {
      const [one, other] = [valueAt(before, path), valueAt(now, path)];
      return !equalJson(one, other) && !(isEmpty(one) && isEmpty(other));
    })
    .toSorted(compareText);
}
