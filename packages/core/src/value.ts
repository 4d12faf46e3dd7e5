import { isAddress, type Address } from './address.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';

/** Stands for a value that another resource gives once it exists: `{ $ref: 'schema:prod.out', path: 'schema_id' }`. */
export interface Ref extends JsonObject {
  readonly $ref: Address;
  readonly path: string;
}

export function ref(address: Address, path: string): Ref {
  return { $ref: address, path };
}

export function isRef(value: Json | undefined): value is Ref {
  return (
    isJsonObject(value) &&
    typeof value['$ref'] === 'string' &&
    isAddress(value['$ref']) &&
    typeof value['path'] === 'string'
  );
}

/** Every reference inside a value, in document order. */
export function refsIn(value: Json): readonly Ref[] {
  if (isRef(value)) return [value];
  if (isJsonArray(value)) return value.flatMap(refsIn);
  if (isJsonObject(value)) return Object.values(value).flatMap(refsIn);
  return [];
}

/** Replaces each reference for which `resolve` gives a value; the others stay. */
export function resolveRefs(value: Json, resolve: (reference: Ref) => Json | undefined): Json {
  if (isRef(value)) return resolve(value) ?? value;
  if (isJsonArray(value)) return value.map((item) => resolveRefs(item, resolve));
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveRefs(item, resolve)]));
  }
  return value;
}
