import { isJsonArray, qualifiedName, quoteLiteral, type CatalogTable, type Json, type Problem } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { builtInSettings, settingTypes, type Setting, type SettingKey } from './setting.ts';
import { tagPlace } from './table-context.ts';
import type { TableSource } from './table-source.ts';

/** The effective settings of one table, each with its origin. Precedence, per field: table entry > patterns > tag > defaults > built-in (C17). */
export interface TableSettings {
  /** Undefined where nobody set it. */
  get(...keys: readonly SettingKey[]): Setting | undefined;
  text(...keys: readonly SettingKey[]): Setting<string> | undefined;
  texts(...keys: readonly SettingKey[]): Setting<readonly string[]> | undefined;
  /** The column of time of a TIMESERIES profile, which has two names (C14). */
  timeColumn(): Setting<string> | undefined;
  /** From what is said about the table (entry, tag), or about all. */
  from(layer: Layer['of'], key: SettingKey): Setting | undefined;
  /** Faults of tags on this table. */
  readonly problems: readonly Problem[];
}

interface Layer {
  /** Whether it is about this table (entry, tag) or about all. */
  readonly of: 'table' | 'all';
  find(key: SettingKey): Setting | undefined;
}

/** In one layer the table's own timestamp_column wins; the defaults have a name of their own for time series (C14). */
const timeKeys = {
  table: ['timestamp_column', 'timeseries_timestamp_column'],
  all: ['timeseries_timestamp_column', 'timestamp_column'],
} as const satisfies Record<Layer['of'], readonly SettingKey[]>;

/** Several keys of one question are asked layer by layer. */
export function tableSettings(
  loaded: LoadedConfig,
  source: Pick<TableSource, 'keys'>,
  table: CatalogTable,
): TableSettings {
  const problems: Problem[] = [];
  const layers: readonly Layer[] = [
    ...source.keys.map((key): Layer => ({ of: 'table', find: configLayer(loaded, ['monitored_tables', key]) })),
    { of: 'table', find: tagLayer(table, loaded.config.tag_prefix ?? 'monitor_', problems) },
    { of: 'all', find: configLayer(loaded, ['profile_defaults']) },
    { of: 'all', find: builtIn },
  ];
  const first = (keysOf: (layer: Layer) => readonly SettingKey[]): Setting | undefined => {
    for (const layer of layers) {
      for (const setting of keysOf(layer)) {
        const found = layer.find(setting);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  return {
    get: (...keys) => first(() => keys),
    text: (...keys) => asText(first(() => keys)),
    texts: (...keys) => {
      const found = first(() => keys);
      if (found === undefined) return undefined;
      const items = isJsonArray(found.value) ? found.value : [found.value];
      return { ...found, value: items.filter((item) => typeof item === 'string') };
    },
    from: (of, key) => first((layer) => (layer.of === of ? [key] : [])),
    timeColumn: () => asText(first((layer) => timeKeys[layer.of])),
    problems,
  };
}

function asText(found: Setting | undefined): Setting<string> | undefined {
  return typeof found?.value === 'string' ? { ...found, value: found.value } : undefined;
}

function builtIn(key: SettingKey): Setting | undefined {
  const value = builtInSettings[key];
  return value === undefined ? undefined : { key, value, place: { default: true } };
}

function configLayer(loaded: LoadedConfig, path: readonly string[]): Layer['find'] {
  const values = path.reduce<unknown>((inner, key) => member(inner, key), loaded.config);
  return (key) => {
    const value = member(values, key);
    // null means "not set", except for a schedule: there it says "never", whatever the defaults say.
    if (value === undefined || (value === null && key !== 'schedule')) return undefined;
    return { key, value: value as Json, place: loaded.placeOf([...path, key]), path: [...path, key] };
  };
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function tagLayer(table: CatalogTable, prefix: string, problems: Problem[]): Layer['find'] {
  const settings = new Map<SettingKey, Setting>();
  for (const [name, type] of Object.entries(settingTypes)) {
    const key = name as SettingKey;
    const tag = `${prefix}${key}`;
    const text = table.tags[tag];
    if (text === undefined) continue;
    const place = tagPlace(table, tag);
    const value = type.parse(text);
    if (value === undefined) {
      const hint = `change the tag: ${alterTag(place.tag, tag)}`;
      problems.push({
        code: 'CATALOG.TAG_VALUE',
        severity: 'error',
        message: `tag '${tag}' of ${table.fullName} is '${text}', not ${type.expected}`,
        hint,
        place,
      });
    } else {
      settings.set(key, { key, value, place });
    }
  }
  return (key) => settings.get(key);
}

/** `carrier#tag` as the statement that sets it, on the table or on what the table inherits it from. */
function alterTag(place: string, tag: string): string {
  const carrier = place.slice(0, -tag.length - 1);
  const parts = carrier.split('.');
  const kind = (['CATALOG', 'SCHEMA', 'TABLE'] as const)[Math.min(parts.length, 3) - 1] ?? 'TABLE';
  const name = /^[\w.]+$/u.test(carrier) ? carrier : qualifiedName(...parts);
  return `ALTER ${kind} ${name} SET TAGS (${quoteLiteral(tag)} = '…')`;
}
