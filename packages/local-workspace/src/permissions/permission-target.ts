import { invalidParameter, resourceDoesNotExist } from '../api/api-error.ts';
import type { Warehouses } from '../api/warehouses.ts';
import type { Storage } from '../storage/storage.ts';
import type { WorkspaceTree } from '../workspace-files/workspace-tree.ts';
import { permissionObjectOf } from './entries.ts';
import type { PermissionObject } from './entries.ts';
import type { PermissionType } from './level.ts';

export interface TargetServices {
  readonly storage: Storage;
  readonly tree: WorkspaceTree;
  readonly warehouses: Warehouses;
}

/** Types as paths name them; both spellings of warehouses are in use. */
const types: Readonly<Record<string, PermissionType>> = {
  alertsv2: 'alertsv2',
  dashboards: 'dashboards',
  directories: 'directories',
  files: 'files',
  notebooks: 'notebooks',
  warehouses: 'sql/warehouses',
  'sql/warehouses': 'sql/warehouses',
};

/** What answers call the type (section 7.3 of the API as the SDKs document it). */
export const answeredTypes: Readonly<Record<PermissionType, string>> = {
  alertsv2: 'alertv2',
  dashboards: 'dashboard',
  directories: 'directory',
  files: 'file',
  notebooks: 'notebook',
  'sql/warehouses': 'warehouses',
};

/** The object of a path: 400 for a type that there is not, 404 for an object that this workspace does not have. */
export function requireTarget(
  services: TargetServices,
  workspaceId: string,
  asked: { readonly type: string; readonly id: string },
): PermissionObject {
  const type = Object.hasOwn(types, asked.type) ? types[asked.type] : undefined;
  if (type === undefined) throw invalidParameter(`request_object_type: '${asked.type}' is not a type with permissions`);
  const object = { type, id: asked.id };
  if (!exists(services, workspaceId, object)) {
    throw resourceDoesNotExist(`${answeredTypes[type]} ${asked.id} does not exist.`);
  }
  return object;
}

function exists({ storage, tree, warehouses }: TargetServices, workspaceId: string, object: PermissionObject): boolean {
  if (object.type === 'sql/warehouses') return warehouses.find(object.id) !== undefined;
  if (object.type === 'alertsv2' || object.type === 'dashboards') {
    return tree.findByResource(storage, workspaceId, object.id) !== undefined;
  }
  const found = tree.findById(storage, workspaceId, Number(object.id));
  return found !== undefined && permissionObjectOf(found).type === object.type;
}
