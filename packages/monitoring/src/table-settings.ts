import { isJsonArray, type CatalogTable, type Json, type Place, type Problem } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { builtInSettings, settingTypes, type Setting, type SettingKey } from './setting.ts';

/** The effective settings of one table, each with its origin. Precedence, per field: table entry > tag > defaults > built-in (C17). */
export interface TableSettings {
  /** Undefined where nobody set it. */
  get(...keys: readonly SettingKey[]): Setting | undefined;
  text(...keys: readonly SettingKey[]): Setting<string> | undefined;
  texts(...keys: readonly SettingKey[]): Setting<readonly string[]> | undefined;
  /** Faults of tags on this table. */
  readonly problems: readonly Problem[];
}

type Layer = (key: SettingKey) => Setting | undefined;

/** `key` is the table's key in `monitored_tables`. Several keys of one question are asked layer by layer. */
export function tableSettings(loaded: LoadedConfig, key: string, table: CatalogTable): TableSettings {
  const problems: Problem[] = [];
  const layers: readonly Layer[] = [
    configLayer(loaded, ['monitored_tables', key]),
    tagLayer(table, loaded.config.tag_prefix ?? 'monitor_', problems),
    configLayer(loaded, ['profile_defaults']),
    (setting) => {
      const value = builtInSettings[setting];
      return value === undefined ? undefined : { value, place: { default: true } };
    },
  ];
  const get = (...keys: readonly SettingKey[]): Setting | undefined => {
    for (const layer of layers) {
      for (const setting of keys) {
        const found = layer(setting);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  return {
    get,
    text: (...keys) => {
      const found = get(...keys);
      return typeof found?.value === 'string' ? { value: found.value, place: found.place } : undefined;
    },
    texts: (...keys) => {
      const found = get(...keys);
      if (found === undefined) return undefined;
      const items = isJsonArray(found.value) ? found.value : [found.value];
      return { value: items.filter((item) => typeof item === 'string'), place: found.place };
    },
    problems,
  };
}

function configLayer(loaded: LoadedConfig, path: readonly string[]): Layer {
  const values = path.reduce<unknown>((inner, key) => member(inner, key), loaded.config);
  return (key) => {
    const value = member(values, key);
    // null means "not set", except for a schedule: there it says "never", whatever the defaults say.
    if (value === undefined || (value === null && key !== 'schedule')) return undefined;
    return { value: value as Json, place: loaded.placeOf([...path, key]) };
  };
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function tagLayer(table: CatalogTable, prefix: string, problems: Problem[]): Layer {
  const settings = new Map<SettingKey, Setting>();
  for (const [key, type] of Object.entries(settingTypes)) {
    const tag = `${prefix}${key}`;
    const text = table.tags[tag];
    if (text === undefined) continue;
    const place: Place = { tag: `${table.fullName}#${tag}` };
    const value = type.parse(text);
    if (value === undefined) {
      const hint = `change the tag: ALTER TABLE ${table.fullName} SET TAGS ('${tag}' = '…')`;
      problems.push({
        code: 'CATALOG.TAG_VALUE',
        severity: 'error',
        message: `tag '${tag}' of ${table.fullName} is '${text}', not ${type.expected}`,
        hint,
        place,
      });
    } else {
      settings.set(key as SettingKey, { value, place });
    }
  }
  return (key) => settings.get(key);
}
