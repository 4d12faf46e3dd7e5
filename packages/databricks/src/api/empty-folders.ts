import type { Limit } from '@dpo/core';
import { isSignInFailure, apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { deleteFolder, listObjects } from './workspace.ts';

export interface FolderRequest {
  /** Nothing outside of it is looked at. */
  readonly path: string;
  readonly limit: Limit;
  readonly signal?: AbortSignal | undefined;
}

/** What became of a folder. `kept`: what is left in it, or why that is not known. */
export type FolderEnd =
  | { readonly status: 'absent' }
  | { readonly status: 'deleted' }
  | { readonly status: 'kept'; readonly left: readonly string[]; readonly because?: string };

/**
 * Deletes a folder and the folders in it as far as they are empty, the innermost first, never with content: what somebody puts
 * there meanwhile stays (ruling 84). What cannot be read or deleted stays and is told. Running it again goes on where it ended.
 * Requests: a list and a delete for each folder.
 */
export async function removeEmptyFolders(client: Client, request: FolderRequest): Promise<FolderEnd> {
  const { path, limit, signal } = request;
  try {
    const found = await limit(() => listObjects(client, path, signal));
    const ends = await Promise.all(
      found.map(async (object): Promise<FolderEnd> => {
        if (object.type !== 'DIRECTORY') return { status: 'kept', left: [object.path] };
        return removeEmptyFolders(client, { ...request, path: object.path });
      }),
    );
    const kept = ends.flatMap((end) => (end.status === 'kept' ? [end] : []));
    const because = kept.find((end) => end.because !== undefined)?.because;
    if (kept.length > 0) {
      return { status: 'kept', left: kept.flatMap(({ left }) => left), ...(because === undefined ? {} : { because }) };
    }
    await limit(() => deleteFolder(client, path, signal));
    return { status: 'deleted' };
  } catch (error) {
    const code = apiCodeOf(error);
    if (code === undefined || isSignInFailure(error)) throw error;
    if (code === 'API.NOT_FOUND') return { status: 'absent' };
    return { status: 'kept', left: [path], because: code };
  }
}
