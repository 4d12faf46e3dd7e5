import { describe, expect, test } from '@jest/globals';
import type { Desired } from '@dpo/core';
import { guardLookups, planLookups, previousGuardLookups, previousLookups } from '../src/lookups.ts';
import { entryOf, monitor, opOf, planOf, recordedOf, target } from './doubles.ts';

const place = { default: true } as const;
const desired: Desired = {
  owner: { project: 'dpo', target: 'test' },
  target,
  resources: [{ address: monitor, spec: { object_id: 't-new' }, place, origins: {} }],
  skipped: [],
  undecided: [],
  problems: [],
};
const recorded = recordedOf({ [monitor]: entryOf({ id: 't-old', applied: { object_id: 't-old' } }) });
const old = { by: 'id', address: monitor, id: 't-old' };

describe('what is looked up', () => {
  test('to apply, what the config names; to destroy, what the state knows', () => {
    expect(planLookups(desired, recorded, 'apply').get(monitor)).toMatchObject({ id: 't-new' });
    expect(planLookups(desired, recorded, 'destroy').get(monitor)).toEqual({ ...old, recorded: true });
    expect(planLookups(desired, recordedOf(), 'destroy').get(monitor)).toMatchObject({ id: 't-new' });
  });

  test('N012 what an interrupted run was creating, by what its intent names', () => {
    const intent = { address: monitor, action: 'create', id: 't-7', at: 0, deadlineMs: 1 } as const;
    const nothing = { ...desired, resources: [] };
    const interrupted = { ...recordedOf(), intents: [intent] };
    expect(planLookups(nothing, interrupted, 'apply').get(monitor)).toEqual({ ...old, id: 't-7' });
    expect(planLookups(desired, interrupted, 'apply').get(monitor)).toMatchObject({ id: 't-new' });
  });

  test('only of what the state says to exist a read that finds nothing has to be confirmed', () => {
    const ask = (recordedNow: typeof recorded) => planLookups(desired, recordedNow, 'apply').get(monitor)?.recorded;
    const entry = entryOf({ id: 't-new', applied: { object_id: 't-new' } });
    expect(ask(recordedOf())).toBeUndefined();
    expect(ask(recorded)).toBeUndefined();
    expect(ask(recordedOf({ [monitor]: entry }))).toBe(true);
    expect(ask(recordedOf({ [monitor]: { ...entry, status: 'replacing:deleted' as const } }))).toBeUndefined();
  });

  test('N009 the recorded object too, where its name stands for another one now', () => {
    expect([...previousLookups(desired, recorded).values()]).toEqual([{ ...old, recorded: true }]);
    const same = recordedOf({ [monitor]: entryOf({ id: 't-new', applied: { object_id: 't-new' } }) });
    expect(previousLookups(desired, same).size).toBe(0);
  });

  test('an operation that carries nothing but an id, after a lost state, by that id', () => {
    const plan = planOf([opOf('delete', monitor, { id: 't-old', guard: { id: 't-old', hash: 'h' } })]);
    expect(guardLookups(plan, recordedOf()).get(monitor)).toEqual(old);
  });

  test('what a replace by identity deletes, by its id', () => {
    const op = opOf('replace', monitor, {
      id: 't-old',
      spec: { object_id: 't-new' },
      guard: { absent: true },
      previous_guard: { absent: true },
    });
    expect(guardLookups(planOf([op]), recorded).get(monitor)).toMatchObject({ id: 't-new' });
    expect(previousGuardLookups(planOf([op])).get(monitor)).toEqual(old);
  });
});
