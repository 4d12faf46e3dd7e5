import { invalidParameter } from '../api/api-error.ts';
import type { Storage } from '../storage/storage.ts';
import type { SchemaObject } from './objects.ts';
import { doesNotExist } from './unity-error.ts';

/** The name of a new object as it is stored; 400 for what cannot be one ("Names", SQL language reference). */
export function newObjectName(name: string): string {
  if (!/^[^\s./\p{Cc}]+$/u.test(name) || name.length > 255) {
    throw invalidParameter(`name: '${name.slice(0, 80)}' is not a valid name`);
  }
  return name.toLowerCase();
}

/** The schema that is to hold or holds an object; 404 for it or its catalog. */
export function requireSchemaNamed(
  source: Pick<Storage, 'get'>,
  place: { readonly catalog: string; readonly schema: string },
): SchemaObject {
  const catalog = place.catalog.toLowerCase();
  const fullName = `${catalog}.${place.schema.toLowerCase()}`;
  if (source.get('catalog', catalog) === undefined) throw doesNotExist('Catalog', catalog);
  const schema = source.get('schema', fullName);
  if (schema === undefined) throw doesNotExist('Schema', fullName);
  return schema as unknown as SchemaObject;
}
