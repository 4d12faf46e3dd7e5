import { entriesAt, mapOf, type Entry, type Located } from '../located.ts';

/** Keys of a target that describe the target itself and override nothing. */
const ownKeys: ReadonlySet<string> = new Set(['workspace', 'state', 'development', 'read_only_monitors', 'variables']);

/**
 * The config as one target sees it: maps are merged key by key, lists and single values replaced. What comes from the
 * target keeps its place there.
 */
export function applyTarget(root: Located, name: string): Located {
  const target = entriesAt(root, 'targets').get(name);
  if (target?.node.entries === undefined) return root;
  const overrides = [...target.node.entries].filter(([key]) => !ownKeys.has(key));
  return mergeMaps(root, new Map(overrides), '');
}

function mergeMaps(base: Located, overrides: ReadonlyMap<string, Entry>, parent: string): Located {
  const entries = new Map(base.entries);
  for (const [name, entry] of overrides) {
    const below = entries.get(name);
    entries.set(
      name,
      below === undefined ? entry : mergeEntry(below, entry, parent === 'monitored_tables' ? '' : name),
    );
  }
  return mapOf(entries, base.range);
}

/** An empty table entry (`parent` is then '') adds nothing; everywhere else an empty value unsets what is below it. */
function mergeEntry(below: Entry, over: Entry, parent: string): Entry {
  if (below.node.entries === undefined) return over;
  if (over.node.entries !== undefined) return { key: over.key, node: mergeMaps(below.node, over.node.entries, parent) };
  return over.node.value === null && parent === '' ? below : over;
}
