import type { Applied, JsonObject, Lookup, Marker, Observation, Provider, Spec } from '@dpo/core';
import { nameOf } from '@dpo/core';
import { createSchema, deleteSchema, getSchema, type NewSchema, type Schema } from '../api/schemas.ts';
import { countSomeTables, type SchemaName } from '../api/tables.ts';
import type { Client } from '../client/client.ts';
import { schemaGrantHint } from '../api/grant-hints.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import { observeEach } from './observe-each.ts';
import { deleted, finds, written } from './write-outcome.ts';

const ownerProperty = 'dpo.owner';
const lineageProperty = 'dpo.lineage';
const ownerPrefix = 'dpo:';
const lineagePrefix = 'dpo-lineage:';

/**
 * Schemas for outputs. Out: `schema_id`, and `tables` only for a schema with our marker, as a lower bound above 0: it
 * answers whether a destroy may delete the schema, which nobody asks of one that is merely used (W016).
 * Requests: observe 1, with our marker 1 more (a page of tables); create 1; delete 1, and 1 more
 * if it is not found.
 */
export function createSchemaProvider(client: Client): Provider {
  return {
    kind: 'schema',
    observe: (lookups, context) =>
      observeEach(lookups, context, {
        read: (lookup, signal) => observeSchema(client, lookup, signal),
        grantHint: schemaGrantHint,
      }),
    create: ({ spec, marker }, { signal }) =>
      written(async () => {
        const schema = { ...partsOf(nameIn(spec)), properties: propertiesOf(marker) };
        return appliedOf(await createIn(client, schema, signal));
      }),
    update: ({ address }) => Promise.reject(new TypeError(`a schema is never updated: ${address}`)),
    delete: ({ address }, { signal }) =>
      deleted(
        () => deleteEmpty(client, nameOf(address), signal),
        () => finds(async () => (await getSchema(client, nameOf(address), signal)).schemaId !== ''),
      ),
  };
}

/** A schema rests on its catalog. */
async function createIn(client: Client, schema: NewSchema, signal: AbortSignal): Promise<Schema> {
  try {
    return await createSchema(client, schema, signal);
  } catch (error) {
    if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
    throw restated(error, ({ message }) => ({
      message: `catalog ${schema.catalog} does not exist, or this identity may not see it: ${message}`,
      hint: `check catalog_name, or grant USE CATALOG on ${schema.catalog}`,
    }));
  }
}

/** Which error the service gives for a schema that holds tables is not documented: a look at its tables tells. */
async function deleteEmpty(client: Client, name: string, signal: AbortSignal): Promise<void> {
  try {
    await deleteSchema(client, name, signal);
  } catch (error) {
    const refused = ['API.INVALID', 'API.CONFLICT'].includes(apiCodeOf(error) ?? '');
    if (!refused || (await countSomeTables(client, partsOf(name), signal)) === 0) throw error;
    throw restated(error, () => ({ code: 'API.NOT_EMPTY', hint: 'empty the schema, or leave it' }));
  }
}

async function observeSchema(client: Client, lookup: Lookup, signal: AbortSignal): Promise<Observation> {
  if (lookup.by !== 'name' || lookup.name === '')
    throw new TypeError(`a schema is looked up by name: ${lookup.address}`);
  const schema = await getSchema(client, lookup.name, signal);
  const marker = markerOf(schema);
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
    return await countSomeTables(client, partsOf(name), signal);
  } catch (error) {
    if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
    throw restated(error, ({ message }) => ({
      code: 'API.SERVER',
      message: `schema ${name} exists and its tables cannot be listed: ${message}`,
    }));
  }
}

function appliedOf(schema: Schema): Applied {
  return { id: schema.schemaId, fields: fieldsOf(schema), out: outOf(schema) };
}

function fieldsOf(schema: Schema): Spec {
  return { name: schema.fullName };
}

function outOf(schema: Schema): JsonObject {
  return { schema_id: schema.schemaId };
}

function markerOf(schema: Schema): Marker | undefined {
  const owner = after(ownerPrefix, schema.properties[ownerProperty]);
  const lineage = after(lineagePrefix, schema.properties[lineageProperty]);
  return owner === undefined ? undefined : { owner, ...(lineage === undefined ? {} : { lineage }) };
}

function after(prefix: string, text: string | undefined): string | undefined {
  return text?.startsWith(prefix) === true && text.length > prefix.length ? text.slice(prefix.length) : undefined;
}

function propertiesOf(marker: Marker): Readonly<Record<string, string>> {
  return {
    [ownerProperty]: `${ownerPrefix}${marker.owner}`,
    ...(marker.lineage === undefined ? {} : { [lineageProperty]: `${lineagePrefix}${marker.lineage}` }),
  };
}

function nameIn(spec: Spec): string {
  const name = spec['name'];
  if (typeof name !== 'string') throw new TypeError('the spec of a schema has no name');
  return name;
}

function partsOf(fullName: string): SchemaName {
  const [catalog, schema, ...rest] = fullName.split('.');
  if (catalog === undefined || schema === undefined || rest.length > 0) {
    throw new TypeError(`not a full name of a schema: ${fullName}`);
  }
  return { catalog, schema };
}
