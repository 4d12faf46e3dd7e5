import { kolmogorovSurvival } from './kolmogorov-distribution.ts';
import type { TestResult } from './test-result.ts';
import type { SortedValues } from './wasserstein.ts';

export interface SampleSizes {
  readonly current: number;
  readonly reference: number;
}

/**
 * Two-sample Kolmogorov-Smirnov test as the service computes it: the statistic is taken on the quantile arrays (of
 * equal length, so a multiple of 1 / length), the p-value uses the numbers of values behind them.
 */
export function kolmogorovSmirnovTest(current: SortedValues, reference: SortedValues, sizes: SampleSizes): TestResult {
  const statistic = kolmogorovSmirnovStatistic(current, reference);
  return { statistic, pvalue: kolmogorovSmirnovPvalue(statistic, sizes) };
}

/** Largest difference of the two empirical distribution functions. */
export function kolmogorovSmirnovStatistic(current: SortedValues, reference: SortedValues): number {
  if (current.length !== reference.length) throw new RangeError('quantile arrays differ in length');
  let i = 0;
  let j = 0;
  let most = 0;
  while (i < current.length && j < reference.length) {
    const value = Math.min(current[i] ?? 0, reference[j] ?? 0);
    while (i < current.length && (current[i] ?? 0) <= value) i += 1;
    while (j < reference.length && (reference[j] ?? 0) <= value) j += 1;
    most = Math.max(most, Math.abs(i - j));
  }
  return most / current.length;
}

/**
 * SciPy's asymptotic p-value of `ks_2samp`: the one-sample distribution at the effective size n m / (n + m), rounded
 * half to even. Three p-values published from a real workspace agree with it.
 */
export function kolmogorovSmirnovPvalue(statistic: number, { current, reference }: SampleSizes): number {
  const effective = roundHalfToEven((current / (current + reference)) * reference);
  return kolmogorovSurvival(statistic, Math.max(1, effective));
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
