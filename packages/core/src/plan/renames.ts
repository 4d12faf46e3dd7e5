import { kindOf, type Address } from '../address.ts';
import type { Desired } from '../desired.ts';
import type { PlanMode } from '../plan-file.ts';
import type { Problem } from '../problem.ts';
import type { Recorded, RecordedResource } from '../recorded.ts';

export interface Renames {
  /** The state as the config names things: what stands under a former address is found under the present one. */
  readonly recorded: Recorded;
  /** Present address → former one, of what the state still knows by its former one. */
  readonly former: ReadonlyMap<Address, Address>;
  /** Names that cannot have been changed, since the former one is still in use. */
  readonly problems: readonly Problem[];
}

/**
 * Objects whose invented name changed keep what they are (engine 1.13). A rename counts for as long as the state knows
 * only the former address; after that `renamed_from` means nothing and may stay in the config. A destroy goes by the
 * addresses of the state.
 */
export function renamesOf(desired: Desired, recorded: Recorded, mode: PlanMode): Renames {
  if (mode !== 'apply') return { recorded, former: new Map(), problems: [] };
  const wanted = new Set(desired.resources.map(({ address }) => address));
  const former = new Map<Address, Address>();
  const problems: Problem[] = [];
  for (const { address, renamedFrom, place } of desired.resources) {
    if (renamedFrom === undefined || recorded.resources.has(address) || !recorded.resources.has(renamedFrom)) continue;
    if (kindOf(renamedFrom) !== kindOf(address)) throw new TypeError(`${address} cannot have been ${renamedFrom}`);
    const taken = [...former].find(([, old]) => old === renamedFrom)?.[0];
    if (wanted.has(renamedFrom) || taken !== undefined) {
      const because = taken === undefined ? 'is in the config too' : `is what ${taken} was renamed from as well`;
      problems.push({
        code: 'PLAN.RENAME',
        severity: 'error',
        address,
        message: `${address} cannot be renamed from ${renamedFrom}, which ${because}`,
        hint: "remove one of the two, or its 'renamed_from'",
        place,
      });
    } else {
      former.set(address, renamedFrom);
    }
  }
  return { recorded: former.size === 0 ? recorded : moved(recorded, former), former, problems };
}

function moved(recorded: Recorded, former: ReadonlyMap<Address, Address>): Recorded {
  const present = new Map([...former].map(([address, old]) => [old, address]));
  const named = (address: Address): Address => present.get(address) ?? address;
  const resources = [...recorded.resources].map(([address, entry]): [Address, RecordedResource] => [
    named(address),
    entry.needs.some((need) => present.has(need)) ? { ...entry, needs: entry.needs.map(named) } : entry,
  ]);
  return { ...recorded, resources: new Map(resources) };
}
