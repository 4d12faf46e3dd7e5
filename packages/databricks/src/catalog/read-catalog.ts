import {
  compareText,
  fail,
  matchTable,
  type Catalog,
  type CatalogFinding,
  type CatalogFindings,
  type ContraryTable,
  type FoundTable,
  type ReadContext,
  type TableSearch,
} from '@dpo/core';
import type { Client } from '../client/client.ts';
import { catalogNames } from './catalog-names.ts';
import type { SchemaList } from './list-schemas.ts';
import { readAll } from './read-all.ts';
import { readInBulk, type TagsOfTable } from './read-in-bulk.ts';
import { readCatalogTables, readTable, withTags } from './read-tables.ts';
import { readTags } from './read-tags.ts';
import { scanCatalogs, type ScannedTable } from './scan-catalogs.ts';

export interface ReadCatalogRequest {
  /** Full names of the tables that are asked for by name, in any case. */
  readonly tables: readonly string[];
  /** What else is to be found; nothing unless given. */
  readonly search?: TableSearch;
  /** Full names of tables that are managed already: of those that are not found any more it is told why. */
  readonly managed?: readonly string[];
  readonly warehouseId: string | undefined;
  /** False: nothing depends on tags. They are not read, and every table has none. */
  readonly tagPrefixNeeded: boolean;
  /** It is no failure if none of them can be read: others were. */
  readonly mayBeUnreadable?: boolean;
  /** What `listScope` has read already. */
  readonly lists?: ReadonlyMap<string, SchemaList>;
}

/** As many tables are read one by one, which is cheaper than lists of whole schemas and waits for no warehouse. */
export const fewTables = 20;

/**
 * Reads what a plan needs to know of the catalogs. A few tables that are asked for by name take one request each, and tags
 * one statement a catalog. With a search, or for more tables than that: a fixed number of statements a catalog and the
 * pages of the schemas that hold a table in question; then a table takes a request of its own only where lists and
 * statements disagree about it. Throws when a whole catalog cannot be read.
 */
export async function readCatalog(client: Client, request: ReadCatalogRequest, context: ReadContext): Promise<Catalog> {
  const { search, warehouseId, tagPrefixNeeded, mayBeUnreadable = false } = request;
  const asked = [...new Set(request.tables.map((name) => name.toLowerCase()))];
  if (search !== undefined) {
    if (warehouseId === undefined) refuseWithoutWarehouse();
    return searched(client, { ...request, tables: asked, search, warehouseId }, context);
  }
  if (warehouseId === undefined || asked.length <= fewTables) {
    const wanted = { tables: asked, warehouseId, tagPrefixNeeded, mayBeUnreadable };
    return { findings: await readCatalogTables(client, wanted, context), found: [], catalogs: [] };
  }
  const tags = tagPrefixNeeded ? await readTags(client, { tables: asked, warehouseId }, context) : new Map();
  const tagsOf: TagsOfTable = (name) => ({ tags: tags.get(name) ?? {} });
  const bulk = { tables: asked, others: [], warehouseId, tagsOf, mayBeUnreadable, ...listsOf(request) };
  const findings = await readInBulk(client, bulk, context);
  return { findings, found: [], catalogs: [] };
}

/**
 * Tables that only the tags of others name, without their own tags: few of them one by one, more by the lists of their
 * schemas and one statement a catalog. Names in lower case.
 */
export async function readMoreTables(
  client: Client,
  { tables, warehouseId }: { readonly tables: readonly string[]; readonly warehouseId: string | undefined },
  context: ReadContext,
): Promise<CatalogFindings> {
  const tagsOf: TagsOfTable = () => ({ tags: {} });
  if (warehouseId !== undefined && tables.length > fewTables) {
    return readInBulk(client, { tables, others: [], warehouseId, tagsOf, mayBeUnreadable: true }, context);
  }
  const reads = await readAll(
    tables,
    context,
    async (name, inner) => [name, await readTable(client, name, inner)] as const,
  );
  return new Map(reads.map(([name, read]): [string, CatalogFinding] => [name, withTags(read, tagsOf(name))]));
}

interface SearchedRequest extends ReadCatalogRequest {
  readonly search: TableSearch;
  readonly warehouseId: string;
}

async function searched(client: Client, request: SearchedRequest, context: ReadContext): Promise<Catalog> {
  const { tables, search, managed = [], warehouseId } = request;
  const catalogs = await catalogNames(client, search, context);
  const scanned = await scanCatalogs(client, { search, catalogs, warehouseId }, context);
  const byName = new Map<string, ScannedTable>();
  const found: FoundTable[] = [];
  const contrary: ContraryTable[] = [];
  for (const table of scanned) {
    const name = nameOf(table);
    const match = matchTable(search, table, table.tags);
    if (!hasDots(table)) byName.set(name, table);
    const other = match === undefined ? contraryTag(search, table.tags) : undefined;
    if (other !== undefined) contrary.push({ name, ...other });
    if (match !== undefined)
      found.push({ catalog: table.catalog, schema: table.schema, table: table.table, name, match });
  }
  const elsewhere = tables.filter((name) => !catalogs.includes(name.split('.')[0] ?? ''));
  const others = await readTags(client, { tables: elsewhere, warehouseId }, context);
  const wanted = [...new Set([...tables, ...found.filter((table) => !hasDots(table)).map(({ name }) => name)])];
  const known = new Set(wanted);
  const findings = await readInBulk(
    client,
    {
      tables: wanted,
      others: [...new Set(managed.map((name) => name.toLowerCase()))].filter((name) => !known.has(name)),
      warehouseId,
      ...listsOf(request),
      tagsOf: (name) => {
        const table = byName.get(name);
        if (table === undefined) return { tags: others.get(name) ?? {} };
        return table.inherited === undefined ? { tags: table.tags } : { tags: table.tags, inherited: table.inherited };
      },
    },
    context,
  );
  return { findings, found: found.toSorted(inOrder), contrary: contrary.toSorted(inOrder), catalogs };
}

function inOrder(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareText(a.name, b.name);
}

/** A tag that is searched for, with another value: somebody took the table out on purpose, or misspelt it. */
function contraryTag(
  { tags: wanted = {} }: TableSearch,
  tags: Readonly<Record<string, string>>,
): { readonly tag: string; readonly value: string } | undefined {
  const tag = Object.keys(wanted).find((name) => Object.hasOwn(tags, name) && tags[name] !== wanted[name]);
  return tag === undefined ? undefined : { tag, value: tags[tag] ?? '' };
}

function listsOf({ lists }: ReadCatalogRequest): Pick<ReadCatalogRequest, 'lists'> {
  return lists === undefined ? {} : { lists };
}

function nameOf({ catalog, schema, table }: ScannedTable): string {
  return `${catalog}.${schema}.${table}`.toLowerCase();
}

function hasDots({ schema, table }: Pick<ScannedTable, 'schema' | 'table'>): boolean {
  return schema.includes('.') || table.includes('.');
}

function refuseWithoutWarehouse(): never {
  fail({
    code: 'CATALOG.WAREHOUSE_NEEDED',
    message: 'tables are found by SQL statements, and no warehouse is set',
    hint: "set 'warehouse_id' in the config or its target, or export DATABRICKS_WAREHOUSE_ID; tables that are listed by their names need none",
  });
}
