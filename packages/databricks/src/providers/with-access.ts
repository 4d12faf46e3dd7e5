import {
  elementPath,
  isJsonArray,
  isJsonObject,
  listPathOf,
  workspaceLevels,
  type Applied,
  type Observation,
  type PresentObject,
  type Provider,
  type Spec,
} from '@dpo/core';
import { grantJson, type Access, type AccessTarget, type Grant } from './access.ts';
import { standing, withoutAsked } from './beside.ts';
import { throughLimit } from './through-limit.ts';
import { tryRead } from './try-read.ts';
import { written } from './write-outcome.ts';

/**
 * A provider whose objects also have `access` (W006). Nothing is asked and nothing sent where no spec has it. Requests, of
 * what has it: observe 1 more; create 2 more (write, look); an update of it 3 more (look, write, look) and the reads of an
 * observation where nothing else changes, 1 more again where a level on a workspace object is taken away.
 */
export function withAccess(base: Provider, access: Access, path: AccessPath = 'access'): Provider {
  const target = path === 'folder_access' ? folderOf : objectOf(base.kind);
  const part = partOf(path);

  async function seen(found: PresentObject, look: Access, signal: AbortSignal): Promise<Observation> {
    const tried = await tryRead(() => look.read(target(found), signal));
    // The object is there: whatever is said of its grants, it is not absent.
    if (tried.status === 'absent') return found;
    if (tried.status === 'failed') {
      const { address } = found.lookup;
      return { status: 'unreadable', lookup: found.lookup, problem: { ...tried.problem, address } };
    }
    return tried.value === undefined ? found : { ...found, fields: part.withGrants(found.fields, tried.value) };
  }

  async function applied(made: Applied, signal: AbortSignal): Promise<Applied> {
    const grants = await access.read(target(made), signal);
    return grants === undefined ? made : { ...made, fields: part.withGrants(made.fields, grants) };
  }

  /** Where it is put may be older: what others gave there is enough where it is as much, and is never ours. */
  async function joinPlace(made: Applied, wanted: readonly Grant[], signal: AbortSignal): Promise<Applied> {
    const there = (await access.read(target(made), signal)) ?? [];
    const own = wanted.flatMap((grant) => givenOver(grant, there));
    if (own.length > 0) await access.change(target(made), { add: own, remove: [] }, signal);
    return { ...made, fields: { ...made.fields, [path]: own.map((grant) => ({ ...grant })) } };
  }

  return {
    ...base,
    async *observe(lookups, context) {
      const later: PresentObject[] = [];
      yield* withoutAsked(base.observe(lookups, context), lookups, later);
      const look = access.once?.() ?? access;
      yield* throughLimit(later, context, (found, signal) => seen(found, look, signal));
    },
    create: async (request, context) => {
      const made = await base.create({ ...request, spec: part.without(request.spec) }, context);
      const add = part.grantsIn(request.spec);
      if (add.length === 0) return made;
      if (access.older === true) return written(() => joinPlace(made, add, context.signal));
      return written(async () => {
        await access.change(target(made), { add, remove: [] }, context.signal);
        return applied(made, context.signal);
      });
    },
    update: async (request, context) => {
      const { spec, mask } = request;
      const rest = mask.filter((each) => listPathOf(each) !== path);
      if (rest.length === mask.length) return base.update({ ...request, spec: part.without(spec) }, context);
      const { signal } = context;
      const made =
        rest.length === 0
          ? await standing({ base, without: (each) => part.without(each) }, request, context)
          : await base.update({ ...request, spec: part.without(spec), mask: rest }, context);
      return written(async () => {
        const wanted = part.grantsIn(spec);
        const now = (await access.read(target(made), signal)) ?? [];
        const changes = (to: string): boolean =>
          mask.some((each) => each === path || each.startsWith(`${elementPath(path, 'to', to)}.`));
        const add = wanted.filter(({ to }) => changes(to));
        // Spelt by the service in its own way perhaps.
        const spelt = mask.flatMap((each) => new RegExp(`^${path}\\[to=(.*)\\]\\.[^.]*$`, 'u').exec(each)?.[1] ?? []);
        const kept = new Set(wanted.map(({ to }) => to.toLowerCase()));
        const gone = new Set(spelt.map((to) => to.toLowerCase()).filter((to) => !kept.has(to)));
        const remove = now.filter(({ to }) => gone.has(to.toLowerCase())).map(({ to }) => to);
        if (add.length + remove.length > 0) await access.change(target(made), { add, remove }, signal);
        if (access.older === true) return { ...made, fields: { ...made.fields, [path]: spec[path] ?? [] } };
        return applied(made, signal);
      });
    },
  };
}

/** Where a spec has the grants on the object, and those on the folder that it is in. */
type AccessPath = 'access' | 'folder_access';

function objectOf(kind: Provider['kind']) {
  return ({ id, fields: { name, owner } }: Pick<PresentObject, 'id' | 'fields'>): AccessTarget => ({
    id: kind === 'view' && typeof name === 'string' ? name : id,
    ...(typeof owner === 'string' ? { owner } : {}),
  });
}

function folderOf({ fields: { parent_path: path } }: Pick<PresentObject, 'id' | 'fields'>): AccessTarget {
  if (typeof path !== 'string') throw new TypeError('an object without a folder');
  return { id: path };
}

/** The grant that is to be given: none where as much was given before; one that raises another says so. */
function givenOver(grant: Grant, there: readonly Grant[]): readonly (Grant & { readonly over?: string })[] {
  const before = there.find(({ to }) => to.toLowerCase() === grant.to.toLowerCase());
  if (before === undefined) return [grant];
  const rank = (level: string): number => workspaceLevels.findIndex((each) => each === level);
  return rank(before.level) >= rank(grant.level) ? [] : [{ ...grant, over: before.level }];
}

/** The part of a spec that says who may what. */
function partOf(path: AccessPath) {
  return {
    /** The spec that the provider of the object itself knows. */
    without({ [path]: _access, ...spec }: Spec): Spec {
      return spec;
    },
    withGrants(fields: Spec, grants: readonly Grant[]): Spec {
      return { ...fields, [path]: grants.map(grantJson) };
    },
    grantsIn({ [path]: access }: Spec): readonly Grant[] {
      if (!isJsonArray(access)) return [];
      return access.flatMap((each) => {
        if (!isJsonObject(each) || typeof each['to'] !== 'string' || typeof each['level'] !== 'string') return [];
        return [{ to: each['to'], level: each['level'] }];
      });
    },
  };
}
