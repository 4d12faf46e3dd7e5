import { kindOf, type Address } from '../address.ts';
import type { Desired } from '../desired.ts';
import { kinds } from '../kinds/index.ts';
import type { Recorded } from '../recorded.ts';

/**
 * The part of what is wanted and recorded that tells about one address: the resource itself and what it needs directly. What
 * cannot be decided stays in it, since a plan that has any of that holds no delete.
 */
export function withNeeds(
  address: Address,
  { desired, recorded }: { readonly desired: Desired; readonly recorded: Recorded },
): { readonly desired: Desired; readonly recorded: Recorded } {
  const own = desired.resources.find((resource) => resource.address === address);
  const needs = own === undefined ? [] : kinds[kindOf(address)].edges(own.spec).map(({ to }) => to);
  const close = new Set([address, ...needs]);
  const resources = desired.resources.filter((resource) => close.has(resource.address));
  const known = new Set([...close, ...resources.flatMap(({ renamedFrom = address }) => renamedFrom)]);
  return {
    desired: { ...desired, resources, problems: [] },
    recorded: {
      ...recorded,
      resources: new Map([...recorded.resources].filter(([each]) => known.has(each))),
      intents: recorded.intents.filter((intent) => known.has(intent.address)),
    },
  };
}
