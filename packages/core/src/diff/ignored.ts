import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Spec } from '../spec.ts';
import { isRef } from '../value.ts';

/**
 * Paths of a spec that the config leaves alone (`ignore:`), each with everything below it. They are sent when an object is
 * created; afterwards they are neither compared, nor guarded, nor written.
 */
export type IgnoredPaths = readonly string[];

export function isIgnored(ignored: IgnoredPaths, path: string): boolean {
  return ignored.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`));
}

/** What an update may send: the spec without its ignored paths. Objects that become empty by that are left out too. */
export function withoutIgnored(spec: Spec, ignored: IgnoredPaths): Spec {
  return ignored.length === 0 ? spec : ignored.reduce((left, path) => without(left, path.split('.')), spec);
}

/**
 * What the state records of an object that stays: the spec, with its ignored paths as they were last sent (or, of an
 * adopted object, as it has them). So they look changed to nobody, and count as before once they are ignored no more.
 */
export function keepIgnored(spec: Spec, former: Spec, ignored: IgnoredPaths): Spec {
  return ignored.reduce(
    (kept, path) => {
      const value = valueAt(former, path.split('.'));
      return value === undefined ? kept : placed(kept, path.split('.'), value);
    },
    withoutIgnored(spec, ignored),
  );
}

function without(object: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const { [key]: inner, ...others } = object;
  if (inner === undefined || rest.length === 0) return others;
  if (!isJsonObject(inner) || isRef(inner)) return object;
  const left = without(inner, rest);
  return Object.keys(left).length === 0 ? others : { ...object, [key]: left };
}

function valueAt(object: JsonObject, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), object);
}

function placed(object: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  const inner = object[key];
  return { ...object, [key]: rest.length === 0 ? value : placed(isJsonObject(inner) ? inner : {}, rest, value) };
}
