import { kindOf, kinds, type Address, type Change } from '@dpo/core';
import { branchChanges, branchMember } from './branch-changes.ts';
import { dashboardDifference } from './dashboard-difference.ts';
import { readableChanges } from './metric-text.ts';
import { queryDifference } from './query-difference.ts';
import type { Readable } from './said.ts';

/** The changes of an operation or of a drift as people read them; `full` keeps every leaf that a file would show. */
export function readable(
  { address, changes }: { readonly address: Address; readonly changes: readonly Change[] },
  full: boolean,
): readonly Readable[] {
  const { rules } = kinds[kindOf(address)];
  const members = changes.flatMap((change) => branchMember(change) ?? []);
  const ofTables = new Set(members.map(({ change }) => change));
  const others = readableChanges(told(changes, full).filter((change) => !ofTables.has(change)));
  return [
    ...branchChanges(members),
    ...others.map((change): Readable => {
      const rule = Object.hasOwn(rules, change.path) ? rules[change.path] : undefined;
      if (rule?.rules.some((each) => 'composed' in each) === true)
        return { change, said: queryDifference(change, { full, followed: members.length > 0 }) };
      if (change.path !== 'serialized_dashboard') return { change };
      const said = dashboardDifference(...sidesOf(change), full);
      return said === undefined ? { change } : { change, said };
    }),
  ];
}

/** What only follows from another change, or orders the work, is not told beside it. */
function told(changes: readonly Change[], full: boolean): readonly Change[] {
  if (full) return changes;
  const paths = new Set(changes.map(({ path }) => path));
  const kept = changes.filter(({ path }) => path !== 'after' && path !== 'views');
  const own = kept.length === 0 ? changes : kept;
  if (!paths.has('evaluation.notification.subscriptions')) return own;
  return own.filter(({ path }) => !/^evaluation\.notification\.(?!subscriptions)/u.test(path));
}

/** For drift what was done outside, else what will be done. */
function sidesOf({ reason, recorded, desired, live }: Change): readonly [Change['live'], Change['live']] {
  return reason === 'drift' ? [recorded, live] : [live ?? recorded, desired];
}
