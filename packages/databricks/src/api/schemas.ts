import type { JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectField, requiredText, textField, textMap } from './fields.ts';
import { allPages } from './paging.ts';
import type { SchemaName } from './tables.ts';

const path = '/api/2.1/unity-catalog/schemas';

/** SchemaInfo, as far as dpo reads it. The service adds properties of its own (`unity.catalog.managed.*`). */
export interface Schema {
  readonly schemaId: string;
  readonly fullName: string;
  readonly owner?: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface NewSchema extends SchemaName {
  readonly properties: Readonly<Record<string, string>>;
}

export async function getSchema(client: Client, fullName: string, signal?: AbortSignal): Promise<Schema> {
  const { body } = await client.send({ method: 'GET', path: `${path}/${segment(fullName)}`, signal });
  return schemaIn(body);
}

/** One request a page, whose size the service chooses. */
export async function listSchemas(client: Client, catalog: string, signal?: AbortSignal): Promise<readonly Schema[]> {
  const query = { catalog_name: catalog, max_results: '0' };
  return (await allPages(client, { path, query, key: 'schemas', signal })).map(schemaIn);
}

export async function createSchema(client: Client, schema: NewSchema, signal?: AbortSignal): Promise<Schema> {
  const { body } = await client.send({
    method: 'POST',
    path,
    body: { name: schema.schema, catalog_name: schema.catalog, properties: schema.properties },
    signal,
  });
  return schemaIn(body);
}

/** Only its owner, or who manages it, may. */
export async function handOverSchema(
  client: Client,
  { fullName, owner }: { readonly fullName: string; readonly owner: string },
  signal?: AbortSignal,
): Promise<Schema> {
  const request = {
    method: 'PATCH',
    path: `${path}/${segment(fullName)}`,
    body: { owner },
    effect: 'idempotent',
    signal,
  } as const;
  const { body } = await client.send(request);
  return schemaIn(body);
}

/** Without force: the service refuses while the schema holds anything. */
export async function deleteSchema(client: Client, fullName: string, signal?: AbortSignal): Promise<void> {
  await client.send({ method: 'DELETE', path: `${path}/${segment(fullName)}`, signal });
}

function schemaIn(body: JsonObject): Schema {
  const owner = textField(body, 'owner');
  return {
    schemaId: requiredText(body, 'schema_id', path),
    fullName: requiredText(body, 'full_name', path),
    ...(owner === undefined ? {} : { owner }),
    properties: textMap(objectField(body, 'properties')),
  };
}
