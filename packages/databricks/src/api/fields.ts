import { fail, isJsonArray, isJsonObject, type Json, type JsonObject } from '@dpo/core';

/** A text member; missing, null and '' are the same to the service. A number, as ids may be, becomes text. */
export function textField(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** As `textField`; throws `API.MALFORMED` when it is missing. `where` is the call, for people. */
export function requiredText(object: JsonObject, key: string, where: string): string {
  return (
    textField(object, key) ??
    fail({
      code: 'API.MALFORMED',
      message: `${where}: the answer has no ${key}`,
      hint: 'check that the host is the URL of a workspace',
    })
  );
}

export function objectField(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key];
  return isJsonObject(value) ? value : undefined;
}

/** Elements that are objects; a missing list is an empty one. */
export function objectsField(object: JsonObject, key: string): readonly JsonObject[] {
  const value: Json | undefined = object[key];
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** Members that are text. */
export function textMap(object: JsonObject | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}
