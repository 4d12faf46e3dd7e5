import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Path } from '../finding.ts';

/** A pair and the map it stands in: the one that was asked, or one that this merges. */
export interface Found {
  readonly owner: YAMLMap;
  readonly pair: Pair;
}

/** Finds nodes of one document in constant time a step, while it is being changed through it. */
export interface Lookup {
  /** The node at a path, through aliases and merge keys; `undefined` if there is none. */
  nodeAt(path: Path): unknown;
  find(map: YAMLMap, key: string): Found | undefined;
  /** Behind the key `after` of the map itself, else at the end. */
  add(map: YAMLMap, pair: Pair, after?: string): void;
  remove(found: Found): void;
  /** What an alias stands for; anything else is itself. */
  resolved(node: unknown): unknown;
  /** Makes a new alias known, as one that stands for the same as another. */
  sameAs(alias: Alias, other: Alias): void;
}

/** The document must have passed `locate`, which refuses circles and aliases of nothing. */
export function createLookup(document: Document): Lookup {
  const targets = targetsOf(document);
  const indexes = new Map<YAMLMap, Map<string, Pair>>();
  const indexOf = (map: YAMLMap): Map<string, Pair> => {
    const index = indexes.get(map) ?? new Map(map.items.map((pair) => [nameOf(pair), pair]));
    indexes.set(map, index);
    return index;
  };
  const resolved = (node: unknown): unknown => (isAlias(node) ? targets.get(node) : node);
  const find = (map: YAMLMap, key: string): Found | undefined => {
    const pair = indexOf(map).get(key);
    if (pair !== undefined) return { owner: map, pair };
    const merged = resolved(indexOf(map).get('<<')?.value);
    const sources = isSeq(merged) ? merged.items.map(resolved) : [merged];
    for (const source of sources) {
      const found = isMap(source) ? find(source, key) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const step = (node: unknown, key: string | number): unknown => {
    if (typeof key === 'number') return isSeq(node) ? node.items[key] : undefined;
    return isMap(node) ? find(node, key)?.pair.value : undefined;
  };
  return {
    find,
    resolved,
    nodeAt: (path) => path.reduce((node, key) => resolved(step(node, key)), resolved(document.contents)),
    add: (map, pair, after) => {
      const before = after === undefined ? undefined : indexOf(map).get(after);
      if (before === undefined) map.items.push(pair);
      else map.items.splice(map.items.indexOf(before) + 1, 0, pair);
      indexOf(map).set(nameOf(pair), pair);
    },
    remove: ({ owner, pair }) => {
      owner.items.splice(owner.items.indexOf(pair), 1);
      indexOf(owner).delete(nameOf(pair));
    },
    sameAs: (alias, other) => {
      const target = targets.get(other);
      if (target !== undefined) targets.set(alias, target);
    },
  };
}

/** In one walk: the library's own search walks the document for each alias. */
function targetsOf(document: Document): Map<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function nameOf({ key }: Pair): string {
  return isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : '';
}
