import { describe, expect, test } from '@jest/globals';
import type { Address, RecordedResource } from '@dpo/core';
import type { JournalHeader } from '../src/journal-header.ts';
import { decodeRecord, encodeRecord, type StartRecord } from '../src/journal-record.ts';
import { currentKinds } from '../src/entry.ts';
import type { Operation } from '../src/operation.ts';
import { replay } from '../src/replay.ts';
import { entry } from './examples.ts';

const old: Address = 'monitor:prod.ml.old';
const present: Address = 'monitor:prod.ml.present';
const other: Address = 'monitor:prod.ml.other';
const start: StartRecord = {
  type: 'start',
  n: 1,
  action: 'absorb',
  address: present,
  formerly: old,
  id: 'm1',
  deadlineMs: 1000,
  at: 0,
};

function after(rest: Omit<Operation, 'start'>): readonly (readonly [Address, readonly Address[]])[] {
  const before = new Map<Address, RecordedResource>([
    [old, entry('m1', { needs: [] })],
    [other, entry('m2', { needs: [old] })],
  ]);
  const journal = { header: { at: 0 } as JournalHeader, operations: new Map([[1, { start, ...rest }]]), ended: true };
  return [...replay({ resources: before, intents: [] }, journal).resources].map(([address, { needs }]) => [
    address,
    needs,
  ]);
}

describe('an operation on what was renamed', () => {
  const made = entry('m1', { needs: [] });
  test.each<[string, Omit<Operation, 'start'>, unknown]>([
    [
      'done: the former address goes, also from the needs of others',
      { result: { status: 'done', entry: made } },
      [
        [other, [present]],
        [present, []],
      ],
    ],
    [
      'a replace stopped after its delete: the same',
      { stage: { entry: made, at: 0 } },
      [
        [other, [present]],
        [present, []],
      ],
    ],
    [
      'failed: nothing changes',
      { result: { status: 'failed', code: 'API.DENIED', unknown: false } },
      [
        [old, []],
        [other, [old]],
      ],
    ],
    [
      'without a result: nothing changes',
      {},
      [
        [old, []],
        [other, [old]],
      ],
    ],
  ])('%s', (_name, rest, expected) => {
    expect(after(rest)).toEqual(expected);
  });

  test('says in the journal what it was', () => {
    const [, json = ''] = /^\w+ (.*)\n$/u.exec(encodeRecord(start)) ?? [];
    const context = { upgrades: currentKinds, addressOf: () => undefined };
    expect(decodeRecord(JSON.parse(json), context)).toEqual(start);
  });
});
