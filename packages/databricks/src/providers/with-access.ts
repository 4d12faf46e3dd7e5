import {
  elementPath,
  isJsonArray,
  isJsonObject,
  kinds,
  listPathOf,
  type Address,
  type Applied,
  type Lookup,
  type Observation,
  type PresentObject,
  type Provider,
  type Spec,
  type UpdateRequest,
  type WriteContext,
} from '@dpo/core';
import { grantJson, type Access, type AccessTarget, type Grant } from './access.ts';
import { throughLimit } from './through-limit.ts';
import { tryRead } from './try-read.ts';
import { written } from './write-outcome.ts';

/**
 * A provider whose objects also have `access` (W006). Nothing is asked and nothing sent where no spec has it. Requests, of
 * what has it: observe 1 more; create 2 more (write, look); an update of it 3 more (look, write, look) and the reads of an
 * observation where nothing else changes, 1 more again where a level on a workspace object is taken away.
 */
export function withAccess(base: Provider, access: Access): Provider {
  const target = ({ id, fields }: Pick<PresentObject, 'id' | 'fields'>): AccessTarget => {
    const { name, owner } = fields;
    const known = base.kind === 'view' && typeof name === 'string' ? name : id;
    return { id: known, ...(typeof owner === 'string' ? { owner } : {}) };
  };

  async function seen(found: PresentObject, signal: AbortSignal): Promise<Observation> {
    const tried = await tryRead(() => access.read(target(found), signal));
    // The object is there: whatever is said of its grants, it is not absent.
    if (tried.status === 'absent') return found;
    if (tried.status === 'failed') {
      const { address } = found.lookup;
      return { status: 'unreadable', lookup: found.lookup, problem: { ...tried.problem, address } };
    }
    return tried.value === undefined ? found : { ...found, fields: withGrants(found.fields, tried.value) };
  }

  async function applied(made: Applied, signal: AbortSignal): Promise<Applied> {
    const grants = await access.read(target(made), signal);
    return grants === undefined ? made : { ...made, fields: withGrants(made.fields, grants) };
  }

  /** What stands, where nothing but access changes. */
  async function standing({ address, id, spec }: UpdateRequest, context: WriteContext): Promise<Applied> {
    const recorded = { version: 1, id, status: 'ok', applied: {}, out: {}, needs: [] } as const;
    const lookup = kinds[base.kind].lookup(address, without(spec), recorded);
    const limit = async <T>(work: () => Promise<T>): Promise<T> => work();
    for await (const found of base.observe([lookup], { ...context, limit })) {
      if (found.status === 'present') return { id: found.id, fields: found.fields, out: found.out };
    }
    return base.update({ address, id, spec: without(spec), mask: [] }, context);
  }

  return {
    ...base,
    async *observe(lookups, context) {
      const asked = new Map<Address, Lookup>(lookups.map((lookup) => [lookup.address, lookup]));
      const later: PresentObject[] = [];
      for await (const found of base.observe(lookups, context)) {
        const wanted = asked.get(found.lookup.address)?.access === true;
        if (found.status === 'present' && wanted) later.push(found);
        else yield found;
      }
      yield* throughLimit(later, context, seen);
    },
    create: async (request, context) => {
      const made = await base.create({ ...request, spec: without(request.spec) }, context);
      const add = grantsIn(request.spec);
      if (add.length === 0) return made;
      return written(async () => {
        await access.change(target(made), { add, remove: [] }, context.signal);
        return applied(made, context.signal);
      });
    },
    update: async (request, context) => {
      const { spec, mask } = request;
      const rest = mask.filter((path) => listPathOf(path) !== 'access');
      if (rest.length === mask.length) return base.update({ ...request, spec: without(spec) }, context);
      const { signal } = context;
      const made =
        rest.length === 0
          ? await standing(request, context)
          : await base.update({ ...request, spec: without(spec), mask: rest }, context);
      return written(async () => {
        const wanted = grantsIn(spec);
        const now = (await access.read(target(made), signal)) ?? [];
        const changes = (to: string): boolean =>
          mask.some((path) => path === 'access' || path.startsWith(`${elementPath('access', 'to', to)}.`));
        const add = wanted.filter(({ to }) => changes(to));
        // Spelt by the service in its own way perhaps.
        const spelt = mask.flatMap((path) => /^access\[to=(.*)\]\.[^.]*$/u.exec(path)?.[1] ?? []);
        const kept = new Set(wanted.map(({ to }) => to.toLowerCase()));
        const gone = new Set(spelt.map((to) => to.toLowerCase()).filter((to) => !kept.has(to)));
        const remove = now.filter(({ to }) => gone.has(to.toLowerCase())).map(({ to }) => to);
        if (add.length + remove.length > 0) await access.change(target(made), { add, remove }, signal);
        return applied(made, signal);
      });
    },
  };
}

/** The spec that the provider of the object itself knows. */
function without({ access: _access, ...spec }: Spec): Spec {
  return spec;
}

function withGrants(fields: Spec, grants: readonly Grant[]): Spec {
  return { ...fields, access: grants.map(grantJson) };
}

function grantsIn({ access }: Spec): readonly Grant[] {
  if (!isJsonArray(access)) return [];
  return access.flatMap((each) => {
    if (!isJsonObject(each) || typeof each['to'] !== 'string' || typeof each['level'] !== 'string') return [];
    return [{ to: each['to'], level: each['level'] }];
  });
}
