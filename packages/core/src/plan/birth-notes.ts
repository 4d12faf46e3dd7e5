import { compareAddresses, kindOf, type Address } from '../address.ts';
import { kinds } from '../kinds/index.ts';
import type { Problem } from '../problem.ts';

/** Create-only path → the addresses whose config asks for another value than they were born with. */
export type BirthDifferences = ReadonlyMap<string, readonly Address[]>;

/** One note for each setting, however many resources it is about. */
export function birthNotes(differences: BirthDifferences): readonly Problem[] {
  return [...differences].map(([path, addresses]) => {
    const [first = addresses[0], ...others] = addresses.toSorted(compareAddresses);
    if (first === undefined) throw new TypeError(`${path} differs nowhere`);
    const label = kinds[kindOf(first)].rules[path]?.label ?? path;
    const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
    return {
      code: 'PLAN.CREATE_ONLY',
      severity: 'note',
      message: `${label} is fixed when a ${kindOf(first)} is created: ${first}${more} ${others.length === 0 ? 'keeps' : 'keep'} the earlier value`,
      hint: `to have the value of the config: dpo apply --replace ${first}`,
    };
  });
}
