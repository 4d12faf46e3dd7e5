import { binomialProbability } from './saddle-point.ts';

/** Above this size the exact sum is not worth its time; Cephes changes over at the same place. */
const largestExactSize = 1_000_000;

/**
 * P(D_n+ > d) of the one-sided statistic, exact: the sum of d / p_j times the binomial probability of j in n at
 * p_j = d + j / n (Birnbaum and Tingey). All terms are positive, so nothing cancels.
 */
export function smirnovSurvival(d: number, n: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  if (n > largestExactSize) return Math.exp(-((6 * n * d + 1) ** 2) / (18 * n));
  let sum = 0;
  let lost = 0;
  for (let j = 0; j < n; j += 1) {
    const p = d + j / n;
    if (p >= 1) break;
    const term = (d / p) * binomialProbability(j, n, p) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return Math.min(1, sum);
}
