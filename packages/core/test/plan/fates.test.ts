import { describe, expect, test } from '@jest/globals';
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

const both = [wantedSchema(), wantedMonitor()];
const settled: World = {
  desired: both,
  recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
  live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
};

describe('the fate of a resource', () => {
  test.each<[string, World, readonly string[]]>([
    ['D001 nothing changed: nothing to do', settled, []],
    [
      'R043 wanted, unknown, absent: create',
      { desired: both },
      [`create ${schema} (config)`, `create ${monitor} (config)`],
    ],
    [
      'W016 an existing schema is used and no operation touches it',
      { desired: both, live: { [schema]: liveSchema() } },
      [`create ${monitor} (config)`, `used ${schema}`],
    ],
    [
      'W016 a schema with the marker of another project is used too',
      { desired: both, live: { [schema]: liveSchema({ owner: 'other/prod' }) } },
      [`create ${monitor} (config)`, `used ${schema}`],
    ],
    [
      'a schema with our marker that the state does not know is adopted: a run was killed before it was recorded',
      { desired: both, live: { [schema]: liveSchema(ours) } },
      [`create ${monitor} (config)`, `adopt ${schema} (marker)`],
    ],
    [
      'C11 a monitor with our marker and no state is adopted, not created',
      { desired: both, live: { [schema]: liveSchema(), [monitor]: liveMonitor() } },
      [`adopt ${monitor} (marker)`, `used ${schema}`],
    ],
    [
      'N011 a monitor without a marker is refused',
      { desired: both, live: { [schema]: liveSchema(), [monitor]: liveMonitor({ assets_dir: '/Users/x' }, null) } },
      [`used ${schema}`, 'error PLAN.FOREIGN'],
    ],
    [
      'N011 adopt: true takes it over visibly',
      {
        desired: [wantedSchema(), { ...wantedMonitor(), adopt: true }],
        live: { [schema]: liveSchema(), [monitor]: liveMonitor({ assets_dir: '/Users/x' }, null) },
      },
      [`adopt ${monitor} (marker)`, `used ${schema}`],
    ],
    [
      "N024 another owner's monitor is refused by name, even with adopt",
      {
        desired: [wantedSchema(), { ...wantedMonitor(), adopt: true }],
        live: { [schema]: liveSchema(), [monitor]: liveMonitor({}, { owner: 'dpo/prod' }) },
      },
      [`used ${schema}`, 'error PLAN.OWNED_ELSEWHERE'],
    ],
    [
      'deleted outside: created again, and told as drift',
      { ...settled, live: { [schema]: liveSchema(ours) } },
      [`create ${monitor} (missing)`, `drift ${monitor} recreated`],
    ],
    [
      'N009 a table dropped and created again is a replace by identity',
      {
        ...settled,
        desired: [wantedSchema(), wantedMonitor({ object_id: 'table-2' })],
        live: { [schema]: liveSchema(ours) },
      },
      [`replace ${monitor} (identity)`],
    ],
    [
      'an interrupted replace is finished by a create',
      {
        ...settled,
        recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor({}, { status: 'replacing:deleted' }) },
        live: { [schema]: liveSchema(ours) },
      },
      [`create ${monitor} (interrupted)`],
    ],
    [
      'our monitor was deleted and a stranger made another one: refused, not changed',
      { ...settled, live: { [schema]: liveSchema(ours), [monitor]: liveMonitor({ assets_dir: '/Users/x' }, null) } },
      ['error PLAN.FOREIGN'],
    ],
    [
      'W016 our schema was dropped and a stranger made another one: let go of it, use it',
      {
        ...settled,
        live: { [schema]: liveSchema(undefined, 's-2'), [monitor]: liveMonitor({ output_schema_id: 's-2' }) },
      },
      [`absorb ${monitor} (config)`, `forget ${schema} (identity)`, `drift ${monitor} kept`],
    ],
    ['no longer wanted: delete', { ...settled, desired: [wantedSchema()] }, [`delete ${monitor} (removed)`]],
    [
      'no longer wanted and gone: forget',
      { ...settled, desired: [wantedSchema()], live: { [schema]: liveSchema(ours) } },
      [`forget ${monitor} (removed)`],
    ],
    [
      'no longer wanted, and a stranger made another one: forget, never delete',
      {
        ...settled,
        desired: [wantedSchema()],
        live: { [schema]: liveSchema(ours), [monitor]: liveMonitor({ assets_dir: '/x' }, null) },
      },
      [`forget ${monitor} (removed)`],
    ],
    ['not ours and not wanted: invisible', { recorded: {}, live: { [monitor]: liveMonitor({}, null) } }, []],
    [
      'C12 skipped and managed: kept as it is',
      {
        ...settled,
        desired: [wantedSchema()],
        more: { skipped: [{ address: monitor, code: 'CATALOG.COLUMN_NOT_FOUND', reason: 'r' }] },
      },
      [`skipped ${monitor} CATALOG.COLUMN_NOT_FOUND`],
    ],
    [
      'an unreadable schema blocks what rests on it, and nothing is created',
      { desired: both, live: { [schema]: unreadable(schema) } },
      [`blocked ${schema} PLAN.UNREADABLE`, `blocked ${monitor} PLAN.BLOCKED`],
    ],
    [
      'U055 an unreadable monitor is neither created nor deleted, and no other delete runs',
      {
        desired: [wantedSchema()],
        recorded: {
          [schema]: recordedSchema(),
          [monitor]: recordedMonitor(),
          'monitor:prod.ml.old': recordedMonitor(),
        },
        live: { [schema]: liveSchema(ours), [monitor]: unreadable(monitor), 'monitor:prod.ml.old': liveMonitor() },
      },
      [`blocked ${monitor} PLAN.UNREADABLE`, 'warning PLAN.INCOMPLETE'],
    ],
  ])('%s', (_name, world, expected) => {
    expect(storyOf(planOf(world))).toEqual(expected);
  });

  test('a table that is faulty in the config is kept, and its plan holds no delete of it', () => {
    const problem = { code: 'CATALOG.COLUMN_NOT_FOUND', severity: 'error' as const, message: 'm' };
    const made = planOf({
      ...settled,
      desired: [wantedSchema()],
      more: { undecided: [{ address: monitor, problem }], problems: [problem] },
    });
    expect(storyOf(made)).toEqual([`blocked ${monitor} CATALOG.COLUMN_NOT_FOUND`, 'error CATALOG.COLUMN_NOT_FOUND']);
    expect(made.applyable).toBe(false);
  });

  test('absent is the default of this world', () => {
    expect(absent(monitor).status).toBe('absent');
  });
});

