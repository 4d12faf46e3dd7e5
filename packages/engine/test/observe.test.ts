import { describe, expect, test } from '@jest/globals';
import type { Address, Event, Live, Lookup } from '@dpo/core';
import { collectEvents } from '../../core/test/event-schema.ts';
import { observe } from '../src/observe.ts';
import { absentAs, apiError, monitor, presentAs, providersOf, schema, type Answers } from './doubles.ts';
import { createClock } from './fake-clock.ts';

const lookups = new Map<Address, Lookup>([
  [monitor, { by: 'id', address: monitor, id: 't-1' }],
  [schema, { by: 'name', address: schema, name: 'prod.out' }],
  ['monitor:prod.ml.orders', { by: 'id', address: 'monitor:prod.ml.orders', id: 't-2' }],
]);

async function look(
  answers: Answers = {},
  wanted: ReadonlyMap<Address, Lookup> = lookups,
): Promise<{ readonly live: Live; readonly log: readonly string[]; readonly events: readonly Event[] }> {
  const log: string[] = [];
  const events: Event[] = [];
  const live = await observe({
    lookups: wanted,
    providers: providersOf(log, answers),
    context: { limit: async (work) => work(), signal: new AbortController().signal, clock: createClock() },
    emit: collectEvents(events),
  });
  return { live, log, events };
}

describe('observe', () => {
  test('asks the provider of each kind once and gives one observation for every lookup', async () => {
    const { live, log } = await look({ observe: (lookup) => presentAs(lookup, { id: lookup.address }) });
    expect([...live].map(([address, seen]) => [address, seen.status])).toEqual([
      [schema, 'present'],
      [monitor, 'present'],
      ['monitor:prod.ml.orders', 'present'],
    ]);
    expect(log).toEqual([`observe ${schema}`, `observe ${monitor}`, 'observe monitor:prod.ml.orders']);
  });

  test('tells how far it is, out of all lookups', async () => {
    const { events } = await look();
    expect(events).toEqual([
      { type: 'reading', done: 1, total: 3 },
      { type: 'reading', done: 2, total: 3 },
      { type: 'reading', done: 3, total: 3 },
    ]);
  });

  test('no lookups are no reads and no events', async () => {
    expect(await look({}, new Map())).toEqual({ live: new Map(), log: [], events: [] });
  });

  test('what cannot be read stays unreadable and does not stop the rest', async () => {
    const problem = { code: 'API.FORBIDDEN', severity: 'error' as const, message: 'no' };
    const { live } = await look({
      observe: (lookup) => (lookup.address === schema ? { status: 'unreadable', lookup, problem } : absentAs(lookup)),
    });
    expect([...live.values()].map((seen) => seen.status)).toEqual(['unreadable', 'absent', 'absent']);
  });

  test('an observation that is missing is a bug, and every missing address is named', async () => {
    const answers: Answers = { observe: (lookup) => (lookup.by === 'id' ? undefined : absentAs(lookup)) };
    await expect(look(answers)).rejects.toThrow(
      new TypeError('no observation of monitor:prod.ml.churn, monitor:prod.ml.orders'),
    );
  });

  test('a refused identity ends the whole read', async () => {
    await expect(look({ observe: () => Promise.reject(apiError('API.UNAUTHENTICATED')) })).rejects.toMatchObject({
      problems: [{ code: 'API.UNAUTHENTICATED' }],
    });
  });
});
