import { createHash } from 'node:crypto';
import { findPrincipal, listPrincipals } from '../principals/principal.ts';
import type { Storage } from '../storage/storage.ts';
import type { WorkspaceObject } from './workspace-object.ts';
import { childPath, nameOf, parentPath } from './workspace-path.ts';

/**
 * Folders that every workspace has and nobody can delete: the root, `/Shared`, `/Users` and the home of each principal.
 * They are not stored, so that a principal or a second workspace has them from the start.
 */
export function findStandardFolder(
  source: Pick<Storage, 'get'>,
  workspaceId: string,
  path: string,
): WorkspaceObject | undefined {
  return isStandard(source, path) ? folderAt(workspaceId, path) : undefined;
}

export function isStandard(source: Pick<Storage, 'get'>, path: string): boolean {
  return ['/', '/Shared', '/Users'].includes(path) || homeOwner(source, path) !== undefined;
}

/** The standard folders right below a folder. */
export function standardChildren(
  source: Pick<Storage, 'list'>,
  workspaceId: string,
  path: string,
): readonly WorkspaceObject[] {
  if (path === '/') return [folderAt(workspaceId, '/Shared'), folderAt(workspaceId, '/Users')];
  if (path !== '/Users') return [];
  return listPrincipals(source).map(({ userName }) => folderAt(workspaceId, homeOf(userName)));
}

/** Every standard folder of a workspace. */
export function standardFolders(source: Pick<Storage, 'list'>, workspaceId: string): readonly WorkspaceObject[] {
  return [
    folderAt(workspaceId, '/'),
    ...standardChildren(source, workspaceId, '/'),
    ...standardChildren(source, workspaceId, '/Users'),
  ];
}

/** Service principals have theirs under the application id. */
export function homeOf(userName: string): string {
  return childPath('/Users', userName);
}

/** Whose home a path is. */
export function homeOwner(source: Pick<Storage, 'get'>, path: string): string | undefined {
  if (path === '/' || parentPath(path) !== '/Users') return undefined;
  const principal = findPrincipal(source, nameOf(path));
  return principal?.userName === nameOf(path) ? principal.userName : undefined;
}

function folderAt(workspaceId: string, path: string): WorkspaceObject {
  const digest = createHash('sha256').update(`${workspaceId} ${path}`).digest('hex');
  // The range of `Ids.integer`, so that clients that read doubles get the same digits back.
  const objectId = 2 ** 52 + Number.parseInt(digest.slice(0, 12), 16);
  return {
    workspaceId,
    path,
    objectType: 'DIRECTORY',
    objectId,
    resourceId: String(objectId),
    createdAt: 0,
    modifiedAt: 0,
  };
}
