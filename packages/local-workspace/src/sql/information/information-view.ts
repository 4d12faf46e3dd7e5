import type { Access } from '../../access/access.ts';
import { schemaSecurable, tableSecurable } from '../../access/securable.ts';
import type { Securable } from '../../access/securable.ts';
import type { Behaviour } from '../../behaviour/behaviour.ts';
import type { Caller } from '../../principals/caller.ts';
import type { Storage } from '../../storage/storage.ts';
import type { CatalogObject, SchemaObject, TableObject } from '../../unity/objects.ts';
import type { Unity } from '../../unity/unity.ts';

/** In-memory DuckDB database of the `information_schema` tables; beside the data file, whose transactions it must not join. */
export const informationDatabase = '__information';

/** TIMESTAMP cells are epoch milliseconds. */
export type InformationCell = string | number | null;

export type InformationColumns = Readonly<Record<string, 'VARCHAR' | 'INTEGER' | 'TIMESTAMP'>>;

/** Whose view of which objects. */
export interface InformationSource {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly access: Access;
  readonly behaviour: Pick<Behaviour, 'information_schema_tags'>;
  readonly caller: Caller;
}

export interface InformationView {
  readonly columns: InformationColumns;
  /** The column that holds the catalog; the view of one catalog keeps its rows only. */
  readonly catalogColumn: string;
  /** Only what the caller may see; BROWSE is enough (corrections 12). */
  rows(source: InformationSource): readonly (readonly InformationCell[])[];
}

export const audit = {
  created: 'TIMESTAMP',
  created_by: 'VARCHAR',
  last_altered: 'TIMESTAMP',
  last_altered_by: 'VARCHAR',
} as const satisfies InformationColumns;

/** Columns that are all texts. */
export function texts(...names: readonly string[]): InformationColumns {
  return Object.fromEntries(names.map((name) => [name, 'VARCHAR' as const]));
}

export function visibleCatalogs({ unity, access, caller }: InformationSource): readonly CatalogObject[] {
  return unity.catalogs().filter(({ name }) => sees({ access, caller }, { type: 'catalog', name }));
}

export function visibleSchemas({ unity, access, caller }: InformationSource): readonly SchemaObject[] {
  return unity
    .catalogs()
    .flatMap(({ name }) => unity.schemas(name))
    .filter((schema) => sees({ access, caller }, schemaSecurable(schema)));
}

export function visibleTables({ unity, access, caller }: InformationSource): readonly TableObject[] {
  return unity
    .catalogs()
    .flatMap(({ name }) => unity.schemas(name))
    .flatMap((schema) => unity.tables(schema.catalog, schema.name))
    .filter((table) => access.sees(caller, tableSecurable(table)));
}

/** A container is seen by whoever may use it, too. */
function sees({ access, caller }: Pick<InformationSource, 'access' | 'caller'>, securable: Securable): boolean {
  const use = securable.type === 'catalog' ? 'USE_CATALOG' : 'USE_SCHEMA';
  return access.sees(caller, securable) || access.has(caller, use, securable);
}
