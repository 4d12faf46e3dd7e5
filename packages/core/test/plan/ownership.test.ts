import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { Observation } from '../../src/live.ts';
import type { Op } from '../../src/plan-file.ts';
import {
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

const other: Address = 'schema:prod.other';
const settled: World = {
  desired: [wantedSchema(), wantedMonitor()],
  recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
  live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
};
const renewed: World = {
  ...settled,
  desired: [wantedSchema(), wantedMonitor({ object_id: 'table-2' })],
  live: { [schema]: liveSchema(ours) },
};

function op(world: World, address: Address): Op | undefined {
  return planOf(world).ops.find((each) => each.address === address);
}

describe('C12 a monitor of a found table that is not ours to manage', () => {
  const lenient = { ...wantedMonitor(), lenient: true } as const;

  test.each<[string, Observation, string]>([
    ['nobody made', liveMonitor({}, null), 'PLAN.FOREIGN'],
    ['another owner made', liveMonitor({}, { owner: 'other/prod' }), 'PLAN.OWNED_ELSEWHERE'],
  ])(
    'that %s is left alone with the reason, and the rest goes on; of a listed table it is an error',
    (...[, live, code]) => {
      const world: World = { desired: [wantedSchema(), lenient], live: { [monitor]: live } };
      const found = planOf(world);
      expect([found.errored, storyOf(found)]).toEqual([
        false,
        [`create ${schema} (config)`, `blocked ${monitor} ${code}`],
      ]);
      const listed = planOf({ ...world, desired: [wantedSchema(), wantedMonitor()] });
      expect([listed.errored, listed.problems.map((problem) => problem.code)]).toEqual([true, [code]]);
    },
  );
});

describe('what rests on what', () => {
  const skipped = { skipped: [{ address: monitor, code: 'CATALOG.COLUMN_NOT_FOUND', reason: 'r' }] };

  test('C12 the schema of a monitor that is skipped and kept is kept too', () => {
    expect(storyOf(planOf({ ...settled, desired: [], more: skipped }))).toEqual([
      `blocked ${schema} PLAN.KEPT`,
      `skipped ${monitor} CATALOG.COLUMN_NOT_FOUND`,
    ]);
  });

  test('a schema that a monitor moves away from is deleted after the move, and not if the move fails', () => {
    const moved = wantedMonitor({ output_schema_id: { $ref: other, path: 'schema_id' } });
    const target = { ...wantedSchema(), address: other, spec: { name: 'prod.other' } };
    const world: World = { ...settled, desired: [target, moved] };
    expect(op(world, monitor)).toMatchObject({ action: 'update', needs: [{ address: other, need: 'exists' }] });
    expect(op(world, schema)).toMatchObject({ action: 'delete', needs: [{ address: monitor, need: 'exists' }] });
  });

  test('D009 a destroy deletes along the edges of the state, whatever the config says now', () => {
    const moved = wantedMonitor({ output_schema_id: { $ref: other, path: 'schema_id' } });
    const target = { ...wantedSchema(), address: other, spec: { name: 'prod.other' } };
    const world: World = { ...settled, desired: [target, moved], mode: 'destroy' };
    expect(op(world, schema)).toMatchObject({ action: 'delete', needs: [{ address: monitor, need: 'exists' }] });
  });

  test('a destroy that cannot read everything is an error, and deletes and forgets nothing that holds tables', () => {
    const holding = { ...liveSchema(ours), out: { schema_id: 's-1', tables: 1 } };
    const made = planOf({ ...settled, mode: 'destroy', live: { [schema]: holding, [monitor]: unreadable(monitor) } });
    expect(storyOf(made)).toEqual([`blocked ${monitor} PLAN.UNREADABLE`, 'error PLAN.INCOMPLETE']);
  });

  test('a destroy without a state deletes nothing where a table could not be looked at; with one it goes by that', () => {
    const problem = { code: 'API.FORBIDDEN', severity: 'error' as const, message: 'no' };
    const world: World = {
      mode: 'destroy',
      desired: [wantedSchema()],
      live: { [schema]: liveSchema(ours) },
      more: { undecided: [{ address: monitor, problem }] },
    };
    const blind = planOf(world);
    expect([blind.ops, blind.errored, blind.scope.complete]).toEqual([[], true, false]);
    const known = planOf({ ...world, recorded: { [schema]: recordedSchema() } });
    expect(known.ops.map(({ action, address }) => `${action} ${address}`)).toEqual([`delete ${schema}`]);
  });

  test('D001 a second destroy has nothing to do: a schema of ours that holds tables is told, not let go of again', () => {
    const holding = { ...liveSchema(ours), out: { schema_id: 's-1', tables: 1 } };
    const made = planOf({ desired: [wantedSchema()], mode: 'destroy', live: { [schema]: holding } });
    expect(made.ops).toEqual([]);
    expect(made.survives).toEqual(['schema prod.out holds tables and stays']);
  });
});

describe('whose object it is', () => {
  test('T27 the guard of a delete knows our object from one that a stranger makes in its place', () => {
    const mine = op({ ...settled, desired: [wantedSchema()] }, monitor)?.guard;
    const theirs = op(
      {
        ...settled,
        desired: [wantedSchema()],
        live: { ...settled.live, [monitor]: liveMonitor({ assets_dir: '/Users/x' }) },
      },
      monitor,
    );
    expect(mine).toMatchObject({ id: 'table-1' });
    expect(theirs?.action).toBe('forget');
    const recorded = { ...settled.recorded, [monitor]: recordedMonitor({ assets_dir: '/Users/x' }) };
    const adopted = op(
      {
        ...settled,
        recorded,
        desired: [wantedSchema()],
        live: { ...settled.live, [monitor]: liveMonitor({ assets_dir: '/Users/x' }) },
      },
      monitor,
    )?.guard;
    expect(adopted).not.toEqual(mine);
  });

  test.each<[string, Observation | undefined, string]>([
    ['ours, made by a replace whose answer was lost: deleted', liveMonitor(), 'delete'],
    ["a stranger's: let go", liveMonitor({ assets_dir: '/Users/x' }, null), 'forget'],
    ['gone: let go', undefined, 'forget'],
  ])('after an interrupted replace of what is not wanted any more, what stands there is %s', (_name, live, action) => {
    const recorded = { [schema]: recordedSchema(), [monitor]: recordedMonitor({}, { status: 'replacing:deleted' }) };
    const world: World = {
      desired: [wantedSchema()],
      recorded,
      live: { [schema]: liveSchema(ours), ...(live === undefined ? {} : { [monitor]: live }) },
    };
    expect(op(world, monitor)?.action).toBe(action);
  });

  test('the state lets go of what is gone only if a second read finds it gone too', () => {
    const world: World = { ...settled, desired: [wantedSchema()], live: { [schema]: liveSchema(ours) } };
    expect(op(world, monitor)).toMatchObject({ action: 'forget', guard: { absent: true } });
  });
});

describe('N009 a name that stands for another table', () => {
  test('the former table is gone: a replace that loses nothing and needs no flag', () => {
    const made = planOf(renewed);
    expect(made.ops).toMatchObject([
      { action: 'replace', reasons: ['identity'], lost: [], guard: { absent: true }, previous_guard: { absent: true } },
    ]);
    expect(made.requires).toEqual([]);
  });

  test('it was renamed and its monitor lives: the replace loses it, needs the flag, and guards what it deletes', () => {
    const made = planOf({ ...renewed, previous: { [monitor]: liveMonitor() } });
    expect(made.ops).toMatchObject([
      { action: 'replace', severity: 'destructive', id: 'table-1', previous_guard: { id: 'table-1' } },
    ]);
    expect(made.requires).toMatchObject([{ flag: '--allow-replace' }]);
  });

  test("its monitor is a stranger's by now: ours is created, theirs is left alone", () => {
    const made = planOf({ ...renewed, previous: { [monitor]: liveMonitor({ assets_dir: '/Users/x' }, null) } });
    expect(made.ops).toMatchObject([{ action: 'create', reasons: ['identity'] }]);
  });

  test('its monitor cannot be read: nothing is decided', () => {
    expect(storyOf(planOf({ ...renewed, previous: { [monitor]: unreadable(monitor) } }))).toEqual([
      `blocked ${monitor} PLAN.UNREADABLE`,
    ]);
  });
});

describe('C24 --allow-deletes', () => {
  const names = ['a', 'b', 'c', 'd', 'e'].map((name): Address => `monitor:prod.ml.${name}`);
  const removed = (count: number, allowDeletes?: number): World => ({
    recorded: Object.fromEntries(names.slice(0, count).map((name) => [name, recordedMonitor()])),
    live: Object.fromEntries(names.slice(0, count).map((name) => [name, liveMonitor()])),
    consent: allowDeletes === undefined ? {} : { allowDeletes },
  });

  test.each([
    [3, undefined, true],
    [4, undefined, false],
    [4, 4, true],
    [5, 4, false],
    [2, 1, false],
    [1, 0, false],
  ])('%i deletes with the flag at %s: allowed is %s', (...[count, flag, allowed]) => {
    expect(planOf(removed(count, flag)).applyable).toBe(allowed);
  });
});
