import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@dpo/core';
import type { Config, MonitoredTables, TargetSettings } from './generated/config-types.ts';

/** A config that passed every check, as one target sees it. Defaults are not filled in. */
export type EffectiveConfig = Config & {
  readonly catalog_name: string;
  readonly monitored_tables: MonitoredTables;
};

/** Keys of which `null` says something: never, no limit. */
const meaningfulNulls: ReadonlySet<string> = new Set(['schedule', 'monitor_limit']);

/** Maps whose entries may be empty. */
const mapsOfMaps: ReadonlySet<string> = new Set(['monitored_tables', 'targets', 'groups', 'anomaly_detection']);

/**
 * Leaves out what is unset (`null`) and the free `x-` keys. A `null` that says something stays. The value
 * must have passed the schema and the checks.
 */
export function effectiveConfig(value: JsonObject, warehouseId: string | undefined): EffectiveConfig {
  const known = Object.entries(value).filter(([name]) => !name.startsWith('x-'));
  const set = withoutUnset(Object.fromEntries(known), '');
  const warehouse = warehouseId === undefined ? {} : { warehouse_id: warehouseId };
  return { monitored_tables: {}, ...set, ...warehouse } as unknown as EffectiveConfig;
}

export function effectiveTarget(value: Json | undefined): TargetSettings {
  return (isJsonObject(value) ? withoutUnset(value, '') : {}) as TargetSettings;
}

function withoutUnset(map: JsonObject, name: string): JsonObject {
  const entries = Object.entries(map).flatMap(([key, value]): [string, Json][] => {
    if (value !== null)
      return [[key, isJsonArray(value) ? value : isJsonObject(value) ? withoutUnset(value, key) : value]];
    if (mapsOfMaps.has(name)) return [[key, {}]];
    return meaningfulNulls.has(key) ? [[key, null]] : [];
  });
  return Object.fromEntries(entries);
}
