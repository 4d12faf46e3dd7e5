import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';

export interface Folder {
  /** Without the prefix /Workspace and without a slash at the end; the root is `/`. */
  readonly path: string;
  readonly objectId: number;
}

/** Folders that every workspace has and nobody can delete. */
export function standardFolders(principal: string): readonly string[] {
  return ['/', '/Shared', '/Users', `/Users/${principal}`];
}

/** `/Workspace/Shared/x/` and `/Shared/x` are the same folder. */
export function normalizePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return `/${(parts[0] === 'Workspace' ? parts.slice(1) : parts).join('/')}`;
}

export function parentPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

export function findFolder(storage: Storage, path: string): Folder | undefined {
  return storage.get('folder', path) as Folder | undefined;
}

export function childFolders(storage: Storage, path: string): readonly Folder[] {
  const folders = storage.list('folder') as unknown as readonly Folder[];
  return folders.filter((folder) => folder.path !== '/' && parentPath(folder.path) === path);
}

/** Makes the folder and its parents; what exists is left as it is. */
export async function makeFolder(transaction: Transaction, path: string, ids: Ids): Promise<void> {
  if (transaction.get('folder', path) !== undefined) return;
  if (path !== '/') await makeFolder(transaction, parentPath(path), ids);
  const folder: Folder = { path, objectId: ids.integer() };
  await transaction.put('folder', path, folder as unknown as Document);
}
