import { ApiError, invalidParameter, withReason } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import type { Paging } from '../api/paging.ts';
import { integer, shape, text } from '../api/reader.ts';
import { reply } from '../api/reply.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import type { Storage } from '../storage/storage.ts';
import { directoryNotFound, fileInTheWay } from './file-errors.ts';
import { requireVolume } from './located-volume.ts';
import type { VolumeFileServices } from './located-volume.ts';
import { childEntries, directoriesAbove, findEntry, makeDirectories, removeEntry } from './volume-entries.ts';
import type { VolumeEntry } from './volume-entries.ts';
import { readDirectoryPath } from './volume-path.ts';

const directories = '/api/2.0/fs/directories/Volumes/{directory_path*}';

/** Larger pages are cut to this (SDK `FilesAPI.list_directory_contents`). */
const largestPage = 1000;
const listQuery = shape({ optional: { page_size: integer({ min: 0 }), page_token: text } });

/** Directories of volumes. A path at which there is a file is no directory: 404, but for a create 409. */
export function directoryRoutes(services: VolumeFileServices & { readonly paging: Paging }): readonly Route[] {
  const { storage, paging } = services;
  return [
    route(`PUT ${directories}`, {
      async handle({ parameters, caller }) {
        const { volume: name, path } = readDirectoryPath(parameters('directory_path'));
        await storage.transaction(async (transaction) => {
          const { volumeId } = requireVolume(services, caller, { volume: name, privilege: 'WRITE_VOLUME' });
          if (path === '') return;
          const onTheWay = [path, ...directoriesAbove(path)].map((part) => findEntry(transaction, volumeId, part));
          if (onTheWay.some((entry) => entry?.kind === 'file')) throw fileInTheWay();
          await makeDirectories(transaction, { volumeId, path });
        });
        return reply(204);
      },
    }),
    route(`GET ${directories}`, {
      query: listQuery,
      handle({ parameters, query, caller }) {
        const { volume: name, path } = readDirectoryPath(parameters('directory_path'));
        const { volumeId } = requireVolume(services, caller, { volume: name, privilege: 'READ_VOLUME' });
        requireDirectory(storage, volumeId, path);
        const maxResults = Math.min(query.page_size || largestPage, largestPage);
        const entries = childEntries(storage, volumeId, path);
        const page = pageOf(entries, { maxResults, pageToken: query.page_token }, paging);
        const root = `/Volumes/${name.replaceAll('.', '/')}`;
        return { contents: page.items.map((entry) => entryAnswer(root, entry)), next_page_token: page.nextPageToken };
      },
    }),
    route(`HEAD ${directories}`, {
      handle({ parameters, caller }) {
        const { volume: name, path } = readDirectoryPath(parameters('directory_path'));
        const { volumeId } = requireVolume(services, caller, { volume: name, privilege: 'READ_VOLUME' });
        requireDirectory(storage, volumeId, path);
        return reply(200);
      },
    }),
    route(`DELETE ${directories}`, {
      async handle({ parameters, caller }) {
        const { volume: name, path } = readDirectoryPath(parameters('directory_path'));
        if (path === '') throw invalidParameter('path: the root of a volume cannot be deleted');
        await storage.transaction(async (transaction) => {
          const { volumeId } = requireVolume(services, caller, { volume: name, privilege: 'WRITE_VOLUME' });
          const directory = requireDirectory(transaction, volumeId, path);
          if (childEntries(transaction, volumeId, path).length > 0) throw directoryNotEmpty();
          if (directory !== undefined) await removeEntry(transaction, directory);
        });
        return reply(204);
      },
    }),
  ];
}

/** The entry of a directory; the volume itself has none. */
function requireDirectory(
  source: Pick<Storage, 'get'>,
  volumeId: string,
  path: string,
): Extract<VolumeEntry, { readonly kind: 'directory' }> | undefined {
  if (path === '') return undefined;
  const entry = findEntry(source, volumeId, path);
  if (entry?.kind !== 'directory') throw directoryNotFound();
  return entry;
}

function entryAnswer(root: string, entry: VolumeEntry): Answer {
  return {
    path: `${root}/${entry.path}`,
    name: entry.path.slice(entry.path.lastIndexOf('/') + 1),
    is_directory: entry.kind === 'directory',
    ...(entry.kind === 'file' ? { file_size: entry.size, last_modified: entry.modifiedAt } : {}),
  };
}

/** The reason is what clients branch on (databricks/cli `libs/filer/files_client.go`). */
function directoryNotEmpty(): ApiError {
  return withReason(
    new ApiError(400, 'INVALID_PARAMETER_VALUE', 'The directory is not empty.'),
    'FILES_API_DIRECTORY_IS_NOT_EMPTY',
  );
}
