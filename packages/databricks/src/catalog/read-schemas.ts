import { isSearchedCatalog, type CatalogSchemas, type MissingSchema, type ReadContext } from '@dpo/core';
import { getSchema, listSchemas } from '../api/schemas.ts';
import { catalogGrantHint, schemaGrantHint } from '../api/grant-hints.ts';
import { restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { tryRead } from '../providers/try-read.ts';
import { catalogNames } from './catalog-names.ts';
import { listSchemaTables } from './list-schemas.ts';
import { readAll } from './read-all.ts';

export interface SchemasRequest {
  /** Names and globs. */
  readonly catalogs: readonly string[];
  /** Full names, in lower case, of schemas that something is managed of. */
  readonly managed: readonly string[];
  /** Of the listed ones, those whose tables are asked for. */
  lookInto(listed: readonly string[]): readonly string[];
}

/**
 * The schemas of the catalogs: one request a page of each catalog, one for each managed schema that no list names, since only
 * that tells what is gone from what is hidden (W020), and the pages of tables of those to look into. Rejects when a catalog
 * cannot be listed: what is not found any more would be deleted.
 */
export async function readSchemas(
  client: Client,
  request: SchemasRequest,
  context: ReadContext,
): Promise<CatalogSchemas> {
  const { catalogs, managed } = request;
  const everything = { catalogs, excludeSchemas: [], inheritTags: false, tags: {}, patterns: [] };
  const names = await catalogNames(client, everything, context);
  const lists = await readAll(names, context, async (catalog, { signal }) =>
    listSchemas(client, catalog, signal).catch((error: unknown) => {
      throw restated(error, ({ message }) => ({
        code: 'CATALOG.UNREADABLE',
        message: `the schemas of catalog ${catalog} cannot be listed: ${message}`,
        hint: catalogGrantHint(catalog),
      }));
    }),
  );
  const listed = new Map(lists.flat().map(({ fullName, schemaId }) => [fullName.toLowerCase(), schemaId]));
  const absent = managed.filter(
    (name) => !listed.has(name) && isSearchedCatalog({ catalogs }, name.split('.')[0] ?? ''),
  );
  const missing = await readAll(
    absent,
    context,
    async (name, { signal }): Promise<readonly [string, MissingSchema]> => {
      const tried = await tryRead(() => getSchema(client, name, signal));
      if (tried.status !== 'failed') return [name, { status: tried.status === 'read' ? 'present' : 'absent' }];
      const problem = { ...tried.problem, hint: schemaGrantHint(name) };
      return [name, { status: 'unreadable', problem }];
    },
  );
  const tables = await listSchemaTables(client, request.lookInto([...listed.keys()].toSorted()), context);
  return {
    listed,
    missing: new Map(missing),
    tables: new Map(
      [...tables].map(([name, list]) => [
        name,
        list.status === 'unreadable'
          ? list.problem
          : [...list.tables.keys()].map((table) => table.slice(name.length + 1)),
      ]),
    ),
  };
}
