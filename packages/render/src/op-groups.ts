import { kindOf, kinds, type Change, type Json, type Op } from '@dpo/core';
import { readable } from './readable-changes.ts';
import type { Said } from './said.ts';
import { settingsOf } from './settings.ts';

/** Items that read the same; never empty, in the order of the plan. */
export interface Group<Item> {
  readonly first: Item;
  readonly items: readonly Item[];
}

/** Groups by key, in the order in which keys first appear. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Group<Item>[] {
  const groups = new Map<string, { readonly first: Item; readonly items: Item[] }>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: item, items: [item] });
    else group.items.push(item);
  }
  return [...groups.values()];
}

/**
 * Operations with equal keys do the same to different resources; places and notes may differ, what is lost may not. New
 * resources are compared by the settings that are shown: their other leaves (ids, generated paths) always differ.
 */
export function opKey(op: Op, full: boolean): string {
  const content =
    op.action === 'create' ? settingsOf(op).map(({ label, value }) => [label, value]) : changesKey(op, full);
  return JSON.stringify([kindOf(op.address), op.action, op.severity, op.reasons, op.lost, content]);
}

export function changesKey(item: Pick<Op, 'address' | 'changes'>, full: boolean): Json {
  return readable(item, full).map(({ change, said, of = [] }): Json => {
    if (isIdentity(item, change) && !full) return change.path;
    const shown =
      said === undefined ? withoutPlace(change) : [change.label ?? change.path, change.reason, saidKey(said)];
    return [shown, [...of]];
  });
}

function saidKey({ title, below }: Said): Json {
  return [title, ...below].map((line) => line.map(({ text }) => text).join(''));
}

/** The id of what a resource describes: it differs for each resource and says nothing to people. */
export function isIdentity(item: Pick<Op, 'address'>, change: Change): boolean {
  return kinds[kindOf(item.address)].identity === change.path;
}

function withoutPlace({ from: _from, texts: _texts, ...change }: Change): Json {
  return Object.entries(change).map(([key, value]): Json => [key, value]);
}
