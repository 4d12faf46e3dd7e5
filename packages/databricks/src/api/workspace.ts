import type { JsonObject } from '@dpo/core';
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

/** Deletes a folder, unless anything is in it. */
export async function deleteFolder(client: Client, path: string, signal?: AbortSignal): Promise<void> {
  await client.send({
    method: 'POST',
    path: '/api/2.0/workspace/delete',
    body: { path, recursive: false },
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

export interface WorkspaceObject {
  readonly path: string;
  /** As permissions name it. */
  readonly objectId: string;
  /** `DIRECTORY`, `DASHBOARD`, `FILE`, … */
  readonly type: string;
  /** Of a dashboard: its id. */
  readonly resourceId: string;
}

/** What stands at a path. */
export async function getStatus(client: Client, path: string, signal?: AbortSignal): Promise<WorkspaceObject> {
  const { body } = await client.send({ method: 'GET', path: '/api/2.0/workspace/get-status', query: { path }, signal });
  return objectIn(body);
}

/** What is in a folder. */
export async function listObjects(
  client: Client,
  path: string,
  signal?: AbortSignal,
): Promise<readonly WorkspaceObject[]> {
  const { body } = await client.send({ method: 'GET', path: '/api/2.0/workspace/list', query: { path }, signal });
  return objectsField(body, 'objects').map(objectIn);
}

function objectIn(body: JsonObject): WorkspaceObject {
  return {
    path: textField(body, 'path') ?? '',
    objectId: idIn(body),
    type: textField(body, 'object_type') ?? '',
    resourceId: textField(body, 'resource_id') ?? '',
  };
}

/** A number beyond those that are exact is not the one that was sent; then the same id as text counts. */
function idIn(body: JsonObject): string {
  const { object_id: id } = body;
  return typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : (textField(body, 'resource_id') ?? '');
}
