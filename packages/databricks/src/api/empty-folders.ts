import type { Limit } from '@dpo/core';
import { isSignInFailure, apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { deleteFolder, listObjects } from './workspace.ts';

export interface FolderRequest {
  /** Nothing outside of it is looked at. */
  readonly path: string;
  /** Names of the folders right in it that are ours too, with all in them; other folders in it count as content. */
  readonly inside: readonly string[] | 'all';
  readonly limit: Limit;
  readonly signal?: AbortSignal | undefined;
}

/** What became of a folder. `kept`: what is left in it, or why that is not known. */
export type FolderEnd =
  | { readonly status: 'absent' }
  | { readonly status: 'deleted' }
  | { readonly status: 'kept'; readonly left: readonly string[]; readonly because?: string };

/**
 * Deletes a folder and those of ours in it as far as they are empty, the innermost first, never with content: what somebody puts
 * there meanwhile stays (ruling 84). What cannot be read or deleted stays and is told. Running it again goes on where it ended.
 * Requests: a list and a delete for each folder.
 */
export async function removeEmptyFolders(client: Client, request: FolderRequest): Promise<FolderEnd> {
  const { path, inside, limit, signal } = request;
  try {
    const found = await limit(() => listObjects(client, path, signal));
    const ends = await Promise.all(
      found.map(async (object): Promise<FolderEnd> => {
        const name = nameIn(path, object.path);
        const isOurs = name !== undefined && (inside === 'all' || inside.includes(name));
        if (object.type !== 'DIRECTORY' || !isOurs)
          return { status: 'kept', left: [name === undefined ? object.path : `${path}/${name}`] };
        return removeEmptyFolders(client, { ...request, path: `${path}/${name}`, inside: 'all' });
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

/** What an object is called in its folder, of which a service may leave out the root; undefined for one that is elsewhere. */
function nameIn(folder: string, path: string): string | undefined {
  const plain = (text: string): string => text.replace(/^\/Workspace(?=\/)/u, '');
  const [start, whole] = [`${plain(folder)}/`, plain(path)];
  const name = whole.startsWith(start) ? whole.slice(start.length) : '';
  return name === '' || name.includes('/') ? undefined : name;
}
