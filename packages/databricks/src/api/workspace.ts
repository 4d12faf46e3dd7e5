import type { Client } from '../client/client.ts';

/** Makes a folder and its parents; a folder that is there is fine. A file in its place is `API.CONFLICT`. */
export async function mkdirs(client: Client, path: string, signal?: AbortSignal): Promise<void> {
  await client.send({
    method: 'POST',
    path: '/api/2.0/workspace/mkdirs',
    body: { path },
    effect: 'idempotent',
    signal,
  });
}
