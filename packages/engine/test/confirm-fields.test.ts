import { describe, expect, test } from '@jest/globals';
import type { Observation, RecordedResource, Spec } from '@dpo/core';
import { confirmFields } from '../src/confirm-fields.ts';
import { entryOf, monitor, opOf, presentAs, providersOf } from './doubles.ts';

const spec: Spec = { object_id: 't-1', baseline_table_name: 'b' };
const short: Spec = { object_id: 't-1' };

interface Case {
  readonly answered: Spec;
  readonly found?: Observation['status'] | 'another';
  readonly before?: RecordedResource;
}

async function confirmed({ answered, found = 'present', before }: Case) {
  const log: string[] = [];
  const slept: number[] = [];
  const { signal } = new AbortController();
  const clock = { now: () => 0, sleep: async (milliseconds: number) => void slept.push(milliseconds) };
  const provider = providersOf(log, {
    observe: (lookup) =>
      found === 'absent'
        ? { status: 'absent', lookup }
        : presentAs(lookup, { id: found === 'another' ? 't-2' : 't-1', fields: spec }),
  }).monitor;
  const { fields } = await confirmFields(opOf('update', monitor), spec, {
    made: { id: 't-1', out: {}, fields: answered },
    before,
    provider,
    read: { limit: async (work) => work(), signal, clock },
    write: { signal, clock },
  });
  return { fields, reads: log.length, slept };
}

describe('W019 an answer that lacks what was sent', () => {
  test.each<[string, Case, unknown]>([
    ['is believed when it is whole', { answered: spec }, { fields: spec, reads: 0, slept: [] }],
    ['is confirmed by a second read', { answered: short }, { fields: spec, reads: 1, slept: [250] }],
    ['stands when nothing is found', { answered: short, found: 'absent' }, { fields: short, reads: 1 }],
    ['stands when another object is found', { answered: short, found: 'another' }, { fields: short, reads: 1 }],
    [
      'is believed when it is known to lack that',
      { answered: short, before: entryOf({ unreturned: ['baseline_table_name'] }) },
      { fields: short, reads: 0, slept: [] },
    ],
  ])('%s', async (_name, given, expected) => {
    expect(await confirmed(given)).toMatchObject(expected as object);
  });
});
