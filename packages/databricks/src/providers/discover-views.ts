import { addressOf, nameOf, type DiscoverRequest, type Discovery, type Lookup, type ReadContext } from '@dpo/core';
import { listViews } from '../api/views.ts';
import type { Client } from '../client/client.ts';
import { markerOf } from './marker-properties.ts';
import { partsOf } from './schema-observation.ts';
import { throughLimit } from './through-limit.ts';
import { tryRead, type Tried } from './try-read.ts';
import { presentView, type PresentView } from './view-observation.ts';

/** Those of the owner among the views of the schemas that outputs were written to. */
export async function* discoverViews(
  client: Client,
  request: DiscoverRequest,
  context: ReadContext,
): AsyncGenerator<Discovery, void, void> {
  const look = (schema: string, signal: AbortSignal): Promise<Tried<readonly PresentView[]>> =>
    tryRead(async () => {
      const views = await listViews(client, partsOf(schema), signal);
      return views
        .filter(({ properties }) => markerOf(properties)?.owner === request.owner)
        .map((view) => ({ view, address: addressOf('view', view.fullName) }))
        .filter(({ address }) => !request.known.has(address))
        .map(({ view, address }) => {
          const lookup: Lookup = { by: 'name', address, name: nameOf(address) };
          return presentView(view, lookup);
        });
    });
  for await (const found of throughLimit(request.schemas, context, look)) {
    if (found.status === 'failed') yield found;
    if (found.status === 'read') yield* found.value;
  }
}
