import { pathText, type Path } from '../finding.ts';
import type { Located } from '../located.ts';
import type { Reference } from './reference.ts';

/** The references that are left once a target has put its own values in the place of others. */
export function referencesIn(
  root: Located,
  references: ReadonlyMap<Located, Omit<Reference, 'path'>>,
): readonly Reference[] {
  if (references.size === 0) return [];
  const found = new Map<string, Reference>();
  const visit = (node: Located, path: Path): void => {
    const reference = references.get(node);
    if (reference !== undefined) found.set(pathText(path), { path, ...reference });
    for (const [name, entry] of node.entries ?? [])
      if (path.length > 0 || name !== 'targets') visit(entry.node, [...path, name]);
    for (const [index, item] of (node.items ?? []).entries()) visit(item, [...path, index]);
  };
  visit(root, []);
  return [...found.values()];
}
