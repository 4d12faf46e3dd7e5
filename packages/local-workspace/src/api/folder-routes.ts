import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import { ApiError, invalidParameter, resourceDoesNotExist } from './api-error.ts';
import { childFolders, findFolder, makeFolder, normalizePath, standardFolders } from './folders.ts';
import type { Folder } from './folders.ts';
import { flag, shape, ShapeFault, text } from './reader.ts';
import type { Reader } from './reader.ts';
import { route } from './route.ts';
import type { Answer, Route } from './route.ts';

const absolutePath: Reader<string> = (value, place) => {
  const path = text(value, place);
  if (!path.startsWith('/')) throw new ShapeFault(place.path, `'${path}' does not start with '/'`);
  return path;
};
const pathOnly = shape({ required: { path: absolutePath } });
const deletion = shape({ required: { path: absolutePath }, optional: { recursive: flag } });
const prefix = '/api/2.0/workspace';

/** Folders of the workspace tree. Answers repeat the prefix /Workspace when the request had it. */
export function folderRoutes(options: { readonly storage: Storage; readonly ids: Ids }): readonly Route[] {
  const { storage, ids } = options;
  return [
    route(`POST ${prefix}/mkdirs`, {
      body: pathOnly,
      async handle({ body }) {
        await storage.transaction((transaction) => makeFolder(transaction, normalizePath(body.path), ids));
        return {};
      },
    }),
    route(`GET ${prefix}/get-status`, {
      query: pathOnly,
      handle: ({ query }) => folderAnswer(existing(storage, query.path), query.path),
    }),
    route(`GET ${prefix}/list`, {
      query: pathOnly,
      handle({ query }) {
        const children = childFolders(storage, existing(storage, query.path).path);
        return children.length === 0 ? {} : { objects: children.map((child) => folderAnswer(child, query.path)) };
      },
    }),
    route(`POST ${prefix}/delete`, {
      body: deletion,
      async handle({ body, caller }) {
        await storage.transaction(async (transaction) => {
          const { path } = existing(storage, body.path);
          if (standardFolders(caller.userName).includes(path))
            throw invalidParameter(`path: ${path} cannot be deleted`);
          if (body.recursive !== true && childFolders(storage, path).length > 0) {
            throw new ApiError(400, 'DIRECTORY_NOT_EMPTY', `Folder (${body.path}) is not empty`);
          }
          for (const folder of storage.list('folder') as unknown as readonly Folder[]) {
            if (folder.path === path || folder.path.startsWith(`${path}/`))
              await transaction.remove('folder', folder.path);
          }
        });
        return {};
      },
    }),
  ];
}

function existing(storage: Storage, path: string): Folder {
  const folder = findFolder(storage, normalizePath(path));
  if (folder === undefined) throw resourceDoesNotExist(`Path (${path}) doesn't exist.`);
  return folder;
}

function folderAnswer(folder: Folder, asked: string): Answer {
  const prefixed = asked === '/Workspace' || asked.startsWith('/Workspace/');
  return {
    object_type: 'DIRECTORY',
    path: prefixed ? `/Workspace${folder.path}` : folder.path,
    object_id: folder.objectId,
    resource_id: String(folder.objectId),
  };
}
