import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../src/live.ts';
import type { RecordedResource } from '../../src/recorded.ts';
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
  unreadable,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

const outputs = {
  dashboard_id: '01ef',
  profile_metrics_table_name: 'prod.out.churn_profile_metrics',
  drift_metrics_table_name: 'prod.out.churn_drift_metrics',
};
const leftovers = [
  { kind: 'table', name: 'prod.out.churn_profile_metrics' },
  { kind: 'table', name: 'prod.out.churn_drift_metrics' },
  { kind: 'dashboard', name: '01ef' },
];
const told = [
  'metric table prod.out.churn_profile_metrics',
  'metric table prod.out.churn_drift_metrics',
  'generated dashboard 01ef of prod.ml.churn',
];

function filled(tables: number): Observation {
  return { ...liveSchema(ours), out: { schema_id: 's-1', tables } } as Observation;
}

function running(): Observation {
  return { ...liveMonitor(), out: { ...outputs, status: 'DATA_PROFILING_STATUS_ACTIVE' } } as Observation;
}

const interrupted: RecordedResource = recordedMonitor({}, { status: 'purging', out: outputs });

function destroy(more: Partial<World> = {}): World {
  return {
    mode: 'destroy',
    purgeMetrics: true,
    recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
    live: { [schema]: filled(2), [monitor]: running() },
    ...more,
  };
}

function opIn(world: World, address: string): ReturnType<typeof planOf>['ops'][number] | undefined {
  return planOf(world).ops.find((op) => op.address === address);
}

describe('a destroy with --purge-metrics', () => {
  test('names what the last read of the monitor named, and nothing survives', () => {
    const made = planOf(destroy());
    expect(made.ops.find(({ address }) => address === monitor)).toMatchObject({
      action: 'delete',
      purge: leftovers,
      out: outputs,
      lost: [expect.stringContaining('is lost')],
    });
    expect(made.survives).toEqual([]);
  });

  test('deletes the schema after the monitors whose tables were in it', () => {
    expect(opIn(destroy(), schema)).toMatchObject({ action: 'delete', needs: [{ address: monitor, need: 'exists' }] });
  });

  test.each<[string, number, readonly string[]]>([
    ['holds only what is dropped', 2, [`delete ${schema} (destroy)`, `delete ${monitor} (destroy)`]],
    ['holds less: a metric table was never written', 1, [`delete ${schema} (destroy)`, `delete ${monitor} (destroy)`]],
    ['holds a table of somebody', 3, [`delete ${monitor} (destroy)`, `forget ${schema} (removed)`]],
  ])('a schema of ours that %s', (_name, tables, story) => {
    const made = planOf(destroy({ live: { [schema]: filled(tables), [monitor]: running() } }));
    expect(storyOf(made)).toEqual(story);
    expect(made.survives).toEqual(tables === 3 ? ['schema prod.out holds tables and stays'] : []);
  });

  test('a schema that the state has lost and that holds a table of somebody is told, and no operation touches it', () => {
    const made = planOf(
      destroy({
        recorded: {},
        desired: [wantedSchema(), wantedMonitor()],
        live: { [schema]: filled(3), [monitor]: running() },
      }),
    );
    expect(storyOf(made)).toEqual([`delete ${monitor} (destroy)`]);
    expect(made.survives).toEqual(['schema prod.out holds tables and stays']);
  });

  test.each([true, false])(
    'C18 a dashboard of ours leaves nothing behind, its own id least of all (purge: %s)',
    (purgeMetrics) => {
      const address = 'dashboard:sales';
      const out = { dashboard_id: 'd-1' };
      const made = planOf({
        mode: 'destroy',
        purgeMetrics,
        recorded: { [address]: { version: 1, id: 'd-1', status: 'ok', applied: {}, out, needs: [] } },
        live: {
          [address]: {
            status: 'present',
            lookup: { by: 'id', address, id: 'd-1' },
            id: 'd-1',
            fields: {},
            out,
            marker: { owner: ours.owner },
          },
        },
      });
      expect(made.ops).toMatchObject([{ action: 'delete', lost: ['its schedules and subscriptions'] }]);
      expect(made.ops[0]).not.toHaveProperty('purge');
      expect(made.survives).toEqual([]);
    },
  );

  test('a monitor without outputs is deleted as ever', () => {
    const live = { [schema]: filled(1), [monitor]: { ...liveMonitor(), out: {} } as Observation };
    const op = opIn(destroy({ live }), monitor);
    expect(op).toMatchObject({ action: 'delete' });
    expect(op).not.toHaveProperty('purge');
  });

  test.each<[string, World]>([
    [
      'a monitor of somebody else',
      destroy({ live: { [schema]: filled(2), [monitor]: liveMonitor({ assets_dir: '/Users/x' }, null) } }),
    ],
    ['a monitor that is gone', destroy({ live: { [schema]: filled(2), [monitor]: absent(monitor) } })],
    ['a monitor that cannot be read', destroy({ live: { [schema]: filled(2), [monitor]: unreadable(monitor) } })],
    [
      'a monitor that is gone although an earlier apply recorded its outputs',
      destroy({ recorded: { [monitor]: recordedMonitor({}, { out: outputs }) }, live: { [monitor]: absent(monitor) } }),
    ],
    ['a protected monitor', destroy({ recorded: { [monitor]: recordedMonitor({}, { preventDestroy: true }) } })],
    ['an apply that does not want the monitor', destroy({ mode: 'apply' })],
  ])('drops nothing of %s', (_name, world) => {
    expect(planOf(world).ops.flatMap(({ purge = [] }) => purge)).toEqual([]);
  });

  test('the same destroy without the flag lists the same names as surviving', () => {
    const made = planOf(destroy({ purgeMetrics: false }));
    expect(made.ops.flatMap(({ purge = [] }) => purge)).toEqual([]);
    expect(made.survives).toEqual(expect.arrayContaining(told));
  });

  test('the fingerprint holds the names: consent is to these', () => {
    const other = { ...running(), out: { ...outputs, dashboard_id: '01f0' } } as Observation;
    expect(planOf(destroy()).fingerprint).not.toBe(
      planOf(destroy({ live: { [schema]: filled(2), [monitor]: other } })).fingerprint,
    );
  });
});

