import { isOneOf, type JsonObject, type Principal } from '@dpo/core';
import { addPermissions, getPermissions, permissionTo, setPermissions } from '../api/object-permissions.ts';
import type { PermissionType } from '../api/object-permissions.ts';
import { getStatus } from '../api/workspace.ts';
import { changeTableGrants, listTableGrants } from '../api/table-grants.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';

/** Who may do what, as specs have it. */
export interface Grant {
  readonly to: string;
  readonly level: string;
}

export interface AccessChange {
  readonly add: readonly Grant[];
  /** Principals that lose what they were given on the object itself. */
  readonly remove: readonly string[];
}

/** The object of a spec whose access is meant. */
export interface AccessTarget {
  /** Full name of a view, id of anything else. */
  readonly id: string;
  readonly owner?: string | undefined;
}

/** Grants on one kind of object. `read` gives `undefined` where this identity may not see them all. */
export interface Access {
  read(target: AccessTarget, signal: AbortSignal): Promise<readonly Grant[] | undefined>;
  change(target: AccessTarget, change: AccessChange, signal: AbortSignal): Promise<void>;
  /** It is about where an object is put, which may be older: only what was really given is told. */
  readonly older?: true;
  /** The same for one look at many objects, some of which share what they are asked about. */
  once?(): Access;
}

/** SELECT on tables and views: one request each. */
export function tableAccess(client: Client, me: Principal | undefined): Access {
  return {
    read: async ({ id, owner }, signal) => {
      const found = await orHidden(() => listTableGrants(client, id, signal));
      if (found === undefined) return undefined;
      // Who sees what others have sees all of it; so does the owner.
      const whole =
        me === undefined ||
        (owner !== undefined && isOneOf(me, owner)) ||
        found.some(({ principal }) => !isOneOf(me, principal));
      if (!whole) return undefined;
      return found
        .filter(({ privileges }) => privileges.includes('SELECT'))
        .map(({ principal }) => ({ to: principal, level: 'SELECT' }));
    },
    change: async ({ id }, { add, remove }, signal) => {
      const changes = [
        ...add.map(({ to, level }) => ({ principal: to, add: [level] })),
        ...remove.map((principal) => ({ principal, remove: ['SELECT'] })),
      ];
      await changeTableGrants(client, { table: id, changes }, signal);
    },
  };
}

/** Levels on objects of the workspace: one request each, and a read before something is taken away. */
export function objectAccess(client: Client, type: PermissionType): Access {
  return {
    read: async ({ id }, signal) => {
      const found = await orHidden(() => getPermissions(client, { type, id }, signal));
      return found?.map(({ name, level }) => ({ to: name, level }));
    },
    change: async ({ id }, { add, remove }, signal) => {
      const target = { type, id };
      const given = add.map(({ to, level }) => permissionTo(to, level));
      if (remove.length === 0) {
        await addPermissions(client, { target, entries: given }, signal);
        return;
      }
      // Only a list of everything takes something away: what others gave is in it as it is now.
      const gone = new Set([...remove, ...given.map(({ name }) => name)].map((name) => name.toLowerCase()));
      const others = (await getPermissions(client, target, signal)).filter(({ name }) => !gone.has(name.toLowerCase()));
      await setPermissions(client, { target, entries: [...others, ...given] }, signal);
    },
  };
}

/** Levels on the folder with that path: two requests each, once for all objects of a look. */
export function folderAccess(client: Client): Access {
  const levels = objectAccess(client, 'directories');
  const folder = async (path: string, signal: AbortSignal): Promise<AccessTarget> => ({
    id: (await getStatus(client, path, signal)).objectId,
  });
  const access: Access = {
    older: true,
    read: async ({ id: path }, signal) => {
      const found = await orHidden(() => folder(path, signal));
      return found === undefined ? undefined : levels.read(found, signal);
    },
    change: async ({ id: path }, change, signal) => levels.change(await folder(path, signal), change, signal),
  };
  return {
    ...access,
    once: () => {
      const known = new Map<string, ReturnType<Access['read']>>();
      const read: Access['read'] = async (target, signal) => {
        const found = known.get(target.id) ?? access.read(target, signal);
        known.set(target.id, found);
        return found;
      };
      return { ...access, read };
    },
  };
}

/** A grant as a member of a spec. */
export function grantJson({ to, level }: Grant): JsonObject {
  return { to, level };
}

async function orHidden<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (apiCodeOf(error) !== 'API.FORBIDDEN') throw error;
    return undefined;
  }
}
