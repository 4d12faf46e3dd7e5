import { kindOf, kinds, type Address, type Desired, type Lookup, type Plan, type Recorded } from '@dpo/core';

/** How to find every address that a plan decides about: those wanted and those recorded. */
export function planLookups(desired: Desired, recorded: Recorded): ReadonlyMap<Address, Lookup> {
  const lookups = new Map<Address, Lookup>();
  for (const [address, resource] of recorded.resources) {
    lookups.set(address, kinds[kindOf(address)].lookup(address, undefined, resource));
  }
  for (const { address, spec } of desired.resources) {
    lookups.set(address, kinds[kindOf(address)].lookup(address, spec, recorded.resources.get(address)));
  }
  return lookups;
}

/** How to find what a plan is about to change: the operations that carry a guard. */
export function guardLookups(plan: Plan, recorded: Recorded): ReadonlyMap<Address, Lookup> {
  const guarded = plan.ops.filter((op) => op.guard !== undefined);
  return new Map(
    guarded.map(({ address, spec }): [Address, Lookup] => [
      address,
      kinds[kindOf(address)].lookup(address, spec, recorded.resources.get(address)),
    ]),
  );
}
