import { everyone } from '../access/create-access.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { invalidParameter, resourceDoesNotExist } from '../api/api-error.ts';
import type { Caller } from '../principals/caller.ts';
import { listGroups } from '../principals/known-principals.ts';
import { findPrincipal } from '../principals/principal.ts';
import type { Storage } from '../storage/storage.ts';
import { admins, allUsers, granteeOf, isFor } from './create-permissions.ts';
import type { Entry, Grantee, PermissionObject } from './entries.ts';
import { levelsOf } from './level.ts';
import type { Permissions } from './permissions.ts';

/** One line of a request: exactly one of the three names, and a level. */
export interface AskedEntry {
  readonly user_name?: string;
  readonly group_name?: string;
  readonly service_principal_name?: string;
  readonly permission_level: string;
}

export interface EntryChange {
  readonly caller: Caller;
  readonly object: PermissionObject;
  readonly asked: readonly AskedEntry[];
}

/** The entries that a request asks for, each checked; of several for one principal the last counts. */
export function askedEntries(source: Pick<Storage, 'get' | 'list'>, { object, asked }: EntryChange): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const [index, line] of asked.entries()) {
    const level = levelsOf(object.type).find((known) => known === line.permission_level);
    if (level === undefined) {
      throw invalidParameter(
        `access_control_list[${index}].permission_level: '${line.permission_level}' is not one of ${levelsOf(object.type).join(', ')}`,
      );
    }
    const grantee = knownGrantee(source, line);
    entries.set(keyOf(grantee), { grantee, level });
  }
  return [...entries.values()];
}

/** PATCH: what was asked for in place of what the same principals had. */
export function merged(present: readonly Entry[], asked: readonly Entry[]): readonly Entry[] {
  const changed = new Set(asked.map(({ grantee }) => keyOf(grantee)));
  return [...present.filter(({ grantee }) => !changed.has(keyOf(grantee))), ...asked];
}

/**
 * Whoever changes permissions keeps managing the object (terraform-provider-databricks adds the caller on every write):
 * what would take that from him is refused or put right. Warehouses have exactly one owner.
 */
export function settled(
  services: { readonly permissions: Permissions; readonly behaviour: Behaviour },
  { caller, object }: EntryChange,
  next: readonly Entry[],
): readonly Entry[] {
  if (object.type === 'sql/warehouses') {
    const owners = next.filter(({ level }) => level === 'IS_OWNER').length;
    if (owners !== 1) throw invalidParameter('The warehouse must have exactly one owner.');
    return next;
  }
  const mine = granteeOf(caller);
  const lasting = services.permissions
    .held(caller.workspaceId, object)
    .filter(({ from, isFixed }) => from !== undefined || isFixed === true);
  const manages = [...next, ...lasting].some(({ grantee, level }) => level === 'CAN_MANAGE' && isFor(caller, grantee));
  if (mine === undefined || manages) return next;
  if (services.behaviour.permission_own_management === 'refused') {
    throw invalidParameter(`access_control_list: ${caller.userName} cannot remove their own CAN_MANAGE permission`);
  }
  const others = next.filter(({ grantee }) => keyOf(grantee) !== keyOf(mine));
  return [...others, { grantee: mine, level: 'CAN_MANAGE' }];
}

function keyOf({ kind, name }: Grantee): string {
  return `${kind} ${name.toLowerCase()}`;
}

function knownGrantee(source: Pick<Storage, 'get' | 'list'>, line: AskedEntry): Grantee {
  if (line.group_name !== undefined) {
    const groups = [admins.name, allUsers.name, everyone, ...listGroups(source)];
    if (groups.includes(line.group_name)) return { kind: 'group', name: line.group_name };
    throw resourceDoesNotExist(`Principal: GroupName(${line.group_name}) does not exist`);
  }
  const kind = line.user_name === undefined ? 'service_principal' : 'user';
  const name = line.user_name ?? line.service_principal_name ?? '';
  const found = findPrincipal(source, name);
  if (found?.kind === kind) return { kind, name: found.userName };
  // Text recorded in terraform-provider-databricks issues about permissions.
  const type = kind === 'user' ? 'UserName' : 'ServicePrincipalName';
  throw resourceDoesNotExist(`Principal: ${type}(${name}) does not exist`);
}
