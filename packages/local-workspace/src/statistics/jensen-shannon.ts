import type { AlignedCounts } from './aligned-counts.ts';
import { proportions } from './proportions.ts';

/**
 * Jensen-Shannon distance: the square root of the divergence, natural logarithm as in SciPy's `jensenshannon`;
 * between 0 and sqrt(ln 2) = 0.8326. The service does not document its base.
 */
export function jensenShannonDistance(counts: AlignedCounts): number {
  const reference = proportions(counts.reference);
  let divergence = 0;
  for (const [index, p] of proportions(counts.current).entries()) {
    const q = reference[index] ?? 0;
    const middle = (p + q) / 2;
    divergence += relativeEntropy(p, middle) + relativeEntropy(q, middle);
  }
  return Math.sqrt(Math.max(0, divergence / 2));
}

function relativeEntropy(p: number, middle: number): number {
  return p > 0 ? p * Math.log(p / middle) : 0;
}