describe('after a destroy with --purge-metrics that was interrupted', () => {
  const gone = { [schema]: filled(2), [monitor]: absent(monitor) };
  const recorded = { [schema]: recordedSchema(), [monitor]: interrupted };

  test('the next one drops the rest, also when the monitor is gone', () => {
    const op = opIn(destroy({ recorded, live: gone }), monitor);
    expect(op).toMatchObject({
      action: 'delete',
      reasons: ['destroy', 'interrupted'],
      id: 'table-1',
      guard: { absent: true },
      purge: leftovers,
      out: outputs,
    });
    expect(opIn(destroy({ recorded, live: gone }), schema)).toMatchObject({
      action: 'delete',
      needs: [{ address: monitor, need: 'exists' }],
    });
  });

  test('the next one deletes the monitor too when it is still there', () => {
    expect(opIn(destroy({ recorded }), monitor)).toMatchObject({
      reasons: ['destroy'],
      id: 'table-1',
      purge: leftovers,
    });
  });

  test.each<[string, Partial<World>]>([
    ['a destroy without the flag', { purgeMetrics: false }],
    ['an apply that does not want it', { mode: 'apply', desired: [wantedSchema()] }],
  ])('%s lets go of it, and says what survives', (_name, more) => {
    const made = planOf(destroy({ recorded, live: gone, ...more }));
    expect(made.ops.find(({ address }) => address === monitor)).toMatchObject({ action: 'forget' });
    expect(made.survives).toEqual(expect.arrayContaining(told));
  });

  test('an apply that wants it creates it again', () => {
    const made = planOf(destroy({ recorded, live: gone, mode: 'apply', desired: [wantedSchema(), wantedMonitor()] }));
    expect(storyOf(made)).toEqual([`create ${monitor} (interrupted)`]);
    expect(made.ops[0]?.notes).toEqual([expect.stringContaining('an earlier destroy was interrupted')]);
  });

  test('an apply that wants it and finds it records that it is there', () => {
    const world = destroy({ recorded, mode: 'apply', desired: [wantedSchema(), wantedMonitor()] });
    expect(planOf(world).ops).toMatchObject([
      { action: 'absorb', notes: ['an earlier destroy was interrupted before it deleted anything'] },
    ]);
  });

  test('an apply that wants it on a table that was dropped and created again finds the former one', () => {
    const renewed = wantedMonitor({ object_id: 'table-2' });
    const world = destroy({
      recorded,
      live: gone,
      previous: { [monitor]: running() },
      mode: 'apply',
      desired: [wantedSchema(), renewed],
    });
    expect(storyOf(planOf(world))).toEqual([`replace ${monitor} (identity)`]);
  });

  test('a refresh keeps what is still to be dropped', () => {
    expect(planOf(destroy({ recorded, live: gone, mode: 'refresh-only' })).ops).toEqual([]);
  });
});
