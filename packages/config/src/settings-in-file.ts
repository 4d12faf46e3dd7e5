import { isJsonObject, matchesTablePattern, type Json, type JsonObject } from '@dpo/core';
import type { Path } from './finding.ts';
import { isTablePattern, literalCount } from './table-name.ts';

/** A value that a file gives a table, and the path at which it does. */
export interface FileSetting {
  readonly value: Json;
  readonly path: Path;
}

/** One listed table as far as the file alone tells: its entry, then patterns that match it, then the defaults (C17). */
export interface FileTable {
  /** As the file spells it. */
  readonly name: string;
  readonly path: Path;
  /**
   * Undefined where the file does not say; `schedule: null` says never. Several keys of one question are asked layer by
   * layer.
   */
  find(...keys: readonly string[]): FileSetting | undefined;
  /** The same without the defaults: what no tag can change. */
  own(...keys: readonly string[]): FileSetting | undefined;
  /** Every key that any of them sets. */
  readonly keys: readonly string[];
}

/** The tables that a config lists and does not disable. The config may be faulty: what has the wrong type says nothing. */
export function fileTables(config: JsonObject): readonly FileTable[] {
  const tables = mapAt(config, 'monitored_tables');
  const defaults = { path: ['profile_defaults'], values: mapAt(config, 'profile_defaults') };
  const patterns = Object.keys(tables)
    .filter((name) => isTablePattern(name))
    .toSorted((a, b) => literalCount(b) - literalCount(a));
  return Object.keys(tables)
    .filter((name) => !isTablePattern(name))
    .map((name): FileTable => {
      const path = ['monitored_tables', name];
      const [catalog = '', schema = '', table = ''] = name.split('.');
      const entry = { path, values: mapAt(tables, name) };
      const matching = patterns
        .filter((pattern) => matchesTablePattern(pattern, { catalog, schema, table }))
        .map((pattern) => ({ path: ['monitored_tables', pattern], values: mapAt(tables, pattern) }));
      const own = [entry, ...matching];
      const all = [...own, defaults];
      const keys = all.flatMap(({ values }) => Object.keys(values));
      return { name, path, own: finder(own), find: finder(all), keys };
    })
    .filter((table) => table.find('enabled')?.value !== false);
}

/** Whether tables that the file does not list may be profiled too, by tag or by pattern. */
export function mayFindTables(config: JsonObject): boolean {
  return (
    config['include_tagged_tables'] === true ||
    Object.keys(mapAt(config, 'monitored_tables')).some((name) => isTablePattern(name))
  );
}

/** The map at a key; an empty one if there is none. */
export function mapAt(config: JsonObject, key: string): JsonObject {
  const value = config[key];
  return isJsonObject(value) ? value : {};
}

interface Layer {
  readonly path: Path;
  readonly values: JsonObject;
}

function finder(layers: readonly Layer[]): FileTable['find'] {
  return (...keys) => {
    for (const { path, values } of layers) {
      for (const key of keys) {
        const value = values[key];
        if (value !== undefined && (value !== null || key === 'schedule')) return { value, path: [...path, key] };
      }
    }
    return undefined;
  };
}
