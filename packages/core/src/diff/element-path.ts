import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { FieldRules } from '../kinds/kind.ts';
import type { Spec } from '../spec.ts';

/** `custom_metrics[name=rev]`: one element of a list whose elements are told apart by a key (ruling 30). */
export function elementPath(list: string, key: string, value: string): string {
  return `${list}[${key}=${value}]`;
}

/** The list that a path leads into, or the path itself: a mask and a guard know lists only as a whole. */
export function listPathOf(path: string): string {
  const bracket = path.indexOf('[');
  return bracket < 0 ? path : path.slice(0, bracket);
}

/** Paths as they are told to people: of a list with keys its elements, not their members; each once. */
export function toldPaths(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => path.replace(/\].*$/u, ']')))];
}

/** The key by which elements of a list are told apart; undefined for lists that are one value. */
export function listKeyOf(rules: FieldRules | undefined): string | undefined {
  for (const rule of rules?.rules ?? []) if ('list' in rule && rule.list !== 'set') return rule.list.key;
  return undefined;
}

/** Elements by the value of their key; undefined if it is no list, or the key does not tell all of them apart. */
export function elementsBy(list: Json | undefined, key: string): ReadonlyMap<string, JsonObject> | undefined {
  if (!isJsonArray(list)) return undefined;
  const found = new Map<string, JsonObject>();
  for (const element of list) {
    const value = isJsonObject(element) ? element[key] : undefined;
    if (!isJsonObject(element) || typeof value !== 'string' || found.has(value)) return undefined;
    found.set(value, element);
  }
  return found;
}

interface Step {
  readonly name: string;
  readonly element?: { readonly key: string; readonly value: string };
}

/** What stands in the brackets is no step of its own, whatever it holds. */
function stepsOf(path: string): readonly Step[] {
  return [...path.matchAll(/([^.[]+)(?:\[([^=\]]+)=([^\]]*)\])?/gu)].map(([, name = '', key, value]) =>
    key === undefined ? { name } : { name, element: { key, value: value ?? '' } },
  );
}

/** The value at a path; undefined if there is none. */
export function valueAtPath(spec: Spec, path: string): Json | undefined {
  return stepsOf(path).reduce<Json | undefined>((inner, { name, element }) => {
    const value = isJsonObject(inner) ? inner[name] : undefined;
    return element === undefined ? value : elementsBy(value, element.key)?.get(element.value);
  }, spec);
}

/** The spec with another value at a path; without a value the path goes away, and what is empty then. */
export function withValueAt(spec: Spec, path: string, value: Json | undefined): Spec {
  return placed(spec, stepsOf(path), value);
}

function placed(spec: JsonObject, [head, ...rest]: readonly Step[], value: Json | undefined): JsonObject {
  if (head === undefined) return spec;
  const { [head.name]: old, ...others } = spec;
  const inner = head.element === undefined ? within(old, rest, value) : withElement(old, head.element, { rest, value });
  return inner === undefined ? others : { ...others, [head.name]: inner };
}

function within(old: Json | undefined, rest: readonly Step[], value: Json | undefined): Json | undefined {
  if (rest.length === 0) return value;
  const inner = placed(isJsonObject(old) ? old : {}, rest, value);
  return Object.keys(inner).length === 0 ? undefined : inner;
}

/** A new element goes to the end; one of which only its key is left goes away. */
function withElement(
  old: Json | undefined,
  { key, value: name }: { readonly key: string; readonly value: string },
  change: { readonly rest: readonly Step[]; readonly value: Json | undefined },
): Json | undefined {
  const list = isJsonArray(old) ? old : [];
  const at = list.findIndex((element) => isJsonObject(element) && element[key] === name);
  const before = list[at];
  const changed = within(isJsonObject(before) ? before : { [key]: name }, change.rest, change.value);
  const stays = isJsonObject(changed) && Object.keys(changed).some((member) => member !== key);
  const next = at < 0 ? [...list, ...(stays ? [changed] : [])] : list.toSpliced(at, 1, ...(stays ? [changed] : []));
  return next.length === 0 ? undefined : next;
}
