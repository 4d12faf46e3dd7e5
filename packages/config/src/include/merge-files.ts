import { pathText, type Finding, type Path } from '../finding.ts';
import { mapOf, type Entry, type Located } from '../located.ts';
import { whereAt, type Sources } from '../source.ts';
import { shorten } from '../words.ts';

/** Maps of things that have a name: one thing is described in one place. */
const named: ReadonlySet<string> = new Set(['monitored_tables', 'objective_functions', 'variables']);

/**
 * Several files as one config: maps are merged key by key; whatever else is given in two files is an error that names both
 * places. Each file keeps its `x-` keys to itself.
 */
export function mergeFiles(
  sources: Sources,
  roots: readonly Located[],
): { readonly root: Located; readonly findings: readonly Finding[] } {
  const [root] = roots;
  if (root === undefined) throw new TypeError('there is no root file');
  if (roots.length === 1) return { root, findings: [] };
  const findings: Finding[] = [];
  const files = roots.map((file, index) => (index === 0 ? file : withoutOwn(file, findings)));
  return { root: merge(files, []), findings };

  function merge(maps: readonly Located[], path: Path): Located {
    const found = new Map<string, Entry[]>();
    for (const map of maps) {
      for (const [name, entry] of map.entries ?? []) {
        const met = found.get(name);
        if (met === undefined) found.set(name, [entry]);
        else met.push(entry);
      }
    }
    const entries = [...found].map(([name, all]): [string, Entry] => [name, mergeEntry(all, [...path, name])]);
    return mapOf(new Map(entries), maps[0]?.range ?? [0, 0]);
  }

  function mergeEntry(all: readonly Entry[], path: Path): Entry {
    const [first, ...others] = all;
    if (first === undefined) throw new TypeError('an entry without a value');
    if (others.length === 0) return first;
    const isNamed = path.length === 2 && named.has(String(path[0]));
    if (!isNamed && all.every(({ node }) => node.entries !== undefined)) {
      const nodes = all.map(({ node }) => node);
      return { key: first.key, node: merge(nodes, path) };
    }
    for (const { key } of others) {
      const where = whereAt(sources, first.key[0], key[0]);
      const message = `'${shorten(pathText(path))}' is given twice, first at ${where}`;
      findings.push({ code: 'CONFIG.DUPLICATE_KEY', severity: 'error', message, hint: 'keep one', range: key, path });
    }
    return first;
  }
}

function withoutOwn(file: Located, findings: Finding[]): Located {
  const include = file.entries?.get('include');
  if (include !== undefined) {
    const message = "only the root config may have 'include'";
    const hint = 'name the files there';
    findings.push({
      code: 'CONFIG.INCLUDE',
      severity: 'error',
      message,
      hint,
      range: include.key,
      path: ['include'],
    });
  }
  const shared = [...(file.entries ?? [])].filter(([name]) => name !== 'include' && !name.startsWith('x-'));
  return mapOf(new Map(shared), file.range);
}
