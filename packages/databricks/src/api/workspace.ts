import type { Client } from '../client/client.ts';
import { objectsField, textField } from './fields.ts';

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

/** Paths of the folders in a folder. */
export async function listFolders(client: Client, path: string, signal?: AbortSignal): Promise<readonly string[]> {
  const { body } = await client.send({ method: 'GET', path: '/api/2.0/workspace/list', query: { path }, signal });
  return objectsField(body, 'objects')
    .filter((object) => textField(object, 'object_type') === 'DIRECTORY')
    .flatMap((object) => textField(object, 'path') ?? []);
}
