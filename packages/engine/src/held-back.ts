import { equalJson, kindOf, kinds, operationsOf, type Address, type Op, type Plan } from '@dpo/core';

/** How an operation is carried out by this run, and what to say about it. */
export interface Held {
  readonly op: Op;
  readonly note?: string;
}

/**
 * For a run that does not wait: what reads a view that is without metrics is made as it is to be until then, and the next plan
 * after it has some lets it go on (W013). `pending` grows while the run goes on: monitors whose first refresh has not ended.
 */
export function createHoldBack(plan: Plan, pending: ReadonlySet<Address>): (op: Op) => Held {
  const monitorsOf = new Map(
    operationsOf(plan).map(({ address, needs }): [Address, readonly Address[]] => [
      address,
      needs.filter(({ need }) => need === 'ready').map((need) => need.address),
    ]),
  );
  // As soon as the monitor of one table is ready, or failed, a view is ready too: one that is slow holds up no other.
  const readsNothing = (view: Address): boolean => {
    const monitors = monitorsOf.get(view) ?? [];
    return monitors.length > 0 && monitors.every((address) => pending.has(address));
  };
  return (op) => {
    const { untilReady } = kinds[kindOf(op.address)];
    if (untilReady === undefined || op.spec === undefined) return { op };
    const spec = untilReady.spec(op.spec);
    if (equalJson(spec, op.spec) || !op.needs.some(({ address }) => readsNothing(address))) return { op };
    return { op: { ...op, spec }, note: untilReady.note };
  };
}
