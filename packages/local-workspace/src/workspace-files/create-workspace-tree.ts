import { ApiError, resourceDoesNotExist } from '../api/api-error.ts';
import { dropEntries, permissionObjectOf } from '../permissions/entries.ts';
import { removeBlob, writeBlob } from '../storage/blob-table.ts';
import type { Document, Transaction } from '../storage/storage.ts';
import { indexBy } from '../unity/document-index.ts';
import type { Ids } from '../unity/ids.ts';
import { findStandardFolder, standardChildren, standardFolders } from './standard-folders.ts';
import { isKept } from './workspace-object.ts';
import type { WorkspaceObject } from './workspace-object.ts';
import { canonicalPath, isBelow, parentPath } from './workspace-path.ts';
import type { NewObject, TreeSource, WorkspaceTree } from './workspace-tree.ts';

interface TreeOptions {
  readonly ids: Ids;
  readonly clock: () => Date;
}

type Finders = Pick<WorkspaceTree, 'find' | 'children' | 'below' | 'findById' | 'findByResource' | 'requireFolder'>;

export function createWorkspaceTree(options: TreeOptions): WorkspaceTree {
  const finders = createFinders();
  return { ...finders, ...createChanges(options, finders) };
}

/** The key of an object's content in the blob table. */
export function blobOf(object: Pick<WorkspaceObject, 'workspaceId' | 'objectId'>): string {
  return `workspace ${object.workspaceId} ${object.objectId}`;
}

function createFinders(): Finders {
  const byParent = indexBy<WorkspaceObject>(({ workspaceId, path }) => keyOf(workspaceId, parentPath(path)));
  const byId = indexBy<WorkspaceObject>(({ workspaceId, objectId }) => `${workspaceId} ${objectId}`);
  const byResource = indexBy<WorkspaceObject>(({ workspaceId, resourceId }) => `${workspaceId} ${resourceId}`);
  const find: Finders['find'] = (source, workspaceId, path) =>
    (source.get('workspace_object', keyOf(workspaceId, path)) as WorkspaceObject | undefined) ??
    findStandardFolder(source, workspaceId, path);
  return {
    find,
    children(source, workspaceId, path) {
      const stored = byParent(objectsOf(source), keyOf(workspaceId, path));
      return byPath([...standardChildren(source, workspaceId, path), ...stored]);
    },
    below: (source, workspaceId, path) =>
      byPath(
        [...standardFolders(source, workspaceId), ...objectsOf(source)].filter(
          (object) => object.workspaceId === workspaceId && isBelow(object.path, path),
        ),
      ),
    findById: (source, workspaceId, objectId) =>
      byId(objectsOf(source), `${workspaceId} ${objectId}`)[0] ??
      standardFolders(source, workspaceId).find((folder) => folder.objectId === objectId),
    findByResource: (source, workspaceId, resourceId) =>
      byResource(objectsOf(source), `${workspaceId} ${resourceId}`).find(
        ({ objectId }) => String(objectId) !== resourceId,
      ),
    requireFolder(source, workspaceId, path) {
      const folder = find(source, workspaceId, canonicalPath(path));
      if (folder?.objectType !== 'DIRECTORY') throw pathMissing(path);
      return folder;
    },
  };
}

function createChanges(
  { ids, clock }: TreeOptions,
  { find }: Finders,
): Pick<WorkspaceTree, 'makeFolder' | 'putObject' | 'moveObject' | 'removeObject'> {
  const put = async (transaction: Transaction, object: WorkspaceObject): Promise<WorkspaceObject> => {
    await transaction.put('workspace_object', keyOf(object.workspaceId, object.path), { ...object });
    return object;
  };
  const makeFolder: WorkspaceTree['makeFolder'] = async (transaction, workspaceId, path) => {
    const known = find(transaction, workspaceId, path);
    if (known?.objectType === 'DIRECTORY') return known;
    if (known !== undefined) {
      throw new ApiError(400, 'RESOURCE_ALREADY_EXISTS', `Path (${path}) already exists and is not a directory.`);
    }
    await makeFolder(transaction, workspaceId, parentPath(path));
    const objectId = ids.integer();
    const times = { createdAt: clock().getTime(), modifiedAt: clock().getTime() };
    const folder = { workspaceId, path, objectType: 'DIRECTORY', objectId, resourceId: String(objectId), ...times };
    return put(transaction, folder as WorkspaceObject);
  };
  return {
    makeFolder,
    async putObject(transaction, workspaceId, { content, ...given }) {
      const known = find(transaction, workspaceId, given.path);
      const object = await put(
        transaction,
        changedObject({ workspaceId, given, known, ids, now: clock().getTime(), size: content.length }),
      );
      await writeBlob(transaction.connection, blobOf(object), content);
      return object;
    },
    async moveObject(transaction, workspaceId, { from, to }) {
      const object = find(transaction, workspaceId, from);
      if (object === undefined) throw pathMissing(from);
      if (from === to) return object;
      await transaction.remove('workspace_object', keyOf(workspaceId, from));
      return put(transaction, { ...object, path: to });
    },
    async removeObject(transaction, workspaceId, path) {
      const object = find(transaction, workspaceId, path);
      if (object === undefined) return;
      await transaction.remove('workspace_object', keyOf(workspaceId, path));
      if (object.objectType !== 'DIRECTORY') await removeBlob(transaction.connection, blobOf(object));
      if (!isKept(object)) await dropEntries(transaction, workspaceId, permissionObjectOf(object));
    },
  };
}

function changedObject(options: {
  readonly workspaceId: string;
  readonly given: Omit<NewObject, 'content'>;
  readonly known: WorkspaceObject | undefined;
  readonly ids: Ids;
  readonly now: number;
  readonly size: number;
}): WorkspaceObject {
  const { workspaceId, given, known, ids, now, size } = options;
  const objectId = known?.objectId ?? ids.integer();
  return {
    workspaceId,
    objectId,
    resourceId: known?.resourceId ?? String(objectId),
    createdAt: known?.createdAt ?? now,
    modifiedAt: now,
    size,
    ...given,
  };
}

export function pathMissing(path: string): ApiError {
  return resourceDoesNotExist(`Path (${path}) doesn't exist.`);
}

function objectsOf(source: TreeSource): readonly WorkspaceObject[] {
  return source.list('workspace_object') as readonly Document[] as unknown as readonly WorkspaceObject[];
}

function keyOf(workspaceId: string, path: string): string {
  return `${workspaceId} ${path}`;
}

function byPath(objects: readonly WorkspaceObject[]): readonly WorkspaceObject[] {
  return objects.toSorted((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
}
