import type { Disturbance } from './disturbance.ts';
import { callPattern } from './call-pattern.ts';
import type { Random } from './seeded-random.ts';

export interface Latency {
  /** See `callPattern`. */
  readonly match: string;
  /** Milliseconds before the effect: fixed, or anything between two bounds. */
  readonly ms: number | readonly [least: number, most: number];
}

/** Delays each call by the first rule that matches. */
export function createLatency(
  rules: readonly Latency[],
  options: { readonly random: Random; readonly sleep: (milliseconds: number) => Promise<void> },
): Disturbance {
  const entries = rules.map(({ match, ms }) => ({ matches: callPattern(match), ms }));
  return {
    async before(call) {
      const found = entries.find(({ matches }) => matches(call));
      if (found === undefined) return;
      const [least, most] = typeof found.ms === 'number' ? [found.ms, found.ms] : found.ms;
      await options.sleep(least + options.random() * (most - least));
    },
  };
}
