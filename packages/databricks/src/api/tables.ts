import type { JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectField, objectsField, requiredText, textField } from './fields.ts';
import { allPages, pages, type PagedRequest } from './paging.ts';

const path = '/api/2.1/unity-catalog/tables';

export interface TableColumn {
  readonly name: string;
  readonly typeText: string;
}

/** TableInfo, as far as dpo reads it. Tags are no part of it. */
export interface Table {
  readonly fullName: string;
  readonly tableId: string;
  readonly tableType: string;
  /** Missing when the list left them out, or the caller may only browse. */
  readonly columns?: readonly TableColumn[];
  readonly browseOnly: boolean;
  /** Missing when the list left it out. */
  readonly owner?: string;
  /** Of a Delta table whose properties were shown. Documented for GET; of lists it depends on `properties`. */
  readonly changeDataFeed?: boolean;
  /** As statistics that were computed once (ANALYZE TABLE) have it; mostly missing. */
  readonly sizeInBytes?: number;
}

/** One request. BROWSE on the catalog is enough to get an answer, not to get the columns. */
export async function getTable(client: Client, fullName: string, signal?: AbortSignal): Promise<Table> {
  const { body } = await client.send({
    method: 'GET',
    path: `${path}/${segment(fullName)}`,
    query: { include_browse: 'true' },
    signal,
  });
  return tableIn(body);
}

export interface SchemaName {
  readonly catalog: string;
  readonly schema: string;
}

export interface SchemaToList extends SchemaName {
  /** Larger pages; only they tell whether a table has a change data feed. */
  readonly properties?: boolean;
  /** With the owner of each table. */
  readonly owners?: boolean;
}

/** Without columns, and unless asked for without properties and owners; one request a page, whose size the service chooses. */
export async function listTables(
  client: Client,
  schema: SchemaToList,
  signal?: AbortSignal,
): Promise<readonly Table[]> {
  return (await allPages(client, listRequest(schema, signal))).map(tableIn);
}

/**
 * Full names, in lower case, of the tables of a catalog that the identity may read; up to 10,000 a request.
 * https://github.com/databricks/databricks-sdk-py, `TablesAPI.list_summaries`.
 */
export async function listTableNames(
  client: Client,
  catalog: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const found = await allPages(client, {
    path: '/api/2.1/unity-catalog/table-summaries',
    query: { catalog_name: catalog, max_results: '0' },
    key: 'tables',
    signal,
  });
  return found.flatMap((body) => textField(body, 'full_name')?.toLowerCase() ?? []);
}

/** Full names on the first page that has any table or view: none only for a schema without them, otherwise some of them. */
export async function someTables(client: Client, schema: SchemaName, signal?: AbortSignal): Promise<readonly string[]> {
  for await (const page of pages(client, listRequest(schema, signal))) {
    if (page.length > 0) return page.map((body) => textField(body, 'full_name') ?? '');
  }
  return [];
}

/** Of a table that dpo's own monitor wrote; the name is encoded here and nowhere else. */
export async function dropTable(client: Client, fullName: string, signal?: AbortSignal): Promise<void> {
  await client.send({ method: 'DELETE', path: `${path}/${segment(fullName)}`, signal });
}

/** `max_results=0` asks for pages at all; without `include_browse` tables that may only be browsed are missing. */
function listRequest(schema: SchemaToList, signal: AbortSignal | undefined): PagedRequest {
  return {
    path,
    query: {
      catalog_name: schema.catalog,
      schema_name: schema.schema,
      max_results: '0',
      include_browse: 'true',
      omit_columns: 'true',
      ...(schema.properties === true ? {} : { omit_properties: 'true' }),
      ...(schema.owners === true ? {} : { omit_username: 'true' }),
    },
    key: 'tables',
    signal,
  };
}

function tableIn(body: JsonObject): Table {
  const fullName = requiredText(body, 'full_name', `GET ${path}`);
  const owner = textField(body, 'owner');
  return {
    fullName,
    tableId: requiredText(body, 'table_id', `GET ${path} (${fullName})`),
    tableType: textField(body, 'table_type') ?? '',
    browseOnly: body['browse_only'] === true,
    ...(owner === undefined ? {} : { owner }),
    ...propertiesIn(body),
    ...(body['columns'] === undefined ? {} : { columns: objectsField(body, 'columns').map(columnIn) }),
  };
}

/** https://docs.databricks.com/aws/en/delta/delta-change-data-feed: the property of a table, which a view does not have. */
function propertiesIn(body: JsonObject): Pick<Table, 'changeDataFeed' | 'sizeInBytes'> {
  const properties = objectField(body, 'properties') ?? {};
  // An empty map and none are the same answer; a Delta table of a real workspace always has some, such as its versions.
  if (Object.keys(properties).length === 0 || textField(body, 'data_source_format') !== 'DELTA') return {};
  const size = Number(textField(properties, 'spark.sql.statistics.totalSize') ?? Number.NaN);
  return {
    changeDataFeed: textField(properties, 'delta.enableChangeDataFeed')?.toLowerCase() === 'true',
    ...(Number.isSafeInteger(size) ? { sizeInBytes: size } : {}),
  };
}

function columnIn(body: JsonObject): TableColumn {
  return {
    name: requiredText(body, 'name', `GET ${path}`),
    typeText: textField(body, 'type_text') ?? textField(body, 'type_name') ?? '',
  };
}
