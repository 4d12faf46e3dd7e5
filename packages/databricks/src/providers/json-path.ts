import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@dpo/core';

/** Paths with dots through objects; lists are leaves. */

export function valueAt(object: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = object;
  for (const key of path.split('.')) value = isJsonObject(value) ? value[key] : undefined;
  return value;
}

/** A copy without that path; the objects around it stay, even when they are empty then. */
export function without(object: JsonObject, path: string): JsonObject {
  const [key = '', ...rest] = path.split('.');
  const value = object[key];
  if (rest.length > 0) return isJsonObject(value) ? { ...object, [key]: without(value, rest.join('.')) } : object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** A copy with the members of the other laid over it, object by object. */
export function overlaid(object: JsonObject, other: JsonObject): JsonObject {
  const entries = Object.entries(other).map(([key, value]): readonly [string, Json] => {
    const mine = object[key];
    return [key, isJsonObject(mine) && isJsonObject(value) ? overlaid(mine, value) : value];
  });
  return { ...object, ...Object.fromEntries(entries) };
}

/** A copy without the members, at any depth, that say nothing. */
export function withoutEmpty(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => !isEmpty(value))
      .map(([key, value]) => [key, isJsonObject(value) ? withoutEmpty(value) : value]),
  );
}

/** Paths of everything that is no object. */
export function leavesOf(object: JsonObject, prefix = ''): readonly string[] {
  return Object.entries(object).flatMap(([key, value]) =>
    isJsonObject(value) ? leavesOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

/** True for the path itself and everything below it. */
export function covers(path: string, other: string): boolean {
  return other === path || other.startsWith(`${path}.`);
}

/** Missing, null, '', [] and false are the same to the service, which leaves out such values in many answers. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (isJsonArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every(isEmpty);
}
