import type { Applied, Lookup, Provider, Spec } from '@dpo/core';
import { nameOf } from '@dpo/core';
import { schemaGrantHint } from '../api/grant-hints.ts';
import { createSchema, deleteSchema, getSchema, handOverSchema, type NewSchema, type Schema } from '../api/schemas.ts';
import { someTables } from '../api/tables.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { discoverSchemas } from './discover-schemas.ts';
import { observeEach } from './observe-each.ts';
import { propertiesOf } from './marker-properties.ts';
import { fieldsOf, outOf, partsOf, presentSchema, type PresentSchema } from './schema-observation.ts';
import { deleted, finds, written } from './write-outcome.ts';

/**
 * Schemas for outputs. Out: `schema_id`, and `tables` only for a schema with our marker, as a lower bound above 0: it
 * answers whether a destroy may delete the schema, which nobody asks of one that is merely used (W016).
 * Requests: observe 1, with our marker 1 more (a page of tables); discover a page of schemas a catalog, and 1 for each
 * of ours; create 1, and 1 for its owner; update 2; delete 1, and 1 more if it is not found.
 */
export function createSchemaProvider(client: Client): Provider {
  return {
    kind: 'schema',
    observe: (lookups, context) =>
      observeEach(lookups, context, {
        read: (lookup, signal) => observeSchema(client, lookup, signal),
        grantHint: schemaGrantHint,
      }),
    discover: (request, context) => discoverSchemas(client, request, context),
    ready: () => Promise.resolve('ready'),
    create: ({ spec, marker }, { signal }) =>
      written(async () => {
        const schema = { ...partsOf(nameIn(spec)), properties: propertiesOf(marker) };
        const made = await createIn(client, schema, signal);
        return appliedOf(await ownedAs(client, { schema: made, spec }, signal));
      }),
    update: ({ address, spec, mask }, { signal }) =>
      written(async () => {
        if (mask.some((path) => path !== 'owner'))
          throw new TypeError(`only the owner of a schema changes: ${address}`);
        const schema = await getSchema(client, nameOf(address), signal);
        return appliedOf(await ownedAs(client, { schema, spec }, signal));
      }),
    delete: ({ address }, { signal }) =>
      deleted(
        () => deleteEmpty(client, nameOf(address), signal),
        () => finds(async () => (await getSchema(client, nameOf(address), signal)).schemaId !== ''),
      ),
  };
}

/** The schema in the hands of whom the spec names, if it names anybody. */
async function ownedAs(
  client: Client,
  { schema, spec }: { readonly schema: Schema; readonly spec: Spec },
  signal: AbortSignal,
): Promise<Schema> {
  const { owner } = spec;
  if (typeof owner !== 'string' || owner === schema.owner) return schema;
  return handOverSchema(client, { fullName: schema.fullName, owner }, signal);
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

/**
 * Which error the service gives for a schema that holds something is not documented: a look at its tables tells. Of what is no
 * table (a volume, a function, a model) only the text tells.
 */
async function deleteEmpty(client: Client, name: string, signal: AbortSignal): Promise<void> {
  try {
    await deleteSchema(client, name, signal);
  } catch (error) {
    if (!['API.INVALID', 'API.CONFLICT'].includes(apiCodeOf(error) ?? '')) throw error;
    const held = await someTables(client, partsOf(name), signal);
    if (held.length === 0 && !(error instanceof Error && /not empty/iu.test(error.message))) throw error;
    const message = `schema ${name} still holds ${heldText(held)}`;
    throw restated(error, () => ({ code: 'API.NOT_EMPTY', message, hint: 'empty the schema, or leave it' }));
  }
}

function heldText([first, ...others]: readonly string[]): string {
  if (first === undefined) return 'something that is no table';
  return others.length === 0 ? first : `${first} and ${String(others.length)} more`;
}

async function observeSchema(client: Client, lookup: Lookup, signal: AbortSignal): Promise<PresentSchema> {
  if (lookup.by !== 'name' || lookup.name === '')
    throw new TypeError(`a schema is looked up by name: ${lookup.address}`);
  return presentSchema(client, { schema: await getSchema(client, lookup.name, signal), lookup }, signal);
}

function appliedOf(schema: Schema): Applied {
  return { id: schema.schemaId, fields: fieldsOf(schema), out: outOf(schema) };
}

function nameIn(spec: Spec): string {
  const name = spec['name'];
  if (typeof name !== 'string') throw new TypeError('the spec of a schema has no name');
  return name;
}
