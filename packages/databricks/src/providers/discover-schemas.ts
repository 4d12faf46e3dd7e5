import { addressOf, nameOf, type DiscoverRequest, type Discovery, type Lookup, type ReadContext } from '@dpo/core';
import { listSchemas } from '../api/schemas.ts';
import type { Client } from '../client/client.ts';
import { markerOf } from './marker-properties.ts';
import { presentSchema, type PresentSchema } from './schema-observation.ts';
import { throughLimit } from './through-limit.ts';
import { tryRead, type Tried } from './try-read.ts';

/** Those of the owner among the schemas of the catalogs. */
export async function* discoverSchemas(
  client: Client,
  request: DiscoverRequest,
  context: ReadContext,
): AsyncGenerator<Discovery, void, void> {
  const look = (catalog: string, signal: AbortSignal): Promise<Tried<readonly PresentSchema[]>> =>
    tryRead(() => ownSchemas(client, { catalog, request }, signal));
  for await (const found of throughLimit(request.catalogs, context, look)) {
    if (found.status === 'failed') yield found;
    if (found.status === 'read') yield* found.value;
  }
}

async function ownSchemas(
  client: Client,
  { catalog, request }: { readonly catalog: string; readonly request: DiscoverRequest },
  signal: AbortSignal,
): Promise<readonly PresentSchema[]> {
  const found: PresentSchema[] = [];
  for (const schema of await listSchemas(client, catalog, signal)) {
    const address = addressOf('schema', schema.fullName);
    if (markerOf(schema.properties)?.owner !== request.owner || request.known.has(address)) continue;
    const lookup: Lookup = { by: 'name', address, name: nameOf(address) };
    // oxlint-disable-next-line no-await-in-loop
    found.push(await presentSchema(client, { schema, lookup }, signal));
  }
  return found;
}
