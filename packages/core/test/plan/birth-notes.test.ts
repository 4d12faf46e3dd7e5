import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import {
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  recordedMonitor,
  recordedSchema,
  schema,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

const other: Address = 'monitor:prod.ml.orders';
const born = { warehouse_id: 'w-1' };
const asked = { warehouse_id: 'w-2' };
const world: World = {
  desired: [wantedSchema(), wantedMonitor(asked)],
  recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor(born) },
  live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
};

function notesOf(changes: World): readonly string[] {
  return planOf({ ...world, ...changes }).problems.map(({ code, message }) => `${code} ${message}`);
}

const note = `PLAN.CREATE_ONLY warehouse_id is fixed when a monitor is created: ${monitor}`;

describe('a setting that is fixed when an object is created', () => {
  test('changes nothing about one that exists, and the plan says so and how to have it', () => {
    const plan = planOf(world);
    expect([plan.ops, plan.unchanged]).toEqual([[], 2]);
    expect(plan.problems).toEqual([
      {
        code: 'PLAN.CREATE_ONLY',
        severity: 'note',
        message: `warehouse_id is fixed when a monitor is created: ${monitor} keeps the earlier value`,
        hint: `to have the value of the config: dpo apply --replace ${monitor}`,
      },
    ]);
  });

  test('is told once for any number of objects', () => {
    const more = {
      desired: [...(world.desired ?? []), wantedMonitor({ ...asked, object_id: 'table-2' }, other)],
      recorded: { ...world.recorded, [other]: recordedMonitor({ ...born, object_id: 'table-2' }) },
      live: { ...world.live, [other]: liveMonitor({ object_id: 'table-2' }) },
    };
    const plan = planOf({ ...world, ...more });
    expect(plan.problems.map(({ message }) => message)).toEqual([
      `${note.slice(17)} and 1 more keep the earlier value`,
    ]);
  });

  test.each<[string, World]>([
    ['is silent where the config says what it was', { desired: [wantedSchema(), wantedMonitor(born)] }],
    [
      'is silent where the config no longer says anything',
      {
        desired: [wantedSchema(), wantedMonitor()],
        recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
      },
    ],
    ['is silent in a replace, which sends it', { replace: new Set([monitor]) }],
    [
      'is silent about the folder of what was taken over from somebody',
      {
        desired: [wantedSchema(), wantedMonitor()],
        recorded: {
          [schema]: recordedSchema(),
          [monitor]: recordedMonitor({ assets_dir: '/theirs/other/prod/monitors/x' }),
        },
        live: {
          ...world.live,
          [monitor]: liveMonitor({ assets_dir: '/theirs/other/prod/monitors/x' }, { owner: 'other/prod' }),
        },
      },
    ],
  ])('%s', (_name, changes) => {
    expect(notesOf(changes).filter((text) => text.startsWith('PLAN.CREATE_ONLY'))).toEqual([]);
  });

  test('is told with an update too', () => {
    const desired = [wantedSchema(), wantedMonitor({ ...asked, slicing_exprs: ['region'] })];
    expect(notesOf({ desired })).toEqual([`${note} keeps the earlier value`]);
  });
});
