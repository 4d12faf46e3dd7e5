import { isJsonObject, type Json } from '../json.ts';
import type { RuleTable } from '../kinds/kind.ts';
import type { Spec } from '../spec.ts';
import { isRef } from '../value.ts';
import { elementPath, elementsBy, listKeyOf } from './element-path.ts';

/**
 * Leaf paths of a spec with their values: objects are entered, lists and references are leaves, `{}` and null are not set.
 * A list with a key is entered too, element by element; its elements need more than their key to be seen.
 */
export function leaves(spec: Spec, rules: RuleTable): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  const visit = (value: Json, path: string): void => {
    if (value === null || value === undefined) return;
    if (isJsonObject(value) && !isRef(value)) {
      for (const [key, member] of Object.entries(value)) visit(member, path === '' ? key : `${path}.${key}`);
      return;
    }
    const key = listKeyOf(rules[path]);
    const elements = key === undefined ? undefined : elementsBy(value, key);
    if (key === undefined || elements === undefined) {
      found.set(path, value);
      return;
    }
    for (const [name, { [key]: _key, ...members }] of elements) visit(members, elementPath(path, key, name));
  };
  visit(spec, '');
  return found;
}
