import type { JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectsField, textField } from './fields.ts';

/** Types of workspace objects as the paths of the permissions API name them. */
export type PermissionType = 'alertsv2' | 'dashboards' | 'directories';

export interface PermissionTarget {
  readonly type: PermissionType;
  readonly id: string;
}

/** The level that one principal was given on the object itself. */
export interface Permission {
  readonly kind: 'user_name' | 'group_name' | 'service_principal_name';
  readonly name: string;
  readonly level: string;
}

const kinds = ['user_name', 'group_name', 'service_principal_name'] as const;

/** What was given directly; what a folder or a role gives is left out. */
export async function getPermissions(
  client: Client,
  target: PermissionTarget,
  signal?: AbortSignal,
): Promise<readonly Permission[]> {
  const { body } = await client.send({ method: 'GET', path: pathOf(target), signal });
  return permissionsIn(body);
}

/** One level a principal: the last one counts. Nothing is said of who is not named, and nothing can be taken away so. */
export async function addPermissions(
  client: Client,
  { target, entries }: { readonly target: PermissionTarget; readonly entries: readonly Permission[] },
  signal?: AbortSignal,
): Promise<readonly Permission[]> {
  return write(client, { method: 'PATCH', target, entries }, signal);
}

/** All that is given directly: who is not named has nothing any more. */
export async function setPermissions(
  client: Client,
  { target, entries }: { readonly target: PermissionTarget; readonly entries: readonly Permission[] },
  signal?: AbortSignal,
): Promise<readonly Permission[]> {
  return write(client, { method: 'PUT', target, entries }, signal);
}

/** Names do not say what they are: an address is a person, an id a service principal, anything else a group. */
export function permissionTo(name: string, level: string): Permission {
  if (name.includes('@')) return { kind: 'user_name', name, level };
  const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(name);
  return { kind: isId ? 'service_principal_name' : 'group_name', name, level };
}

interface Write {
  readonly method: 'PATCH' | 'PUT';
  readonly target: PermissionTarget;
  readonly entries: readonly Permission[];
}

async function write(
  client: Client,
  { method, target, entries }: Write,
  signal?: AbortSignal,
): Promise<readonly Permission[]> {
  const lines = entries.map(({ kind, name, level }) => ({ [kind]: name, permission_level: level }));
  const body = { access_control_list: lines };
  const answer = await client.send({ method, path: pathOf(target), body, effect: 'idempotent', signal });
  return permissionsIn(answer.body);
}

function pathOf({ type, id }: PermissionTarget): string {
  return `/api/2.0/permissions/${type}/${segment(id)}`;
}

function permissionsIn(body: JsonObject): readonly Permission[] {
  return objectsField(body, 'access_control_list').flatMap((line) => {
    const kind = kinds.find((each) => textField(line, each) !== undefined);
    const direct = objectsField(line, 'all_permissions').filter((each) => each['inherited'] !== true);
    const level = direct.map((each) => textField(each, 'permission_level')).find((each) => each !== undefined);
    return kind === undefined || level === undefined ? [] : [{ kind, name: textField(line, kind) ?? '', level }];
  });
}
