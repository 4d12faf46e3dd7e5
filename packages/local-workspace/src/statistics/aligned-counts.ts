/** Counts of two samples over the same categories. No category is empty on both sides; both samples have members. */
export interface AlignedCounts {
  readonly current: readonly number[];
  readonly reference: readonly number[];
}

/** The most frequent items of a sample and its full size; the list is complete when its counts sum to the size. */
export interface FrequencyList {
  readonly items: ReadonlyMap<string, number>;
  readonly total: number;
}

/**
 * Brings two lists that may be cut off to common categories; undefined when a sample is empty.
 * An item that one list has and the other, cut off, may merely not show is pooled with all unlisted items into one
 * category. That can only understate a difference: two columns of unique keys do not look like drift.
 */
export function alignCounts(current: FrequencyList, reference: FrequencyList): AlignedCounts | undefined {
  if (current.total <= 0 || reference.total <= 0) return undefined;
  const currentIsComplete = isComplete(current);
  const referenceIsComplete = isComplete(reference);
  const pairs: { readonly current: number; readonly reference: number }[] = [];
  for (const [item, count] of current.items) {
    const other = reference.items.get(item) ?? (referenceIsComplete ? 0 : undefined);
    if (other !== undefined) pairs.push({ current: count, reference: other });
  }
  for (const [item, count] of reference.items) {
    if (!current.items.has(item) && currentIsComplete) pairs.push({ current: 0, reference: count });
  }
  const pooled = {
    current: current.total - sumOf(pairs.map((pair) => pair.current)),
    reference: reference.total - sumOf(pairs.map((pair) => pair.reference)),
  };
  const all = pooled.current + pooled.reference > 0 ? [...pairs, pooled] : pairs;
  return { current: all.map((pair) => pair.current), reference: all.map((pair) => pair.reference) };
}

function isComplete(list: FrequencyList): boolean {
  return sumOf([...list.items.values()]) >= list.total;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
