import { isDpoError } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment, type ApiRequest } from '../client/request.ts';
import { textField } from './fields.ts';
import { allPages } from './paging.ts';

/**
 * The Files API (reference 7.2). Paths are `/Volumes/<catalog>/<schema>/<volume>/…`. State is saved whatever else was cut
 * off, so only a signal of the request itself ends it.
 */
const saved: Pick<ApiRequest, 'abort'> = { abort: 'own' };

/** The text of a file, `undefined` if there is none. */
export async function downloadFile(client: Client, path: string): Promise<string | undefined> {
  return unlessNotFound(() => client.sendForText({ ...saved, method: 'GET', path: filePath(path) }), undefined);
}

/** Makes a file if its name is free. A repeated request may find the file that the first one made. */
export async function uploadNewFile(client: Client, path: string, text: string): Promise<'made' | 'exists'> {
  const request: ApiRequest = {
    ...saved,
    method: 'PUT',
    path: filePath(path),
    // Left out it would mean to overwrite.
    query: { overwrite: 'false' },
    file: text,
    effect: 'idempotent',
  };
  try {
    await client.send(request);
    return 'made';
  } catch (error) {
    if (isDpoError(error) && error.problems[0]?.code === 'API.CONFLICT') return 'exists';
    throw error;
  }
}

export async function deleteFile(client: Client, path: string): Promise<void> {
  const request: ApiRequest = { ...saved, method: 'DELETE', path: filePath(path), effect: 'idempotent' };
  await unlessNotFound(() => client.send(request), undefined);
}

/** With its parents; one that is there is fine. */
export async function makeVolumeDirectory(client: Client, path: string): Promise<void> {
  await client.send({ ...saved, method: 'PUT', path: directoryPath(path), effect: 'idempotent' });
}

/** Names of the files in a directory, `undefined` if there is no directory. */
export async function listVolumeDirectory(client: Client, path: string): Promise<readonly string[] | undefined> {
  return unlessNotFound(async () => {
    const request = { path: directoryPath(path), query: {}, key: 'contents', abort: 'own' } as const;
    const contents = await allPages(client, request);
    return contents.filter((item) => item['is_directory'] !== true).flatMap((item) => textField(item, 'name') ?? []);
  }, undefined);
}

async function unlessNotFound<T, O>(work: () => Promise<T>, otherwise: O): Promise<T | O> {
  try {
    return await work();
  } catch (error) {
    if (isDpoError(error) && error.problems[0]?.code === 'API.NOT_FOUND') return otherwise;
    throw error;
  }
}

function filePath(path: string): string {
  return `/api/2.0/fs/files${encoded(path)}`;
}

function directoryPath(path: string): string {
  return `/api/2.0/fs/directories${encoded(path)}`;
}

/** Slashes stay. */
function encoded(path: string): string {
  return path.split('/').map(segment).join('/');
}
