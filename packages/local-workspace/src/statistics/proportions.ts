/** Shares of the total; all zero for an empty sample. */
export function proportions(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total > 0 ? counts.map((count) => count / total) : counts.map(() => 0);
}
