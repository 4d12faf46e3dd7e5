import type { Finding, Path } from '../finding.ts';
import { configSchema } from '../generated/config-schema.ts';
import type { Located } from '../located.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import { shorten } from '../words.ts';

/** `${…}` in a text that this version acts on: left as it is, it would become part of a name. */
export function checkReferences(root: Located): readonly Finding[] {
  const properties: Readonly<Record<string, SchemaNode>> = configSchema.properties;
  return [...(root.entries ?? [])]
    .filter(([name]) => Object.hasOwn(properties, name) && properties[name]?.['x-dpo-since'] === undefined)
    .flatMap(([name, { node }]) => references(node, [name]));
}

function references(node: Located, path: Path): readonly Finding[] {
  if (node.entries !== undefined)
    return [...node.entries].flatMap(([name, entry]) => references(entry.node, [...path, name]));
  if (node.items !== undefined) return node.items.flatMap((item, index) => references(item, [...path, index]));
  if (typeof node.value !== 'string' || !node.value.includes('${')) return [];
  const [written = ''] = node.value.slice(node.value.indexOf('${')).split('}', 1);
  const message = `'${shorten(`${written}}`)}' is not filled in by this version of dpo`;
  const hint = 'write the value itself';
  return [{ code: 'CONFIG.NOT_YET', severity: 'error', message, hint, range: node.range, path }];
}
