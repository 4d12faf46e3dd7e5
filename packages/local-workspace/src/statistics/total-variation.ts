import type { AlignedCounts } from './aligned-counts.ts';
import { proportions } from './proportions.ts';

/** Total variation distance: half the sum of the absolute differences of the shares; between 0 and 1. */
export function totalVariationDistance(counts: AlignedCounts): number {
  const reference = proportions(counts.reference);
  const sum = proportions(counts.current).reduce((all, p, index) => all + Math.abs(p - (reference[index] ?? 0)), 0);
  return Math.min(1, sum / 2);
}
