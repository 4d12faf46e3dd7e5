import { canonical, isJsonArray, type Json } from '@dpo/core';
import { span, type Line } from './line.ts';
import { valueText, type Pending } from './value-text.ts';

const shortList = 3;

export interface ListDifference {
  readonly added: readonly Json[];
  readonly removed: readonly Json[];
  readonly kept: number;
}

/** What one list has more or less than the other, counting repeated elements; order is not looked at. */
export function listDifference(before: readonly Json[], after: readonly Json[]): ListDifference {
  const removed = without(before, after);
  return { added: without(after, before), removed, kept: before.length - removed.length };
}

/** `+ region  - country  (4 kept)` for lists too long to be compared by eye; `undefined` for other values. */
export function listDifferenceLine(
  before: Json | undefined,
  after: Json | undefined,
  pending: Pending,
): Line | undefined {
  if (!isJsonArray(before) || !isJsonArray(after)) return undefined;
  if (before.length <= shortList && after.length <= shortList) return undefined;
  const { added, removed, kept } = listDifference(before, after);
  if (added.length + removed.length === 0) return [span('other order of '), span(valueText(after, pending))];
  return [
    ...added.map((item) => span(`+ ${valueText(item, pending)}  `, 'good')),
    ...removed.map((item) => span(`- ${valueText(item, pending)}  `, 'bad')),
    span(`(${kept} kept)`, 'quiet'),
  ];
}

function without(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  const counts = new Map<string, number>();
  for (const item of other) counts.set(canonical(item), (counts.get(canonical(item)) ?? 0) + 1);
  return list.filter((item) => {
    const left = counts.get(canonical(item)) ?? 0;
    counts.set(canonical(item), left - 1);
    return left <= 0;
  });
}
