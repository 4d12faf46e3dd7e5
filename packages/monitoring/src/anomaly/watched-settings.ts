import { matchesGlob, type Json, type Place, type Problem } from '@dpo/core';
import { literalCount, type LoadedConfig } from '@dpo/config';

/** What entries of `anomaly_detection` say about one schema. */
export interface WatchedSettings {
  /** Keys that match it, most literal characters first, then in the order of the file. */
  readonly keys: readonly string[];
  /** One of them is its name. */
  readonly isNamed: boolean;
  /** The first that says something. */
  value(
    field: WatchedField,
  ): { readonly value: Json; readonly place: Place; readonly path: readonly string[] } | undefined;
}

export type WatchedField = 'enabled' | 'excluded_tables' | 'notifications' | 'adopt' | 'prevent_destroy';

const fields: readonly WatchedField[] = ['enabled', 'excluded_tables', 'notifications', 'adopt', 'prevent_destroy'];

/** Names and globs of schemas, without their catalogs, most literal characters first. */
export function watchedKeys({ config }: LoadedConfig): readonly string[] {
  return Object.keys(config.anomaly_detection ?? {}).toSorted((a, b) => literalCount(b) - literalCount(a));
}

/** Of a schema by its name without the catalog; undefined if nothing is said about it. */
export function watchedSettings(loaded: LoadedConfig, schema: string): WatchedSettings | undefined {
  const keys = watchedKeys(loaded).filter((key) => matchesGlob(key, schema));
  if (keys.length === 0) return undefined;
  return {
    keys,
    isNamed: keys.some((key) => !isGlob(key)),
    value: (field) => {
      const key = keys.find((candidate) => valueIn(loaded, candidate, field) !== undefined);
      const value = key === undefined ? undefined : valueIn(loaded, key, field);
      if (key === undefined || value === undefined) return undefined;
      const path = ['anomaly_detection', key, field];
      return { value, place: loaded.placeOf(path), path };
    },
  };
}

export function isGlob(key: string): boolean {
  return /[*?]/u.test(key);
}

/** Settings that two globs of equally many literal characters give, and that nothing more literal settles. */
export function watchedTies(loaded: LoadedConfig, { keys }: WatchedSettings): readonly Problem[] {
  return fields.flatMap((field) => {
    const [first, second] = keys.filter((key) => valueIn(loaded, key, field) !== undefined);
    if (first === undefined || second === undefined || !isGlob(first)) return [];
    if (literalCount(first) !== literalCount(second)) return [];
    return [
      {
        code: 'CONFIG.PATTERN_TIE',
        severity: 'error' as const,
        message: `'${first}' and '${second}' of anomaly_detection both set ${field}, and neither is more specific`,
        hint: `set ${field} in one of the two, or for the schemas by their names`,
        place: loaded.placeOf(['anomaly_detection', first, field]),
      },
    ];
  });
}

function valueIn({ config }: LoadedConfig, key: string, field: WatchedField): Json | undefined {
  const entry: Readonly<Record<string, unknown>> = { ...config.anomaly_detection?.[key] };
  return entry[field] as Json | undefined;
}
