import type { JsonObject, Lookup, Observation, Spec } from '@dpo/core';
import type { Schema } from '../api/schemas.ts';
import { someTables, type SchemaName } from '../api/tables.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { markerOf } from './marker-properties.ts';

export type PresentSchema = Extract<Observation, { status: 'present' }>;

/** One more request for a schema with our marker: a page of its tables. */
export async function presentSchema(
  client: Client,
  { schema, lookup }: { readonly schema: Schema; readonly lookup: Lookup },
  signal: AbortSignal,
): Promise<PresentSchema> {
  const marker = markerOf(schema.properties);
  const observed = {
    status: 'present',
    lookup,
    id: schema.schemaId,
    fields: fieldsOf(schema),
    out: outOf(schema),
  } as const;
  if (marker === undefined) return observed;
  const tables = await tablesIn(client, schema.fullName, signal);
  return { ...observed, out: { ...observed.out, tables }, marker };
}

/** The schema is there: whatever the list of its tables answers, the schema is not absent. */
async function tablesIn(client: Client, name: string, signal: AbortSignal): Promise<number> {
  try {
    return (await someTables(client, partsOf(name), signal)).length;
  } catch (error) {
    if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
    throw restated(error, ({ message }) => ({
      code: 'API.SERVER',
      message: `schema ${name} exists and its tables cannot be listed: ${message}`,
    }));
  }
}

export function fieldsOf(schema: Schema): Spec {
  return { name: schema.fullName, ...(schema.owner === undefined ? {} : { owner: schema.owner }) };
}

export function outOf(schema: Schema): JsonObject {
  return { schema_id: schema.schemaId };
}

export function partsOf(fullName: string): SchemaName {
  const [catalog, schema, ...rest] = fullName.split('.');
  if (catalog === undefined || schema === undefined || rest.length > 0) {
    throw new TypeError(`not a full name of a schema: ${fullName}`);
  }
  return { catalog, schema };
}
