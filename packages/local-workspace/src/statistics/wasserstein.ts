/** Sorted values in ascending order, without NaN: the quantile array of a metric table row. */
export type SortedValues = ArrayLike<number>;

/**
 * First Wasserstein distance of two quantile arrays of the same length: the mean distance of equal ranks, which is
 * SciPy's `wasserstein_distance` of the arrays. Infinite or NaN when infinities are among the values.
 */
export function wassersteinDistance(current: SortedValues, reference: SortedValues): number {
  if (current.length !== reference.length) throw new RangeError('quantile arrays differ in length');
  let sum = 0;
  for (let i = 0; i < current.length; i += 1) {
    const a = current[i] ?? 0;
    const b = reference[i] ?? 0;
    if (a !== b) sum += Math.abs(a - b);
  }
  return sum / current.length;
}
