import {
  interruptedCreates,
  kindOf,
  kinds,
  operationsOf,
  lookupById,
  type Address,
  type Desired,
  type Lookup,
  type Op,
  type Plan,
  type Recorded,
  type RecordedResource,
} from '@dpo/core';

/**
 * How to find every address that a plan decides about: those wanted, those recorded and those that an interrupted run
 * was creating. To destroy is to find what the
 * state knows, even where the name stands for another object by now.
 */
export function planLookups(desired: Desired, recorded: Recorded, mode: Plan['mode']): ReadonlyMap<Address, Lookup> {
  const lookups = recordedLookups(recorded, [...recorded.resources.keys()]);
  for (const { address, id } of interruptedCreates(recorded)) lookups.set(address, lookupById(address, id));
  for (const { address, spec } of desired.resources) {
    const known = recorded.resources.get(address);
    if (known === undefined || mode === 'apply')
      lookups.set(address, confirmed(kinds[kindOf(address)].lookup(address, spec, known), known));
  }
  return lookups;
}

/** How to find the recorded objects whose names stand for other objects by now: a table was dropped or renamed. */
export function previousLookups(desired: Desired, recorded: Recorded): ReadonlyMap<Address, Lookup> {
  const renewed = desired.resources.filter(({ address, spec }) => {
    const { identity } = kinds[kindOf(address)];
    const known = recorded.resources.get(address);
    return (
      identity !== undefined &&
      known !== undefined &&
      known.status !== 'replacing:deleted' &&
      known.applied[identity] !== spec[identity]
    );
  });
  return recordedLookups(
    recorded,
    renewed.map(({ address }) => address),
  );
}

/** How to find what a plan is about to change: the operations that carry a guard. */
export function guardLookups(plan: Plan, recorded: Recorded): ReadonlyMap<Address, Lookup> {
  return lookupsOf(plan, 'guard', ({ address, renamed_from: former = address, spec, id }) =>
    spec === undefined && !recorded.resources.has(former)
      ? lookupById(address, id)
      : kinds[kindOf(address)].lookup(address, spec, recorded.resources.get(former) ?? identified(id)),
  );
}

/** How to find what a replace by identity deletes: the object with its id, whatever is behind the name now. */
export function previousGuardLookups(plan: Plan): ReadonlyMap<Address, Lookup> {
  return lookupsOf(plan, 'previous_guard', ({ address, id }) => lookupById(address, id));
}

function lookupsOf(
  plan: Plan,
  guard: 'guard' | 'previous_guard',
  lookup: (op: Op) => Lookup,
): ReadonlyMap<Address, Lookup> {
  const guarded = operationsOf(plan).filter((op) => op[guard] !== undefined);
  return new Map(guarded.map((op): [Address, Lookup] => [op.address, lookup(op)]));
}

function recordedLookups(recorded: Recorded, addresses: readonly Address[]): Map<Address, Lookup> {
  return new Map(
    addresses.map((address): [Address, Lookup] => {
      const known = recorded.resources.get(address);
      return [address, confirmed(kinds[kindOf(address)].lookup(address, undefined, known), known)];
    }),
  );
}

/** Of the very object that the state says to exist; a table dropped and made again is expected to have none. */
function confirmed(lookup: Lookup, known: RecordedResource | undefined): Lookup {
  const same = known?.status === 'ok' && (lookup.by === 'name' || lookup.id === known.id);
  return same ? { ...lookup, recorded: true } : lookup;
}

/** What is still to be made has no id; its spec tells how to find it. */
function identified(id: string | undefined): RecordedResource | undefined {
  return id === undefined ? undefined : { version: 1, id, status: 'ok', applied: {}, out: {}, needs: [] };
}
