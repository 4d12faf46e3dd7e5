import type { AlignedCounts } from './aligned-counts.ts';
import { proportions } from './proportions.ts';

/** Largest absolute difference of the share of one category; between 0 and 1. */
export function lInfinityDistance(counts: AlignedCounts): number {
  const reference = proportions(counts.reference);
  return proportions(counts.current).reduce(
    (most, p, index) => Math.max(most, Math.abs(p - (reference[index] ?? 0))),
    0,
  );
}
