import { randomUUID } from 'node:crypto';
import { relative } from 'node:path';
import type { BlobStore, ManagedStateStore } from '@dpo/core';
import { createVolumeBlobs, type Client } from '@dpo/databricks';
import { createAzureBlobs, createLocalStore, createObjectStore, nodeFiles, statePaths } from '@dpo/state';
import { systemClock } from './clock.ts';
import type { StatePlace } from './state-place.ts';

/** Gives the client of the workspace to a store that needs it, once there is one. */
export interface ClientSlot {
  readonly client: () => Promise<Client>;
  readonly fill: (client: Client) => void;
}

export function createClientSlot(): ClientSlot {
  let fill: (client: Client) => void = () => undefined;
  const filled = new Promise<Client>((resolve) => {
    fill = resolve;
  });
  return { client: () => filled, fill: (client) => fill(client) };
}

export interface StateStoreRequest {
  readonly place: StatePlace;
  readonly slot: ClientSlot;
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Version of dpo. */
  readonly version: string;
  /** Absolute path of the state file that the target has or would have on this machine. */
  readonly localFile: string;
  readonly command: (words: string) => string;
}

export function createStateStore(request: StateStoreRequest): ManagedStateStore {
  const { place, directory, version, command } = request;
  const shared = { clock: systemClock, randomId: () => randomUUID(), writer: version, command };
  // Relative, so that what is printed and planned is the same on every machine.
  if (place.backend === 'local')
    return createLocalStore({ ...shared, path: relative(directory, place.path), files: nodeFiles });
  const path = relative(directory, statePaths(request.localFile).rescue);
  return createObjectStore({ ...shared, blobs: blobsOf(place, request), rescue: { files: nodeFiles, path } });
}

function blobsOf(
  place: Exclude<StatePlace, { readonly backend: 'local' }>,
  { slot, environment }: StateStoreRequest,
): BlobStore {
  if (place.backend === 'volume') return createVolumeBlobs({ client: slot.client, path: place.path });
  const { container, path, endpoint } = place;
  return createAzureBlobs({ container, path, endpoint, environment });
}
