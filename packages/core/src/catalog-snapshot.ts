import type { Catalog, CatalogTable, ContraryTable, FoundTable } from './catalog.ts';
import { anything, count, dictionary, flag, list, members, oneOf, ShapeError, text } from './decode.ts';
import { hashJson, hashText } from './hash.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import type { TableSearch } from './selection/table-search.ts';

/** What a search of the catalogs found, kept for later plans (W021). It is a cache: it may be deleted at any time. */
export const snapshotFormat = 'dpo.catalog-snapshot/1';
const anyFormat = 'dpo.catalog-snapshot/';

/** Whose read it is: another identity may see other tables. */
export interface SnapshotIdentity {
  readonly host: string;
  readonly workspace_id: string;
  readonly metastore_id: string;
  readonly user: string;
}

export interface CatalogSnapshot {
  /** Epoch milliseconds, before the first request. */
  readonly readAt: number;
  readonly identity: SnapshotIdentity;
  /** Hash of what was searched for. */
  readonly scope: string;
  /** Holds no finding but `present` ones: what was absent or unreadable may be there by now. */
  readonly catalog: Catalog;
}

/** Of what is searched for; equal only for equal searches. Texts of a config do not leave it this way. */
export function snapshotScope(search: TableSearch | undefined): string {
  return hashText(JSON.stringify(search === undefined ? null : { ...search }));
}

/** One line of JSON. */
export function encodeSnapshot({ readAt, identity, scope, catalog }: CatalogSnapshot): string {
  const tables = [...catalog.findings].flatMap(([name, finding]) =>
    finding.status === 'present' ? [tableOut(name, finding.table)] : [],
  );
  const body = {
    format: snapshotFormat,
    read_at: readAt,
    identity: { ...identity },
    scope,
    catalogs: [...catalog.catalogs],
    found: catalog.found.map(foundOut),
    contrary: (catalog.contrary ?? []).map(({ name, tag, value }) => ({ name, tag, value })),
    tables,
  };
  return `${JSON.stringify({ ...body, digest: hashJson(body) })}\n`;
}

function tableOut(name: string, table: CatalogTable): JsonObject {
  const { fullName, tableId, tableType, columns, tags, inherited, changeDataFeed, sizeInBytes } = table;
  return {
    name,
    full_name: fullName,
    table_id: tableId,
    table_type: tableType,
    columns: columns.map((column) => [column.name, column.type]),
    tags: { ...tags },
    ...(inherited === undefined ? {} : { inherited: { ...inherited } }),
    ...(changeDataFeed === undefined ? {} : { change_data_feed: changeDataFeed }),
    ...(sizeInBytes === undefined ? {} : { size_in_bytes: sizeInBytes }),
  };
}

function foundOut({ catalog, schema, table, name, match }: FoundTable): JsonObject {
  return { catalog, schema, table, name, by_tags: match.byTags, patterns: [...match.patterns] };
}

/** `other`: no snapshot at all, so that it must not be written over. `newer`: of a dpo that came later. */
export type DecodedSnapshot =
  | { readonly status: 'snapshot'; readonly snapshot: CatalogSnapshot }
  | { readonly status: 'damaged' | 'newer' | 'other' };

const shape = members({
  format: oneOf(snapshotFormat),
  read_at: count,
  identity: members({ host: text, workspace_id: text, metastore_id: text, user: text }),
  scope: text,
  catalogs: list(text),
  found: list(members({ catalog: text, schema: text, table: text, name: text, by_tags: flag, patterns: list(text) })),
  contrary: list(members({ name: text, tag: text, value: text })),
  tables: list(
    members(
      {
        name: text,
        full_name: text,
        table_id: text,
        table_type: text,
        columns: list(list(text)),
        tags: dictionary(text),
      },
      { inherited: dictionary(text), change_data_feed: flag, size_in_bytes: count },
    ),
  ),
  digest: anything,
});

export function decodeSnapshot(document: string): DecodedSnapshot {
  const value = parsed(document);
  if (value === undefined) return { status: document.startsWith(`{"format":"${anyFormat}`) ? 'damaged' : 'other' };
  const format = isJsonObject(value) ? value['format'] : undefined;
  if (!isJsonObject(value) || typeof format !== 'string' || !format.startsWith(anyFormat)) return { status: 'other' };
  if (format !== snapshotFormat) return { status: 'newer' };
  const { digest, ...body } = value;
  if (digest !== hashJson(body)) return { status: 'damaged' };
  try {
    return { status: 'snapshot', snapshot: snapshotIn(shape(value, '')) };
  } catch (error) {
    if (error instanceof ShapeError) return { status: 'damaged' };
    throw error;
  }
}

function parsed(document: string): Json | undefined {
  try {
    return JSON.parse(document) as Json;
  } catch {
    return undefined;
  }
}

function snapshotIn(body: ReturnType<typeof shape>): CatalogSnapshot {
  const contrary: readonly ContraryTable[] = body.contrary;
  return {
    readAt: body.read_at,
    identity: body.identity,
    scope: body.scope,
    catalog: {
      catalogs: body.catalogs,
      found: body.found.map(({ by_tags: byTags, patterns, ...parts }) => ({ ...parts, match: { byTags, patterns } })),
      contrary,
      findings: new Map(body.tables.map((table) => [table.name, { status: 'present', table: tableIn(table) }])),
    },
  };
}

function tableIn(table: ReturnType<typeof shape>['tables'][number]): CatalogTable {
  const { inherited, change_data_feed: changeDataFeed, size_in_bytes: sizeInBytes } = table;
  return {
    fullName: table.full_name,
    tableId: table.table_id,
    tableType: table.table_type,
    columns: table.columns.map(([name = '', type = '']) => ({ name, type })),
    tags: table.tags,
    ...(inherited === undefined ? {} : { inherited }),
    ...(changeDataFeed === undefined ? {} : { changeDataFeed }),
    ...(sizeInBytes === undefined ? {} : { sizeInBytes }),
  };
}
