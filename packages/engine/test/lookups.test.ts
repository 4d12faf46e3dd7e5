import { describe, expect, test } from '@jest/globals';
import type { Desired } from '@dpo/core';
import { intentOf } from '../src/intent-of.ts';
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

  test('C20 N012 of an alert or a dashboard, which get their ids when they are made, by the path that it was to have', () => {
    const spec = { display_name: 'Drift', parent_path: '/Workspace/Shared/DPO/dpo/test' };
    const alert = 'alert:sales/drift';
    const dashboard = 'dashboard:sales';
    const intents = [opOf('create', alert, { spec }), opOf('create', dashboard, { spec })].map((op) => ({
      ...intentOf(op, 1),
      action: 'create' as const,
      at: 0,
    }));
    const lookups = planLookups({ ...desired, resources: [] }, { ...recordedOf(), intents }, 'apply');
    expect([lookups.get(alert), lookups.get(dashboard)]).toEqual([
      { by: 'name', address: alert, name: '/Workspace/Shared/DPO/dpo/test/Drift' },
      { by: 'name', address: dashboard, name: '/Workspace/Shared/DPO/dpo/test/Drift.lvdash.json' },
    ]);
    const forget = opOf('forget', alert, { id: intents[0]?.id ?? '', guard: { absent: true } });
    expect(guardLookups(planOf([forget]), recordedOf()).get(alert)).toEqual(lookups.get(alert));
    // One that an earlier dpo wrote down cannot be looked for.
    const nameless = intents.map(({ id: _id, ...intent }) => intent);
    expect(planLookups({ ...desired, resources: [] }, { ...recordedOf(), intents: nameless }, 'apply').size).toBe(0);
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
