import { isJsonObject, type Json } from '../json.ts';
import type { Spec } from '../spec.ts';
import { isRef } from '../value.ts';

/** Leaf paths of a spec with their values: objects are entered, lists and references are leaves, `{}` and null are not set. */
export function leaves(spec: Spec): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  const visit = (value: Json, path: string): void => {
    if (value === null || value === undefined) return;
    if (isJsonObject(value) && !isRef(value)) {
      for (const [key, member] of Object.entries(value)) visit(member, path === '' ? key : `${path}.${key}`);
    } else {
      found.set(path, value);
    }
  };
  visit(spec, '');
  return found;
}
