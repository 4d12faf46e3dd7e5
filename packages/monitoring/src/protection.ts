import type { LoadedConfig } from '@dpo/config';
import { ignorable, type DesiredResource, type Json, type KindName, type Place } from '@dpo/core';
import { declared, type TableSource } from './table-source.ts';

/**
 * What the config says about leaving the object of one table alone. From the config only, never from a tag: who may tag a
 * table must not be able to lift a protection, or to keep a setting from being enforced.
 */
export type Protection = Pick<DesiredResource, 'ignore' | 'preventDestroy'>;

/** Own entry, patterns, defaults, setting by setting (C17). */
export function protectionOf(loaded: LoadedConfig, source: Pick<TableSource, 'keys'>, kind: KindName): Protection {
  const entries = setting(loaded, source, 'ignore')?.value;
  const texts = Array.isArray(entries) ? entries.filter((entry) => typeof entry === 'string') : [];
  const ignore = [...new Set(texts.flatMap((entry) => pathsOf(entry, kind)))];
  const destroy = setting(loaded, source, 'prevent_destroy');
  return {
    ...(ignore.length === 0 ? {} : { ignore }),
    ...(typeof destroy?.value === 'boolean' ? { preventDestroy: { value: destroy.value, place: destroy.place } } : {}),
  };
}

function setting(
  loaded: LoadedConfig,
  source: Pick<TableSource, 'keys'>,
  field: 'ignore' | 'prevent_destroy',
): { readonly value: Json; readonly place: Place } | undefined {
  const own = declared(loaded, source, field);
  if (own !== undefined) return own;
  const value = loaded.config.profile_defaults?.[field];
  if (value === undefined || value === null) return undefined;
  return { value, place: loaded.placeOf(['profile_defaults', field]) };
}

function pathsOf(entry: string, kind: KindName): readonly string[] {
  const meant = ignorable(entry);
  return meant.status === 'known' && meant.kind === kind ? meant.paths : [];
}
