import { qualifiedName, type ReadContext, type TableParts, type TableSearch } from '@dpo/core';
import { getCatalog } from '../api/catalogs.ts';
import { executeStatement } from '../api/statements.ts';
import { catalogGrantHint } from '../api/grant-hints.ts';
import { restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { readAll } from './read-all.ts';

/** A table as `information_schema` knows it: without its id, which only lists of the API give. */
export interface ScannedTable extends TableParts {
  readonly tags: Readonly<Record<string, string>>;
  /** Of inherited tags: who carries them. */
  readonly inherited?: Readonly<Record<string, string>>;
}

export interface ScanRequest {
  readonly search: TableSearch;
  readonly catalogs: readonly string[];
  readonly warehouseId: string;
}

/** Statements of a scan, by the view that they read. Only what the caller may at least browse is in the views. */
const texts = {
  table_tags: 'schema_name, table_name, tag_name, tag_value',
  tables: 'table_schema, table_name',
  schema_tags: 'schema_name, tag_name, tag_value',
  catalog_tags: 'tag_name, tag_value',
} as const;

type View = keyof typeof texts;
type Rows = readonly (readonly (string | null)[])[];

/**
 * Every table of the catalogs that has a tag, and with patterns or inherited tags every table. Statements a catalog: one
 * for tags, one more for patterns, three more for inherited tags. Rejects when a catalog cannot be read: what is not found
 * any more would be deleted (T26).
 * https://docs.databricks.com/aws/en/sql/language-manual/information-schema/table_tags
 */
export async function scanCatalogs(
  client: Client,
  { search, catalogs, warehouseId }: ScanRequest,
  context: ReadContext,
): Promise<readonly ScannedTable[]> {
  const views = viewsOf(search);
  const jobs = catalogs.flatMap((catalog) => views.map((view) => ({ catalog, view })));
  const results = await readAll(jobs, context, async ({ catalog, view }, inner) => {
    const text = `SELECT ${texts[view]} FROM ${qualifiedName(catalog, 'information_schema', view)}`;
    const statement = { warehouseId, text, effect: 'read' } as const;
    const result = await executeStatement(client, statement, inner).catch((error: unknown) => {
      throw unreadableCatalog(error, catalog);
    });
    return { catalog, view, rows: result.rows };
  });
  const tables = catalogs.map((catalog) => {
    const rowsOf = (view: View): Rows =>
      results.find((result) => result.catalog === catalog && result.view === view)?.rows ?? [];
    return { catalog, found: tablesOf(catalog, search, rowsOf) };
  });
  // The views of a catalog that the identity may not see are empty, as those of an empty catalog are.
  const empty = tables.filter(({ found }) => found.length === 0).map(({ catalog }) => catalog);
  await readAll(empty, context, async (catalog, inner) => {
    await getCatalog(client, catalog, inner.signal).catch((error: unknown) => {
      throw unreadableCatalog(error, catalog);
    });
  });
  return tables.flatMap(({ found }) => found);
}

function viewsOf(search: TableSearch): readonly View[] {
  if (search.inheritTags) return ['table_tags', 'tables', 'schema_tags', 'catalog_tags'];
  return search.patterns.length > 0 ? ['table_tags', 'tables'] : ['table_tags'];
}

const aboutTheCatalog: ReadonlySet<string> = new Set(['API.STATEMENT', 'API.FORBIDDEN', 'API.NOT_FOUND']);

function unreadableCatalog(error: unknown, catalog: string): unknown {
  return restated(error, ({ code, message }) =>
    aboutTheCatalog.has(code)
      ? {
          code: 'CATALOG.UNREADABLE',
          message: `catalog ${catalog} cannot be searched: ${message}`,
          hint: catalogGrantHint(catalog),
        }
      : {},
  );
}

/** A table while its rows are gathered. Maps, since a tag may be called like a member of every object. */
interface Gathered {
  readonly parts: TableParts;
  readonly tags: Map<string, string>;
}

function tablesOf(catalog: string, search: TableSearch, rowsOf: (view: View) => Rows): readonly ScannedTable[] {
  const tables = new Map<string, Gathered>();
  const entryOf = (schema: string, table: string): Gathered => {
    // No part of a name holds a line break: what differs never gets the same key.
    const key = `${schema}\n${table}`.toLowerCase();
    const known = tables.get(key) ?? { parts: { catalog, schema, table }, tags: new Map() };
    tables.set(key, known);
    return known;
  };
  for (const [schema, table] of rowsOf('tables')) entryOf(schema ?? '', table ?? '');
  for (const [schema, table, tag, value] of rowsOf('table_tags')) {
    if (tag !== null && tag !== undefined) entryOf(schema ?? '', table ?? '').tags.set(tag, value ?? '');
  }
  const heritage = search.inheritTags ? heritageOf(catalog, rowsOf) : () => [];
  return [...tables.values()].map(({ parts, tags }) => withInherited(parts, tags, heritage(parts.schema)));
}

interface Heir {
  readonly tag: string;
  readonly value: string;
  /** Full name of what carries it. */
  readonly from: string;
}

/** Tags that the tables of a schema inherit, the nearest last. */
function heritageOf(catalog: string, rowsOf: (view: View) => Rows): (schema: string) => readonly Heir[] {
  const heirs = new Map<string, Heir[]>();
  for (const [schema, tag, value] of rowsOf('schema_tags')) {
    const key = (schema ?? '').toLowerCase();
    const known = heirs.get(key) ?? [];
    if (tag) known.push({ tag, value: value ?? '', from: `${catalog}.${key}` });
    heirs.set(key, known);
  }
  const ofCatalog = rowsOf('catalog_tags').flatMap(([tag, value]) =>
    tag ? [{ tag, value: value ?? '', from: catalog }] : [],
  );
  return (schema) => [...ofCatalog, ...(heirs.get(schema.toLowerCase()) ?? [])];
}

/** The nearest wins: a tag of the table, then of its schema, then of its catalog. */
function withInherited(parts: TableParts, own: ReadonlyMap<string, string>, heritage: readonly Heir[]): ScannedTable {
  const foreign = heritage.filter(({ tag }) => !own.has(tag));
  const tags = Object.fromEntries([...foreign.map(({ tag, value }) => [tag, value] as const), ...own]);
  if (foreign.length === 0) return { ...parts, tags };
  return { ...parts, tags, inherited: Object.fromEntries(foreign.map(({ tag, from }) => [tag, from])) };
}
