import type { Access } from '../access/access.ts';
import { catalogSecurable, schemaSecurable } from '../access/securable.ts';
import type { Securable } from '../access/securable.ts';
import { visibilityOf } from '../access/visibility.ts';
import type { Caller } from '../principals/caller.ts';
import type { Storage } from '../storage/storage.ts';

/** How many objects of a kind there are below a parent, and how many there may be. */
export interface Quota {
  readonly parent: Securable;
  /** Kind of the child with `-quota` behind it. */
  readonly name: string;
  readonly count: number;
  readonly limit: number;
}

/** Documented limits ("Resource limits"). Monitors have one too, but it is no quota of this API (corrections 6). */
const limits = {
  metastore: { catalog: 1_000, schema: 100_000, table: 1_000_000 },
  catalog: { schema: 10_000 },
  schema: { table: 10_000, volume: 10_000, function: 10_000 },
} as const;

type Child = 'catalog' | 'schema' | 'table' | 'volume' | 'function';

/** The quotas of every parent that the caller can see; those of the metastore are for all. */
export function listQuotas(
  {
    storage,
    access,
    metastoreId,
  }: { readonly storage: Storage; readonly access: Access; readonly metastoreId: string },
  caller: Caller,
): readonly Quota[] {
  const sight = { access, caller, includeBrowse: true };
  const named = (kind: 'catalog' | 'schema'): readonly Securable[] =>
    storage
      .list(kind)
      .map((document) =>
        kind === 'catalog'
          ? catalogSecurable(String(document['name']))
          : schemaSecurable({ catalog: String(document['catalog']), name: String(document['name']) }),
      )
      .filter((securable) => visibilityOf(sight, securable) !== 'hidden');
  const parents: readonly Securable[] = [
    { type: 'metastore', name: metastoreId },
    ...named('catalog'),
    ...named('schema'),
  ];
  const counts = countChildren(storage);
  return parents.flatMap((parent) =>
    Object.entries(limits[parent.type as keyof typeof limits]).map(([child, limit]) => ({
      parent,
      name: `${child}-quota`,
      limit,
      count: counts.get(`${parent.type} ${parent.type === 'metastore' ? '' : parent.name} ${child}`) ?? 0,
    })),
  );
}

/** Counts by type and name of the parent and kind of the child; one pass for any number of schemas. */
function countChildren(storage: Storage): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const child of ['catalog', 'schema', 'table', 'volume', 'function'] as const satisfies readonly Child[]) {
    for (const document of storage.list(child)) {
      const catalog = String(document['catalog']);
      const parents = ['metastore ', `catalog ${catalog}`, `schema ${catalog}.${String(document['schema'])}`];
      for (const parent of parents) counts.set(`${parent} ${child}`, (counts.get(`${parent} ${child}`) ?? 0) + 1);
    }
  }
  return counts;
}
