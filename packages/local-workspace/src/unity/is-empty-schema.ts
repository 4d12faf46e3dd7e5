import type { Storage } from '../storage/storage.ts';
import type { SchemaObject } from './objects.ts';
import type { Unity } from './unity.ts';

/** Whether a schema holds no table, view, volume or function. */
export function isEmptySchema(
  { storage, unity }: { readonly storage: Pick<Storage, 'list'>; readonly unity: Unity },
  schema: SchemaObject,
): boolean {
  if (unity.tables(schema.catalog, schema.name).length > 0) return false;
  const others = [...storage.list('function'), ...storage.list('volume')];
  return !others.some((object) => object['catalog'] === schema.catalog && object['schema'] === schema.name);
}
