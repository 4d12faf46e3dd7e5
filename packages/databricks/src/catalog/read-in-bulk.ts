import type { CatalogColumn, CatalogFinding, CatalogFindings, CatalogTable, ReadContext } from '@dpo/core';
import type { Table } from '../api/tables.ts';
import type { Client } from '../client/client.ts';
import { listSchemaTables, type SchemaList } from './list-schemas.ts';
import { readAll } from './read-all.ts';
import { readColumns } from './read-columns.ts';
import { readTable, refuseUnreadable, withTags, type Read } from './read-tables.ts';

export type TagsOfTable = (name: string) => Pick<CatalogTable, 'tags' | 'inherited'>;

/** Names are full names in lower case, without dots inside a part. */
export interface BulkRequest {
  readonly tables: readonly string[];
  /** Of these only whether they exist, their tags, and what keeps them from being read. */
  readonly others: readonly string[];
  readonly warehouseId: string;
  readonly tagsOf: TagsOfTable;
  /** By `catalog.schema` in lower case: lists that have been read already. */
  readonly lists?: ReadonlyMap<string, SchemaList>;
  /** It is no failure if none of them can be read. */
  readonly mayBeUnreadable?: boolean;
}

/**
 * Many tables by lists of their schemas and one statement for the columns of a catalog. What a list leaves out or
 * `information_schema` knows no column of is read by itself: only that tells what is gone from what is hidden (W020).
 */
export async function readInBulk(client: Client, request: BulkRequest, context: ReadContext): Promise<CatalogFindings> {
  const { tables, others, warehouseId, tagsOf } = request;
  const names = [...tables, ...others];
  const schemas = [...new Set(names.map(schemaOf))].filter((schema) => request.lists?.has(schema) !== true);
  const lists = new Map([...(request.lists ?? []), ...(await listSchemaTables(client, schemas.toSorted(), context))]);
  const listed = tables.filter((name) => tableIn(lists, name) !== undefined);
  const columns = await readColumns(client, { schemas: schemasByCatalog(listed), warehouseId }, context);
  const onlyKnown = new Set(others);
  const unsettled: string[] = [];
  const reads = new Map<string, Read>();
  for (const name of names) {
    const read = settled(name, { lists, columns: onlyKnown.has(name) ? [] : columns.get(name) });
    if (read === undefined) unsettled.push(name);
    else reads.set(name, read);
  }
  const confirmed = await readAll(
    unsettled,
    context,
    async (name, inner) => [name, await readTable(client, name, inner)] as const,
  );
  for (const [name, read] of confirmed) reads.set(name, read);
  if (request.mayBeUnreadable !== true) refuseUnreadable([...reads.values()]);
  return new Map([...reads].map(([name, read]): [string, CatalogFinding] => [name, withTags(read, tagsOf(name))]));
}

interface Known {
  readonly lists: ReadonlyMap<string, SchemaList>;
  readonly columns: readonly CatalogColumn[] | undefined;
}

/** Undefined where only the table itself can tell. */
function settled(name: string, { lists, columns }: Known): Read | undefined {
  const list = lists.get(schemaOf(name));
  if (list?.status === 'unreadable') return list;
  const table = tableIn(lists, name);
  if (table === undefined || columns === undefined) return undefined;
  return {
    status: 'present',
    table: { ...table, columns: columns.map((column) => ({ name: column.name, typeText: column.type })) },
  };
}

function tableIn(lists: ReadonlyMap<string, SchemaList>, name: string): Table | undefined {
  const list = lists.get(schemaOf(name));
  return list?.status === 'listed' ? list.tables.get(name) : undefined;
}

function schemaOf(name: string): string {
  return name.split('.').slice(0, 2).join('.');
}

function schemasByCatalog(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const name of names) {
    const [catalog = '', schema = ''] = name.split('.');
    found.set(catalog, (found.get(catalog) ?? new Set()).add(schema));
  }
  return new Map([...found].map(([catalog, schemas]) => [catalog, [...schemas].toSorted()]));
}
