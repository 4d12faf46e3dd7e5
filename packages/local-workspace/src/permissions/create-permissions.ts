import { ApiError } from '../api/api-error.ts';
import type { Caller } from '../principals/caller.ts';
import { findPrincipal } from '../principals/principal.ts';
import type { Storage } from '../storage/storage.ts';
import { homeOwner } from '../workspace-files/standard-folders.ts';
import type { WorkspaceObject } from '../workspace-files/workspace-object.ts';
import { foldersAbove } from '../workspace-files/workspace-path.ts';
import type { WorkspaceTree } from '../workspace-files/workspace-tree.ts';
import { directEntries, permissionObjectOf, putEntries } from './entries.ts';
import type { Entry, Grantee, PermissionObject } from './entries.ts';
import { highest, includes } from './level.ts';
import type { HeldLevel, Permissions } from './permissions.ts';

interface PermissionOptions {
  readonly storage: Storage;
  readonly tree: WorkspaceTree;
  /** Owner of what every workspace has from the start. */
  readonly owner: Grantee;
}

/** The group of everybody in the workspace, and that of its administrators. */
export const allUsers: Grantee = { kind: 'group', name: 'users' };
export const admins: Grantee = { kind: 'group', name: 'admins' };

export function createPermissions(options: PermissionOptions): Permissions {
  const held: Permissions['held'] = (workspaceId, object) =>
    object.type === 'sql/warehouses'
      ? warehouseRights(options, workspaceId, object)
      : fileRights(options, workspaceId, object);
  const levelOf: Permissions['levelOf'] = (caller, object) => {
    if (caller.kind === 'system') return 'CAN_MANAGE';
    const mine = held(caller.workspaceId, object).filter(({ grantee }) => isFor(caller, grantee));
    return highest(
      object.type,
      mine.map(({ level }) => level),
    );
  };
  const allows: Permissions['allows'] = (caller, level, object) =>
    includes(object.type, levelOf(caller, object), level);
  return {
    held,
    levelOf,
    allows,
    require(caller, level, object) {
      if (allows(caller, level, object)) return;
      const right = { CAN_READ: 'View', CAN_VIEW: 'View', CAN_RUN: 'Run', CAN_USE: 'Use', CAN_EDIT: 'Edit' };
      const name = Object.entries(right).find(([key]) => key === level)?.[1] ?? 'Manage';
      throw new ApiError(
        403,
        'PERMISSION_DENIED',
        `${caller.userName} does not have ${name} permissions on ${objectPath(object)}. Please contact the owner or an administrator for access.`,
      );
    },
    async ownNew(transaction, caller, object) {
      const grantee = granteeOf(caller);
      if (grantee === undefined) return;
      const entries = directEntries(transaction, caller.workspaceId, object) ?? [];
      const own: Entry = { grantee, level: 'CAN_MANAGE' };
      await putEntries(transaction, caller.workspaceId, { object, entries: [...entries, own] });
    },
  };
}

/** `/dashboards/<id>`, as `object_id` and `inherited_from_object` write it. */
export function objectPath({ type, id }: PermissionObject): string {
  return `/${type}/${id}`;
}

export function granteeOf(caller: Pick<Caller, 'kind' | 'userName'>): Grantee | undefined {
  return caller.kind === 'system' ? undefined : { kind: caller.kind, name: caller.userName };
}

/** A user or service principal by the name that owners and creators are kept under. */
export function granteeNamed(source: Pick<Storage, 'get'>, userName: string): Grantee {
  const kind = findPrincipal(source, userName)?.kind === 'service_principal' ? 'service_principal' : 'user';
  return { kind, name: userName };
}

/** Whether what the grantee was given counts for the caller. */
export function isFor(caller: Caller, grantee: Grantee): boolean {
  if (grantee.kind !== 'group') return grantee.name.toLowerCase() === caller.userName.toLowerCase();
  if (grantee.name === allUsers.name) return true;
  return (grantee.name === admins.name && caller.admin) || caller.groups.includes(grantee.name);
}

function fileRights(
  { storage, tree }: PermissionOptions,
  workspaceId: string,
  object: PermissionObject,
): readonly HeldLevel[] {
  const place = placeOf(tree, storage, { workspaceId, object });
  const above = place === undefined ? [] : foldersAbove(place.path);
  const inherited = above.flatMap((path) => {
    const folder = tree.find(storage, workspaceId, path);
    if (folder === undefined) return [];
    return ownRights(storage, folder, permissionObjectOf(folder)).map((right) => ({
      ...right,
      from: objectPath(permissionObjectOf(folder)),
    }));
  });
  // Without the id of the root, as recorded (databricks/cli `libs/testserver/permissions.go`, alerts on a cloud workspace).
  const ofAdmins: HeldLevel = { grantee: admins, level: 'CAN_MANAGE', from: '/directories/' };
  const own =
    place === undefined ? (directEntries(storage, workspaceId, object) ?? []) : ownRights(storage, place, object);
  // Everybody finds his way to his home, but sees nothing else on the way.
  const seen: readonly HeldLevel[] =
    place?.path === '/' || place?.path === '/Users' ? [{ grantee: allUsers, level: 'CAN_READ' }] : [];
  return [...own, ...seen, ...inherited, ofAdmins];
}

/** What was given on an object of the tree itself, with what its place gives by itself. */
function ownRights(storage: Storage, place: WorkspaceObject, object: PermissionObject): readonly HeldLevel[] {
  const direct = directEntries(storage, place.workspaceId, object) ?? [];
  if (place.path === '/Shared') return [...direct, { grantee: allUsers, level: 'CAN_MANAGE', isFixed: true }];
  const owner = homeOwner(storage, place.path);
  if (owner === undefined) return direct;
  const grantee = granteeNamed(storage, owner);
  // An owner keeps managing his home whatever was given to him there (databricks/cli `libs/testserver/permissions.go`).
  return [...direct.filter((entry) => entry.grantee.name !== owner), { grantee, level: 'CAN_MANAGE', isFixed: true }];
}

function placeOf(
  tree: WorkspaceTree,
  storage: Storage,
  { workspaceId, object }: { readonly workspaceId: string; readonly object: PermissionObject },
): WorkspaceObject | undefined {
  return object.type === 'dashboards' || object.type === 'alertsv2'
    ? tree.findByResource(storage, workspaceId, object.id)
    : tree.findById(storage, workspaceId, Number(object.id));
}

function warehouseRights(
  { storage, owner }: PermissionOptions,
  workspaceId: string,
  object: PermissionObject,
): readonly HeldLevel[] {
  const initial: readonly Entry[] = [
    { grantee: owner, level: 'IS_OWNER' },
    { grantee: allUsers, level: 'CAN_USE' },
  ];
  const ofAdmins: HeldLevel = { grantee: admins, level: 'CAN_MANAGE', from: '/sql/warehouses/' };
  return [...(directEntries(storage, workspaceId, object) ?? initial), ofAdmins];
}
