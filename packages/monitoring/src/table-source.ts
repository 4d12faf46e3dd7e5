import { matchesTablePattern, type Json, type Place, type Problem, type TableParts } from '@dpo/core';
import { isTablePattern, literalCount, type LoadedConfig } from '@dpo/config';

/** Why a table is in the plan, and which entries of `monitored_tables` are about it. */
export interface TableSource {
  /** A faulty table fails the plan if it is listed, and is skipped if it was found (C12). */
  readonly how: 'listed' | 'found';
  /** Keys of `monitored_tables` about this table: its own, then patterns, most literal characters first (C17). */
  readonly keys: readonly string[];
  /** Where it is listed, or what found it. */
  readonly place: Place;
}

/** What an entry of `monitored_tables` says, with its place. */
export interface Declared {
  readonly key: string;
  readonly value: Json;
  readonly place: Place;
}

/** The first entry that says something about a field. `null` is not set, except for a schedule: there it means never. */
export function declared(
  loaded: LoadedConfig,
  { keys }: Pick<TableSource, 'keys'>,
  field: string,
): Declared | undefined {
  for (const key of keys) {
    const value = valueIn(loaded, key, field);
    if (value !== undefined) return { key, value, place: loaded.placeOf(['monitored_tables', key, field]) };
  }
  return undefined;
}

/** Keys that the file sets for a table: by its entry, by a pattern or by the defaults. */
export function settingKeys({ config }: LoadedConfig, { keys }: TableSource): ReadonlySet<string> {
  const entries = [config.profile_defaults ?? {}, ...keys.map((key) => entryOf(config.monitored_tables, key))];
  const set = entries.flatMap((entry) => Object.entries(entry).filter(([, value]) => value !== null && value !== ''));
  return new Set(set.map(([key]) => key));
}

function valueIn({ config }: LoadedConfig, key: string, field: string): Json | undefined {
  const entry = entryOf(config.monitored_tables, key);
  const value = Object.hasOwn(entry, field) ? (entry as Readonly<Record<string, Json | undefined>>)[field] : undefined;
  return value === null && field !== 'schedule' ? undefined : value;
}

function entryOf(tables: LoadedConfig['config']['monitored_tables'], key: string): object {
  return tables[key] ?? {};
}

/** Keys of `monitored_tables` that name a table each, in the order of the file. */
export function listedKeys({ config }: LoadedConfig): readonly string[] {
  return Object.keys(config.monitored_tables).filter((key) => !isTablePattern(key));
}

/** Patterns in `monitored_tables`, most literal characters first, then in the order of the file. */
export function patternKeys({ config }: LoadedConfig): readonly string[] {
  return Object.keys(config.monitored_tables)
    .filter(isTablePattern)
    .toSorted((a, b) => literalCount(b) - literalCount(a));
}

/** Of a table that is listed; patterns (those of `patternKeys`) give it settings as well. */
export function listedSource(
  loaded: LoadedConfig,
  key: string,
  patterns: readonly string[] = patternKeys(loaded),
): TableSource {
  const parts = partsOf(key);
  const matching = patterns.filter((pattern) => matchesTablePattern(pattern, parts));
  return { how: 'listed', keys: [key, ...matching], place: loaded.keyPlaceOf(['monitored_tables', key]) };
}

export function partsOf(name: string): TableParts {
  const [catalog = '', schema = '', table = ''] = name.split('.');
  return { catalog, schema, table };
}

/**
 * Fields that two patterns of equally many literal characters set, for a table that neither its own entry nor a more literal
 * pattern settles: nobody could tell which of them holds.
 */
export function tiesOf(loaded: LoadedConfig, { keys }: TableSource): readonly Problem[] {
  const fields = new Set(keys.flatMap((key) => Object.keys(entryOf(loaded.config.monitored_tables, key))));
  return [...fields].flatMap((field) => {
    const [first, second] = keys.filter((key) => valueIn(loaded, key, field) !== undefined);
    if (first === undefined || second === undefined || !isTablePattern(first)) return [];
    if (literalCount(first) !== literalCount(second)) return [];
    return [tie(loaded, field, [first, second])];
  });
}

function tie(loaded: LoadedConfig, field: string, [first, second]: readonly [string, string]): Problem {
  return {
    code: 'CONFIG.PATTERN_TIE',
    severity: 'error',
    message: `'${first}' and '${second}' (${placeText(loaded, second, field)}) both set ${field}, and neither is more specific`,
    hint: `set ${field} in one of the two, or for the tables by their names`,
    place: loaded.placeOf(['monitored_tables', first, field]),
  };
}

function placeText(loaded: LoadedConfig, key: string, field: string): string {
  const place = loaded.placeOf(['monitored_tables', key, field]);
  return 'start' in place ? `${place.file}:${String(place.start.line)}:${String(place.start.column)}` : key;
}
