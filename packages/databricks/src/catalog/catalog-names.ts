import { isSearchedCatalog, matchesGlob, type ReadContext, type TableSearch } from '@dpo/core';
import { listCatalogs } from '../api/catalogs.ts';
import type { Client } from '../client/client.ts';

/** Catalogs of the service itself: a glob never means them, a name may. */
const ofTheService: ReadonlySet<string> = new Set(['system', 'samples', '__databricks_internal', 'hive_metastore']);
const typesOfTheService: ReadonlySet<string> = new Set(['SYSTEM_CATALOG', 'INTERNAL_CATALOG']);

/**
 * The catalogs to look into, in lower case and in order: those that are named, and where there are globs those of the list
 * (one request a page) that match. A search by patterns only leaves out what no pattern is about.
 */
export async function catalogNames(
  client: Client,
  search: TableSearch,
  context: ReadContext,
): Promise<readonly string[]> {
  const globs = search.catalogs.filter(isGlob);
  const listed = globs.length === 0 ? [] : await context.limit(() => listCatalogs(client, context.signal));
  const matching = listed
    .filter(({ name, type }) => !ofTheService.has(name.toLowerCase()) && !typesOfTheService.has(type ?? ''))
    .map(({ name }) => name)
    .filter((name) => isSearchedCatalog({ catalogs: globs }, name));
  const names = [...search.catalogs.filter((name) => !isGlob(name)), ...matching].map((name) => name.toLowerCase());
  return [...new Set(names)].filter((name) => isWanted(search, name)).toSorted();
}

function isWanted(search: TableSearch, catalog: string): boolean {
  if (search.tags !== undefined) return true;
  return search.patterns.some((pattern) => matchesGlob(pattern.split('.')[0] ?? '', catalog));
}

function isGlob(name: string): boolean {
  return /[*?]/u.test(name);
}
