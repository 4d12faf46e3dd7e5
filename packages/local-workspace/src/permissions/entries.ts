import type { Document, Storage, Transaction } from '../storage/storage.ts';
import { isKept } from '../workspace-files/workspace-object.ts';
import type { WorkspaceObject } from '../workspace-files/workspace-object.ts';
import type { Level, PermissionType } from './level.ts';

/** Who a permission is given to. */
export interface Grantee {
  readonly kind: 'user' | 'group' | 'service_principal';
  readonly name: string;
}

export interface Entry {
  readonly grantee: Grantee;
  readonly level: Level;
}

/** An object of one workspace that permissions are given on; `id` as in the path of the API. */
export interface PermissionObject {
  readonly type: PermissionType;
  readonly id: string;
}

/** What was given on the object itself; `undefined`: nobody has ever changed it. */
export function directEntries(
  source: Pick<Storage, 'get'>,
  workspaceId: string,
  object: PermissionObject,
): readonly Entry[] | undefined {
  return source.get('permission', keyOf(workspaceId, object))?.['entries'] as readonly Entry[] | undefined;
}

export async function putEntries(
  transaction: Transaction,
  workspaceId: string,
  changed: { readonly object: PermissionObject; readonly entries: readonly Entry[] },
): Promise<void> {
  const { object, entries } = changed;
  const document: Document = { workspaceId, ...object, entries };
  await transaction.put('permission', keyOf(workspaceId, object), document);
}

/** Permissions end with their object. */
export async function dropEntries(
  transaction: Transaction,
  workspaceId: string,
  object: PermissionObject,
): Promise<void> {
  const key = keyOf(workspaceId, object);
  if (transaction.get('permission', key) !== undefined) await transaction.remove('permission', key);
}

/** How the permissions API names an entry of the tree. Dashboards and alerts go by the id of their own API. */
export function permissionObjectOf(object: WorkspaceObject): PermissionObject {
  switch (object.objectType) {
    case 'DIRECTORY':
      return { type: 'directories', id: String(object.objectId) };
    case 'NOTEBOOK':
      return { type: 'notebooks', id: String(object.objectId) };
    case 'DASHBOARD':
      return { type: 'dashboards', id: object.resourceId };
    case 'FILE':
      return { type: isKept(object) ? 'alertsv2' : 'files', id: object.resourceId };
  }
}

function keyOf(workspaceId: string, { type, id }: PermissionObject): string {
  return `${workspaceId} ${type} ${id}`;
}