describe('destroy', () => {
  test('D009 deletes what the state knows, dependents first, and says what survives', () => {
    const made = planOf({ ...settled, mode: 'destroy' });
    expect(storyOf(made)).toEqual([`delete ${schema} (destroy)`, `delete ${monitor} (destroy)`]);
    expect(made.ops.find((op) => op.address === schema)?.needs).toEqual([{ address: monitor, need: 'exists' }]);
    // The schema is deleted because it is empty: the metric tables that the monitor names were never written.
    expect(made.survives).toEqual([]);
    expect(made.requires).toEqual([]);
  });

  test('D009 a schema that holds tables is let go of, not emptied', () => {
    const live = { ...liveSchema(ours), out: { schema_id: 's-1', tables: 2 } };
    const made = planOf({ ...settled, mode: 'destroy', live: { ...settled.live, [schema]: live } });
    expect(storyOf(made)).toEqual([`delete ${monitor} (destroy)`, `forget ${schema} (removed)`]);
    expect(made.survives).toContain('schema prod.out holds tables and stays');
  });

  test('D009 after a lost state, what the config names and carries our marker is deleted, and nothing else', () => {
    const made = planOf({ mode: 'destroy', desired: both, live: { [schema]: liveSchema(), [monitor]: liveMonitor() } });
    expect(storyOf(made)).toEqual([`delete ${monitor} (destroy)`]);
  });

  test('skipped tables are torn down like all others', () => {
    const more = { skipped: [{ address: monitor, code: 'C', reason: 'r' }] };
    expect(storyOf(planOf({ ...settled, mode: 'destroy', more }))).toContain(`delete ${monitor} (destroy)`);
  });
});
