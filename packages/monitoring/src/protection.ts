import type { LoadedConfig } from '@dpo/config';
import { ignorable, type DesiredResource, type KindName, type Place } from '@dpo/core';

/**
 * What the config says about leaving the object of one table alone. From the config only, never from a tag: who may tag a
 * table must not be able to lift a protection, or to keep a setting from being enforced.
 */
export type Protection = Pick<DesiredResource, 'ignore' | 'preventDestroy'>;

/** `key` is the table's key in `monitored_tables`; its own entry goes before the defaults, setting by setting (C17). */
export function protectionOf(loaded: LoadedConfig, key: string, kind: KindName): Protection {
  const { monitored_tables: tables, profile_defaults: defaults } = loaded.config;
  const own = tables[key];
  const entries = own?.ignore ?? defaults?.ignore ?? [];
  const ignore = [...new Set(entries.flatMap((entry) => pathsOf(entry, kind)))];
  const value = own?.prevent_destroy ?? defaults?.prevent_destroy;
  const layer = typeof own?.prevent_destroy === 'boolean' ? ['monitored_tables', key] : ['profile_defaults'];
  const place: Place = loaded.placeOf([...layer, 'prevent_destroy']);
  return {
    ...(ignore.length === 0 ? {} : { ignore }),
    ...(typeof value === 'boolean' ? { preventDestroy: { value, place } } : {}),
  };
}

function pathsOf(entry: string, kind: KindName): readonly string[] {
  const meant = ignorable(entry);
  return meant.status === 'known' && meant.kind === kind ? meant.paths : [];
}
