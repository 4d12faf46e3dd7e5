import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { DesiredResource } from '../../src/desired.ts';
import type { Spec } from '../../src/spec.ts';
import {
  absent,
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  recordedMonitor,
  recordedSchema,
  schema,
  storyOf,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

/** A monitor stands in for the kinds with invented names: the planner treats all of them alike. */
const former: Address = 'monitor:prod.ml.former';
const renamed = (spec: Spec = {}): DesiredResource => ({ ...wantedMonitor(spec), renamedFrom: former });
const world: World = {
  desired: [wantedSchema(), renamed()],
  recorded: { [schema]: recordedSchema(), [former]: recordedMonitor() },
  live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
};

describe('a resource whose name changed in the config', () => {
  test('is taken over in the state and nowhere else', () => {
    const plan = planOf(world);
    expect(storyOf(plan)).toEqual([`absorb ${monitor} (renamed)`]);
    expect(plan.ops[0]).toMatchObject({ renamed_from: former, severity: 'safe', notes: [`renamed from ${former}`] });
  });

  test('is updated where its settings changed too', () => {
    const plan = planOf({ ...world, desired: [wantedSchema(), renamed({ slicing_exprs: ['region'] })] });
    expect(storyOf(plan)).toEqual([`update ${monitor} (config)`]);
    expect(plan.ops[0]).toMatchObject({ renamed_from: former, changes: [{ path: 'slicing_exprs' }] });
  });

  test('is created where somebody deleted it', () => {
    const plan = planOf({ ...world, live: { [schema]: liveSchema(ours), [monitor]: absent(monitor) } });
    expect(plan.ops.map(({ action, renamed_from: from }) => [action, from])).toEqual([['create', former]]);
  });

  test('is an ordinary one once the state knows its present name', () => {
    const done = planOf({ ...world, recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() } });
    expect(storyOf(done)).toEqual([]);
    const never = planOf({ ...world, recorded: { [schema]: recordedSchema() }, live: { [schema]: liveSchema(ours) } });
    expect(never.ops).toMatchObject([{ action: 'create' }]);
    expect(never.ops[0]).not.toHaveProperty('renamed_from');
  });

  test('goes by its former name in a destroy', () => {
    const plan = planOf({ ...world, mode: 'destroy', live: { ...world.live, [former]: liveMonitor() } });
    expect(plan.ops.map(({ action, address }) => `${action} ${address}`)).toContain(`delete ${former}`);
  });

  test.each<[string, readonly DesiredResource[], string]>([
    ['while the former one is declared', [renamed(), wantedMonitor({}, former)], 'which is in the config too'],
    [
      'together with another',
      [renamed(), { ...wantedMonitor({}, 'monitor:prod.ml.second'), renamedFrom: former }],
      `which is what ${monitor} was renamed from as well`,
    ],
  ])('is refused %s', (_name, monitors, because) => {
    const plan = planOf({ ...world, desired: [wantedSchema(), ...monitors] });
    expect(plan).toMatchObject({ errored: true });
    const problems = plan.problems.filter(({ code }) => code === 'PLAN.RENAME');
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(because)]);
  });
});
