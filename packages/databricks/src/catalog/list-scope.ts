import { compareText, isSearchedSchema, type ReadContext, type ScopeSchema, type TableSearch } from '@dpo/core';
import { getCatalog } from '../api/catalogs.ts';
import { listSchemas } from '../api/schemas.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { catalogNames } from './catalog-names.ts';
import { listSchema, type SchemaList } from './list-schemas.ts';
import { readAll } from './read-all.ts';

/** Every table of the catalogs and schemas that a search looks into, whether the search finds it or not. */
export interface CatalogScope {
  readonly catalogs: readonly string[];
  /** By name. */
  readonly schemas: readonly ScopeSchema[];
  /** How many schemas the filters leave out. */
  readonly leftOut: number;
  /** The same lists for `readCatalog`, so that no page is read twice. */
  readonly lists: ReadonlyMap<string, SchemaList>;
}

interface SchemaParts {
  readonly catalog: string;
  readonly schema: string;
}

/**
 * No statement and no warehouse: pages of the schemas of each catalog, and of the tables of each schema that the filters let
 * through. A schema that cannot be listed is told as such; rejects with `CATALOG.UNREADABLE` where a whole catalog cannot.
 */
export async function listScope(client: Client, search: TableSearch, context: ReadContext): Promise<CatalogScope> {
  const catalogs = await catalogNames(client, search, context);
  const found = await readAll(catalogs, context, async (catalog, { signal }) =>
    schemasOf(client, catalog, signal).catch((error: unknown) => {
      throw unreadable(error, catalog);
    }),
  );
  // Of the service itself, and never a place for tables of anybody.
  const all = found.flat().filter(({ schema }) => schema.toLowerCase() !== 'information_schema');
  const searched = all.filter(({ schema }) => isSearchedSchema(search, schema));
  const lists = await readAll(
    searched,
    context,
    async (parts, inner) => [parts, await listSchema(client, { ...parts, owners: true }, inner)] as const,
  );
  return {
    catalogs,
    schemas: lists
      .map(([parts, list]): ScopeSchema => ({ ...parts, read: tablesIn(parts, list) }))
      .toSorted((a, b) => compareText(nameOf(a), nameOf(b))),
    leftOut: all.length - searched.length,
    lists: new Map(lists.map(([parts, list]) => [nameOf(parts), list])),
  };
}

/** None at all is also what an identity sees that may not see the catalog. */
async function schemasOf(client: Client, catalog: string, signal: AbortSignal): Promise<readonly SchemaParts[]> {
  const schemas = await listSchemas(client, catalog, signal);
  if (schemas.length === 0) await getCatalog(client, catalog, signal);
  return schemas.map(({ fullName }) => ({ catalog, schema: fullName.slice(fullName.indexOf('.') + 1) }));
}

function tablesIn({ schema }: SchemaParts, list: SchemaList): ScopeSchema['read'] {
  if (list.status === 'unreadable') return list;
  const tables = [...list.tables].map(([name, { fullName, tableId, tableType, owner }]) => ({
    name,
    // A part may hold dots: what is left of the catalog and the schema is the table.
    table: fullName.slice(fullName.indexOf('.') + schema.length + 2),
    tableId,
    tableType,
    ...(owner === undefined ? {} : { owner }),
  }));
  return { status: 'listed', tables: tables.toSorted((a, b) => compareText(a.name, b.name)) };
}

function nameOf({ catalog, schema }: SchemaParts): string {
  return `${catalog}.${schema}`.toLowerCase();
}

function unreadable(error: unknown, catalog: string): unknown {
  const about = ['API.FORBIDDEN', 'API.NOT_FOUND'].includes(apiCodeOf(error) ?? '');
  return restated(error, ({ message }) =>
    about
      ? {
          code: 'CATALOG.UNREADABLE',
          message: `catalog ${catalog} cannot be listed: ${message}`,
          hint: `check the name, or grant USE CATALOG and BROWSE on catalog ${catalog}`,
        }
      : {},
  );
}
