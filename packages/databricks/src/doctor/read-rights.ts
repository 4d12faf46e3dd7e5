import {
  isDpoError,
  isOneOf,
  keyOf,
  parentsOf,
  type Assignment,
  type JsonObject,
  type Principal,
  type ReadContext,
  type Rights,
  type RightsBySecurable,
  type Securable,
} from '@dpo/core';
import { objectsField, textField } from '../api/fields.ts';
import { allPages } from '../api/paging.ts';
import { apiCodeOf, isSignInFailure } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';

const prefix = '/api/2.1/unity-catalog';
const collections = { catalog: 'catalogs', schema: 'schemas', table: 'tables', volume: 'volumes' } as const;

/** Who is in more groups than that is not asked about each of them. */
const mostGroups = 30;

export interface RightsRequest {
  readonly securables: readonly Securable[];
  readonly me: Principal;
}

/**
 * Owner and grants of objects and of what is above them, as this identity may see them: two requests an object. Nothing
 * is thrown for one object. Only what the identity is known to see whole is `complete`.
 */
export async function readRights(
  client: Client,
  { securables, me }: RightsRequest,
  context: ReadContext,
): Promise<RightsBySecurable> {
  const all = new Map(securables.flatMap((one) => [one, ...parentsOf(one)]).map((one) => [keyOf(one), one]));
  const entries = await Promise.all(
    [...all].map(
      async ([key, securable]) =>
        [key, await context.limit(() => rightsOf(client, { securable, me }, context))] as const,
    ),
  );
  return new Map(entries);
}

/**
 * Asks about each group of the identity as well, for objects where something seems to lack: whoever neither owns nor
 * manages an object may be shown only what was granted to himself (corrections, 16). One request a group and object.
 */
export async function completeRights(
  client: Client,
  { rights, securables, me }: RightsRequest & { readonly rights: RightsBySecurable },
  context: ReadContext,
): Promise<RightsBySecurable> {
  const asked = await Promise.all(
    securables.map(async (securable) => {
      const known = rights.get(keyOf(securable));
      if (known?.status !== 'present' || known.complete || me.groups.length > mostGroups) return undefined;
      const more = await Promise.all(
        [me.userName, ...me.groups].map((group) =>
          context.limit(() => grantsTo(client, { securable, principal: group }, context)),
        ),
      );
      const seen = more.flatMap((one) => one ?? []);
      const assignments = [...known.assignments, ...seen];
      return [keyOf(securable), { ...known, assignments, complete: !more.includes(undefined) }] as const;
    }),
  );
  return new Map([...rights, ...asked.filter((entry) => entry !== undefined)]);
}

interface One {
  readonly securable: Securable;
  readonly me: Principal;
}

async function rightsOf(client: Client, { securable, me }: One, context: ReadContext): Promise<Rights> {
  const { signal } = context;
  try {
    const path = `${prefix}/${collections[securable.type]}/${segment(securable.name)}`;
    const { body } = await client.send({ method: 'GET', path, query: { include_browse: 'true' }, signal });
    const grants = await grantsOn(client, { securable }, signal);
    const owner = textField(body, 'owner');
    const others = grants?.some(({ principal }) => !isOneOf(me, principal)) === true;
    return { status: 'present', owner, assignments: grants ?? [], complete: others };
  } catch (error) {
    if (isSignInFailure(error) || !isDpoError(error)) throw error;
    if (apiCodeOf(error) === 'API.NOT_FOUND') return { status: 'absent' };
    return { status: 'unreadable', reason: error.problems[0]?.message ?? 'it cannot be read' };
  }
}

/** `undefined`: this identity may not ask. */
async function grantsOn(
  client: Client,
  { securable, principal }: { readonly securable: Securable; readonly principal?: string },
  signal: AbortSignal,
): Promise<readonly Assignment[] | undefined> {
  const path = `${prefix}/effective-permissions/${securable.type}/${segment(securable.name)}`;
  const query = { max_results: '0', ...(principal === undefined ? {} : { principal }) };
  try {
    return (await allPages(client, { path, query, key: 'privilege_assignments', signal })).map(assignmentIn);
  } catch (error) {
    if (apiCodeOf(error) !== 'API.FORBIDDEN') throw error;
    return undefined;
  }
}

/** A group of the workspace alone is unknown to Unity Catalog and can hold nothing. */
async function grantsTo(
  client: Client,
  { securable, principal }: { readonly securable: Securable; readonly principal: string },
  { signal }: ReadContext,
): Promise<readonly Assignment[] | undefined> {
  try {
    return await grantsOn(client, { securable, principal }, signal);
  } catch (error) {
    if (!isDpoError(error) || isSignInFailure(error)) throw error;
    return apiCodeOf(error) === 'API.NOT_FOUND' ? [] : undefined;
  }
}

function assignmentIn(body: JsonObject): Assignment {
  const privileges = objectsField(body, 'privileges').flatMap((one) => textField(one, 'privilege') ?? []);
  return { principal: textField(body, 'principal') ?? '', privileges };
}
