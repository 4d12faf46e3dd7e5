import type { Json } from '@dpo/core';
import type { Path } from './finding.ts';
import { startOfFile, type Range } from './source.ts';

/** A value of the file that remembers where each part of it is written. */
export interface Located {
  readonly value: Json;
  readonly range: Range;
  /** Of a map: its entries. Of a list: its items. */
  readonly entries?: ReadonlyMap<string, Entry>;
  readonly items?: readonly Located[];
  /** How many values there are in it, aliases written out. */
  readonly size: number;
  readonly depth: number;
}

export interface Entry {
  readonly key: Range;
  readonly node: Located;
}

export function scalarOf(value: Json, range: Range): Located {
  return { value, range, size: 1, depth: 1 };
}

/** The entries become own properties, so the names must not be those of prototypes. */
export function mapOf(entries: ReadonlyMap<string, Entry>, range: Range): Located {
  const nodes = [...entries.values()].map((entry) => entry.node);
  const value = Object.fromEntries([...entries].map(([name, entry]) => [name, entry.node.value]));
  return { value, range, entries, ...measure(nodes) };
}

export function listOf(items: readonly Located[], range: Range): Located {
  return { value: items.map((item) => item.value), range, items, ...measure(items) };
}

function measure(nodes: readonly Located[]): { readonly size: number; readonly depth: number } {
  let size = 1;
  let depth = 0;
  for (const node of nodes) {
    size += node.size;
    depth = Math.max(depth, node.depth);
  }
  return { size, depth: depth + 1 };
}

/** Where a path leads: the value and the key in front of it, or those of its nearest ancestor that exists. */
export interface Spot {
  readonly node: Located;
  readonly key: Range;
  readonly path: Path;
}

export function spotAt(root: Located, path: Path): Spot {
  let node = root;
  let key = startOfFile;
  for (const [index, step] of path.entries()) {
    const entry = entryAt(node, step);
    if (entry === undefined) return { node, key, path: path.slice(0, index) };
    ({ node, key } = entry);
  }
  return { node, key, path };
}

function entryAt(node: Located, step: string | number): Entry | undefined {
  const item = typeof step === 'number' ? node.items?.[step] : undefined;
  return item === undefined ? node.entries?.get(String(step)) : { node: item, key: item.range };
}

/** The value at a path, `undefined` if there is none or if it is `null`, which is unset. */
export function valueAt(root: Located, ...path: Path): Json | undefined {
  const spot = spotAt(root, path);
  return spot.path.length === path.length ? (spot.node.value ?? undefined) : undefined;
}

/** The text at a path; `undefined` for everything else. */
export function textAt(root: Located, ...path: Path): string | undefined {
  const value = valueAt(root, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The entries of the map at a path; none if there is no map. */
export function entriesAt(root: Located, ...path: Path): ReadonlyMap<string, Entry> {
  const spot = spotAt(root, path);
  return (spot.path.length === path.length ? spot.node.entries : undefined) ?? new Map<string, Entry>();
}
