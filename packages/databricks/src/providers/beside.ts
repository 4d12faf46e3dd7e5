import {
  kinds,
  type Address,
  type Applied,
  type Lookup,
  type Observation,
  type PresentObject,
  type Provider,
  type ReadContext,
  type Spec,
  type UpdateRequest,
  type WriteContext,
} from '@dpo/core';

/** What a provider does without the grants that another one adds to it. */
export interface Beside {
  readonly base: Provider;
  /** The spec that the provider of the object itself knows. */
  readonly without: (spec: Spec) => Spec;
}

/** Passes on what nobody asks the grants of, and puts the rest into `asked`. */
export async function* withoutAsked(
  found: AsyncIterable<Observation>,
  lookups: readonly Lookup[],
  asked: PresentObject[],
): AsyncIterable<Observation> {
  const byAddress = new Map<Address, Lookup>(lookups.map((lookup) => [lookup.address, lookup]));
  for await (const each of found) {
    if (each.status === 'present' && byAddress.get(each.lookup.address)?.access === true) asked.push(each);
    else yield each;
  }
}

/** What stands, where nothing but grants change. */
export async function standing(
  { base, without }: Beside,
  { address, id, spec }: UpdateRequest,
  context: WriteContext,
): Promise<Applied> {
  const recorded = { version: 1, id, status: 'ok', applied: {}, out: {}, needs: [] } as const;
  const lookup = kinds[base.kind].lookup(address, without(spec), recorded);
  const limit: ReadContext['limit'] = async (work) => work();
  for await (const found of base.observe([lookup], { ...context, limit })) {
    if (found.status === 'present') return { id: found.id, fields: found.fields, out: found.out };
  }
  return base.update({ address, id, spec: without(spec), mask: [] }, context);
}
