import type { SortedValues } from './wasserstein.ts';

const bins = 10;
/** Stands in for an empty share, so that the logarithm exists. Neither edges nor this are documented by the service. */
const emptyShare = 1e-4;

/**
 * Population stability index over 10 bins whose edges are the deciles of the reference, closed above and open-ended
 * outside; equal deciles merge into one bin. Below 0.1 is usually read as no shift, from 0.2 as a significant one.
 */
export function populationStabilityIndex(current: SortedValues, reference: SortedValues): number {
  const edges = decileEdges(reference);
  const currentShares = binShares(current, edges);
  const referenceShares = binShares(reference, edges);
  let index = 0;
  for (const [bin, share] of currentShares.entries()) {
    const actual = Math.max(share, emptyShare);
    const expected = Math.max(referenceShares[bin] ?? 0, emptyShare);
    index += (actual - expected) * Math.log(actual / expected);
  }
  return index;
}

function decileEdges(reference: SortedValues): readonly number[] {
  const edges = new Set<number>();
  for (let decile = 1; decile < bins; decile += 1) {
    const edge = reference[Math.floor((decile * reference.length) / bins)];
    if (edge !== undefined) edges.add(edge);
  }
  return [...edges];
}

function binShares(values: SortedValues, edges: readonly number[]): readonly number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  let bin = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    while (value > (edges[bin] ?? Number.POSITIVE_INFINITY)) bin += 1;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count) => count / values.length);
}
