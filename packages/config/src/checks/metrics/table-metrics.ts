import { matchesTablePattern } from '@dpo/core';
import type { Path } from '../../finding.ts';
import { entriesAt, valueAt, type Entry, type Located } from '../../located.ts';
import { isTablePattern, literalCount } from '../../table-name.ts';
import { columnOf, metricsAt, type Metric, type Objective } from './metric.ts';

/** A table, or a pattern of tables, that metrics are looked at for. */
export interface MetricTable {
  readonly name: string;
  readonly entry: Entry;
  readonly path: Path;
  /** The value of a setting, from wherever the file gives it to this table. */
  setting(key: string): unknown;
}

const keys = ['custom_metrics', 'objective_function_ids'];

/**
 * Entries of `monitored_tables` that are to be monitored; unless `all`, only those that say something about metrics: a
 * large file has many that do not.
 */
export function metricTables(root: Located, { all }: { readonly all: boolean }): readonly MetricTable[] {
  const tables = entriesAt(root, 'monitored_tables');
  const fromPatterns = patternSettings(root, [...tables.keys()].filter(isTablePattern));
  return [...tables].flatMap(([name, entry]) => {
    if (!all && !keys.some((key) => entry.node.entries?.has(key) === true)) return [];
    const path = ['monitored_tables', name];
    if (valueAt(root, ...path, 'enabled') === false) return [];
    const setting = (key: string): unknown =>
      valueAt(root, ...path, key) ??
      (isTablePattern(name) ? undefined : fromPatterns(key, name)) ??
      valueAt(root, 'profile_defaults', key);
    return [{ name, entry, path, setting }];
  });
}

/** What patterns say of one setting of a table, most literal characters first (C17). */
function patternSettings(root: Located, patterns: readonly string[]): (key: string, table: string) => unknown {
  const byKey = new Map<string, readonly (readonly [pattern: string, value: unknown])[]>();
  const settersOf = (key: string): readonly (readonly [pattern: string, value: unknown])[] => {
    const setters = patterns
      .map((pattern) => [pattern, valueAt(root, 'monitored_tables', pattern, key)] as const)
      .filter(([, value]) => value !== undefined)
      .toSorted(([a], [b]) => literalCount(b) - literalCount(a));
    byKey.set(key, setters);
    return setters;
  };
  return (key, name) => {
    const [catalog = '', schema = '', table = ''] = name.split('.');
    const parts = { catalog, schema, table };
    return (byKey.get(key) ?? settersOf(key)).find(([pattern]) => matchesTablePattern(pattern, parts))?.[1];
  };
}

/** The ids that an entry itself names, in its order. */
export function objectiveIds(root: Located, { path }: MetricTable): readonly string[] {
  const value = valueAt(root, ...path, 'objective_function_ids');
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}

/** A metric of a table's own: of one of its objective functions, or of its list. */
export interface OwnMetric {
  readonly metric: Metric;
  /** Of an objective function: its id, and where in the table's list that stands. */
  readonly objective?: { readonly id: string; readonly index: number };
}

/** What an entry has beside the metrics of the defaults, by column; its list goes before its objective functions (U032). */
export function ownMetrics(
  root: Located,
  table: MetricTable,
  objectives: ReadonlyMap<string, Objective>,
): ReadonlyMap<string, OwnMetric> {
  const own = new Map<string, OwnMetric>();
  for (const [index, id] of objectiveIds(root, table).entries()) {
    const metric = objectives.get(id)?.metric;
    if (metric !== undefined) own.set(columnOf(metric), { metric, objective: { id, index } });
  }
  for (const metric of metricsAt(root, ...table.path, 'custom_metrics')) own.set(columnOf(metric), { metric });
  return own;
}
