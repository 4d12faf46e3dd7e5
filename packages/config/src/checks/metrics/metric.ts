import type { Path } from '../../finding.ts';
import { entriesAt, spotAt, textAt, type Located } from '../../located.ts';
import { shorten } from '../../words.ts';

/** A custom metric of the file, as far as it can be read: the schema tells what is wrong with the rest. */
export interface Metric {
  readonly path: Path;
  readonly node: Located;
  /** Empty if it has none. */
  readonly name: string;
  readonly definition: string;
}

/** The metrics of one list, in its order. */
export function metricsAt(root: Located, ...path: Path): readonly Metric[] {
  const spot = spotAt(root, path);
  const items = spot.path.length === path.length ? (spot.node.items ?? []) : [];
  return items.map((node, index) => metricOf(node, [...path, index]));
}

export interface Objective {
  readonly id: string;
  /** Undefined if it has none. */
  readonly metric: Metric | undefined;
}

/** The registry, by id. */
export function objectivesIn(root: Located): ReadonlyMap<string, Objective> {
  return new Map(
    [...entriesAt(root, 'objective_functions')].map(([id, { node }]) => {
      const metric = node.entries?.get('metric')?.node;
      const path = ['objective_functions', id, 'metric'];
      return [id, { id, metric: metric === undefined ? undefined : metricOf(metric, path) }];
    }),
  );
}

function metricOf(node: Located, path: Path): Metric {
  return { path, node, name: textAt(node, 'name') ?? '', definition: textAt(node, 'definition') ?? '' };
}

/** Where in a metric a value is written, or the nearest value around it. */
export function rangeIn(
  { node, path }: Metric,
  key: string,
): { readonly range: Located['range']; readonly path: Path } {
  const spot = spotAt(node, [key]);
  return { range: spot.node.range, path: [...path, ...spot.path] };
}

export function quoted(name: string): string {
  return `'${shorten(name)}'`;
}

/** Metrics become columns, and columns know no capitals. */
export function columnOf({ name }: Metric): string {
  return name.toLowerCase();
}
