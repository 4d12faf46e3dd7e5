import type { Disturbance } from './disturbance.ts';
import { createLatency } from './latency.ts';
import { createNormalisation } from './normalise-answers.ts';
import { createRateLimits } from './rate-limits.ts';
import type { Realism } from './realism.ts';
import type { Random } from './seeded-random.ts';
import { createStaleReads, eventualResources } from './stale-reads.ts';
import { createTableVisibility } from './table-visibility.ts';

/** What the options ask for, in the order in which it acts: limits before delays, stale answers before their form. */
export function createDisturbances(
  realism: Realism,
  options: {
    readonly random: Random;
    readonly now: () => number;
    readonly sleep: (milliseconds: number) => Promise<void>;
    readonly tableIds: () => readonly string[];
  },
): readonly Disturbance[] {
  const { rateLimits, latency, eventualReads, tableVisibleAfterReads: reads, normalise } = realism;
  return [
    ...(rateLimits === undefined ? [] : [createRateLimits(rateLimits, options.now)]),
    ...(latency === undefined ? [] : [createLatency(latency, options)]),
    ...(reads === undefined || reads === 0 ? [] : [createTableVisibility({ reads, existing: options.tableIds })]),
    ...(eventualReads === undefined || eventualReads === false
      ? []
      : [createStaleReads(eventualReads === true ? eventualResources : eventualReads)]),
    ...(normalise === true ? [createNormalisation(options.random)] : []),
  ];
}
