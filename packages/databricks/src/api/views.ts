import type { JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectField, requiredText, textField, textMap } from './fields.ts';
import { allPages } from './paging.ts';
import type { SchemaName } from './tables.ts';

const path = '/api/2.1/unity-catalog/tables';

/** TableInfo of a view, as far as dpo reads it. A table may stand behind the name as well. */
export interface View {
  readonly fullName: string;
  readonly tableId: string;
  readonly tableType: string;
  readonly owner?: string;
  /** Missing for whoever is not the owner: that is "not readable", never "empty" (W003). */
  readonly definition?: string;
  readonly properties: Readonly<Record<string, string>>;
}

export async function getView(client: Client, fullName: string, signal?: AbortSignal): Promise<View> {
  const { body } = await client.send({ method: 'GET', path: `${path}/${segment(fullName)}`, signal });
  return viewIn(body);
}

/** The views of a schema, with their properties; one request a page, whose size the service chooses. */
export async function listViews(client: Client, schema: SchemaName, signal?: AbortSignal): Promise<readonly View[]> {
  const query = { catalog_name: schema.catalog, schema_name: schema.schema, max_results: '0', omit_columns: 'true' };
  const found = await allPages(client, { path, query, key: 'tables', signal });
  return found.map(viewIn).filter(({ tableType }) => tableType === 'VIEW');
}

function viewIn(body: JsonObject): View {
  const definition = textField(body, 'view_definition');
  const owner = textField(body, 'owner');
  return {
    fullName: requiredText(body, 'full_name', `GET ${path}`),
    tableId: requiredText(body, 'table_id', `GET ${path}`),
    tableType: textField(body, 'table_type') ?? '',
    ...(owner === undefined ? {} : { owner }),
    ...(definition === undefined ? {} : { definition }),
    properties: textMap(objectField(body, 'properties')),
  };
}
