import { ApiError, invalidParameter } from '../api/api-error.ts';
import { flag, integer, queryFlag, shape } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { permissionObjectOf } from '../permissions/entries.ts';
import type { Caller } from '../principals/caller.ts';
import type { Storage, Transaction } from '../storage/storage.ts';
import { keeperOf } from './file-keeper.ts';
import { isStandard } from './standard-folders.ts';
import { visibleChildren, visibleObject } from './visible-object.ts';
import type { WorkspaceFiles } from './workspace-files.ts';
import { isKept, objectAnswer } from './workspace-object.ts';
import type { WorkspaceObject } from './workspace-object.ts';
import { foldersAbove, workspacePath } from './workspace-path.ts';

const mkdirsBody = shape({ required: { path: workspacePath } });
const deletion = shape({ required: { path: workspacePath }, optional: { recursive: flag } });
const statusQuery = shape({
  required: { path: workspacePath },
  optional: { return_git_info: queryFlag, return_export_info: queryFlag },
});
const listQuery = shape({
  required: { path: workspacePath },
  optional: { notebooks_modified_after: integer({ min: 0 }), return_export_info: queryFlag },
});

export const workspacePrefix = '/api/2.0/workspace';

/** Folders, and what is in them. Answers repeat the prefix /Workspace when the request had it. */
export function treeRoutes(files: WorkspaceFiles): readonly Route[] {
  const { storage, tree } = files;
  return [
    route(`POST ${workspacePrefix}/mkdirs`, {
      body: mkdirsBody,
      async handle({ body, caller }) {
        await storage.transaction(async (transaction) =>
          makeFolders(files, transaction, { caller, path: body.path.path }),
        );
        return {};
      },
    }),
    route(`GET ${workspacePrefix}/get-status`, {
      query: statusQuery,
      handle: ({ query, caller }) => objectAnswer(visibleObject(files, caller, query.path), query.path.asked),
    }),
    route(`GET ${workspacePrefix}/list`, {
      query: listQuery,
      handle({ query, caller }) {
        const { asked, path } = query.path;
        const object = visibleObject(files, caller, query.path);
        const found = object.objectType === 'DIRECTORY' ? visibleChildren(files, caller, path) : [object];
        const objects = found.filter((child) => isWanted(child, query.notebooks_modified_after));
        return objects.length === 0 ? {} : { objects: objects.map((child) => objectAnswer(child, asked)) };
      },
    }),
    route(`POST ${workspacePrefix}/delete`, {
      body: deletion,
      async handle({ body, caller }) {
        await storage.transaction(async (transaction) => {
          const object = visibleObject(files, caller, { ...body.path, source: transaction });
          files.permissions.require(caller, 'CAN_MANAGE', permissionObjectOf(object));
          refuseDeletion(storage, object);
          const inside = tree.below(transaction, caller.workspaceId, object.path);
          if (body.recursive !== true && inside.length > 0) {
            throw new ApiError(400, 'DIRECTORY_NOT_EMPTY', `Folder (${body.path.asked}) is not empty`);
          }
          await removeAll(files, transaction, { caller, objects: [...inside.toReversed(), object] });
        });
        return {};
      },
    }),
  ];
}

function isWanted(object: WorkspaceObject, modifiedAfter: number | undefined): boolean {
  return modifiedAfter === undefined || object.objectType !== 'NOTEBOOK' || object.modifiedAt > modifiedAfter;
}

/** New folders need management of the one that they are made in ("Access control lists", folders). */
async function makeFolders(
  { tree, permissions }: WorkspaceFiles,
  transaction: Transaction,
  { caller, path }: { readonly caller: Caller; readonly path: string },
): Promise<void> {
  const { workspaceId } = caller;
  if (tree.find(transaction, workspaceId, path)?.objectType === 'DIRECTORY') return;
  const above = foldersAbove(path);
  const nearest = above
    .map((folder) => tree.find(transaction, workspaceId, folder))
    .find((folder) => folder !== undefined);
  if (nearest !== undefined) permissions.require(caller, 'CAN_MANAGE', permissionObjectOf(nearest));
  const missing = [path, ...above].filter((folder) => tree.find(transaction, workspaceId, folder) === undefined);
  for (const folder of missing.toReversed()) {
    const made = await tree.makeFolder(transaction, workspaceId, folder);
    await permissions.ownNew(transaction, caller, permissionObjectOf(made));
  }
  // A file at the path itself is in the way.
  await tree.makeFolder(transaction, workspaceId, path);
}

function refuseDeletion(storage: Storage, { path }: WorkspaceObject): void {
  if (isStandard(storage, path)) throw invalidParameter(`path: ${path} cannot be deleted`);
}

/** From the deepest up; what other rooms keep is let go by them. */
async function removeAll(
  { tree, keepers }: WorkspaceFiles,
  transaction: Transaction,
  { caller, objects }: { readonly caller: Caller; readonly objects: readonly WorkspaceObject[] },
): Promise<void> {
  for (const object of objects) {
    const keeper = isKept(object) ? keeperOf(keepers, object.path) : undefined;
    if (keeper === undefined) await tree.removeObject(transaction, caller.workspaceId, object.path);
    else await keeper.remove(transaction, { caller, object });
  }
}
