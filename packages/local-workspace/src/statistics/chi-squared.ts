import type { AlignedCounts } from './aligned-counts.ts';
import { upperIncompleteGamma } from './incomplete-gamma.ts';
import type { TestResult } from './test-result.ts';

/**
 * Two-sample chi-squared test of homogeneity, without a continuity correction: SciPy's
 * `chi2_contingency([current, reference], correction=False)`. One category only gives statistic 0 and p-value 1.
 */
export function chiSquaredTest({ current, reference }: AlignedCounts): TestResult {
  const currentTotal = current.reduce((sum, count) => sum + count, 0);
  const referenceTotal = reference.reduce((sum, count) => sum + count, 0);
  const total = currentTotal + referenceTotal;
  let statistic = 0;
  for (const [index, count] of current.entries()) {
    const other = reference[index] ?? 0;
    const expected = ((count + other) * currentTotal) / total;
    const expectedOther = ((count + other) * referenceTotal) / total;
    statistic += (count - expected) ** 2 / expected + (other - expectedOther) ** 2 / expectedOther;
  }
  return { statistic, pvalue: chiSquaredSurvival(statistic, current.length - 1) };
}

/** Probability that a chi-squared variable exceeds `statistic`. */
export function chiSquaredSurvival(statistic: number, degreesOfFreedom: number): number {
  return degreesOfFreedom <= 0 ? 1 : upperIncompleteGamma(degreesOfFreedom / 2, statistic / 2);
}
