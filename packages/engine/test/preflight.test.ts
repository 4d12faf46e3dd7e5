import { describe, expect, test } from '@jest/globals';
import {
  guardedPaths,
  guardOf,
  kindOf,
  kinds,
  type Address,
  type Change,
  type Guard,
  type Lookup,
  type Observation,
  type Op,
  type Plan,
  type Problem,
  type Recorded,
  type Spec,
} from '@dpo/core';
import { collectEvents } from '../../core/test/event-schema.ts';
import { preflight } from '../src/preflight.ts';
import {
  absentAs,
  entryOf,
  monitor,
  onRecorded,
  opOf,
  planOf,
  presentAs,
  providersOf,
  recordedOf,
  schema,
} from './doubles.ts';
import { createClock } from './fake-clock.ts';

const spec: Spec = { object_id: 't-1', profile_type: 'SNAPSHOT', slicing_exprs: ['region', 'plan'], warehouse_id: 'w' };
const seen: Spec = { object_id: 't-1', profile_type: 'SNAPSHOT', slicing_exprs: ['region'], warehouse_id: 'w' };
const recorded = recordedOf({ [monitor]: entryOf({ id: 't-1', applied: seen }) });
const change: Change = {
  path: 'slicing_exprs',
  label: 'slicing_exprs',
  recorded: ['region'],
  live: ['region'],
  desired: ['region', 'plan'],
  reason: 'config',
};
const schedule: Change = {
  path: 'schedule.quartz_cron_expression',
  label: 'schedule.cron',
  desired: '0 0 8 * * ?',
  reason: 'config',
};

function found(fields: Spec, id = 't-1'): (lookup: Lookup) => Observation {
  return (lookup) => presentAs(lookup, { id, fields });
}

/** The guard that a plan made of what was seen would carry. */
function guardFor(address: Address, observation: Observation, ...specs: readonly (Spec | undefined)[]): Guard {
  const kind = kinds[kindOf(address)];
  return guardOf(kind, observation, guardedPaths({ kind, ignored: [] }, ...specs)) ?? { absent: true };
}

const lookup: Lookup = { by: 'id', address: monitor, id: 't-1' };
const update = opOf('update', monitor, {
  id: 't-1',
  spec,
  mask: ['slicing_exprs'],
  changes: [change],
  guard: guardFor(monitor, presentAs(lookup, { id: 't-1', fields: seen }), spec, seen),
});
const rescheduled = {
  ...update,
  spec: { ...spec, schedule: { quartz_cron_expression: '0 0 8 * * ?' } },
  changes: [change, schedule],
};
/** The schedule is ignored: somebody changed it since, and that is nobody's business. */
const leaving = {
  ...update,
  ignored: ['schedule'],
  spec: { ...spec, schedule: { quartz_cron_expression: '0 0 8 * * ?' } },
};
const create = opOf('create', schema, { spec: { name: 'prod.out' }, guard: { absent: true } });

interface Check {
  readonly ops: readonly Op[];
  readonly observe?: (lookup: Lookup) => Observation;
  readonly plan?: Partial<Plan>;
  readonly state?: Recorded;
}

async function check({ ops, observe = absentAs, plan = onRecorded, state = recorded }: Check): Promise<{
  readonly problems: readonly Problem[];
  readonly log: readonly string[];
}> {
  const log: string[] = [];
  const problems = await preflight({
    plan: planOf(ops, plan),
    recorded: state,
    providers: providersOf(log, { observe }),
    context: { limit: async (work) => work(), signal: new AbortController().signal, clock: createClock() },
    emit: collectEvents(),
  });
  return { problems, log };
}

describe('preflight', () => {
  test('nothing moved is no problem, and only what has a guard is read', async () => {
    const observe = (asked: Lookup): Observation => (asked.by === 'id' ? found(seen)(asked) : absentAs(asked));
    expect(await check({ ops: [create, update, opOf('forget', 'monitor:prod.ml.old')], observe })).toEqual({
      problems: [],
      log: [`observe ${schema}`, `observe ${monitor}`],
    });
  });

  test('a setting that the config ignores may move', async () => {
    const observe = found({ ...seen, schedule: { quartz_cron_expression: '0 0 9 * * ?' } });
    expect(await check({ ops: [leaving], observe })).toMatchObject({ problems: [] });
    const { ignored: _ignored, ...watching } = leaving;
    expect(await check({ ops: [watching], observe })).toMatchObject({ problems: [{ code: 'PLAN.STALE' }] });
  });

  test.each([
    {
      name: 'another serial',
      plan: { base: { lineage: 'L1', serial: 3 } },
      state: recorded,
      message: 'the plan was made at state serial 3, the state is at 4',
    },
    {
      name: 'another lineage',
      plan: { base: { lineage: 'L0', serial: 4 } },
      state: recorded,
      message: 'the plan was made for another state',
    },
    {
      name: 'a state where there was none',
      plan: { base: { lineage: null, serial: 0 } },
      state: recorded,
      message: 'the plan was made for another state',
    },
    {
      name: 'no state where there was one',
      plan: onRecorded,
      state: recordedOf({}, { lineage: undefined, serial: 0 }),
      message: 'the plan was made for another state',
    },
  ])('a plan that was made on $name is stale, and nothing is read', async ({ plan, state, message }) => {
    expect(await check({ ops: [create, update], plan, state })).toEqual({
      problems: [{ code: 'PLAN.STALE', severity: 'error', message, hint: 'plan again: dpo plan' }],
      log: [],
    });
  });

  const moved: readonly {
    readonly name: string;
    readonly op: Op;
    readonly observe: (lookup: Lookup) => Observation;
    readonly message: string;
  }[] = [
    {
      name: 'what was absent exists',
      op: create,
      observe: found({ name: 'prod.out' }),
      message: `${schema} exists now; it did not when the plan was made`,
    },
    {
      name: 'what existed is gone',
      op: update,
      observe: absentAs,
      message: `${monitor} is gone since the plan was made`,
    },
    {
      name: 'another object stands there',
      op: update,
      observe: found(seen, 't-9'),
      message: `${monitor} is another object since the plan was made`,
    },
    {
      name: 'a value that the plan changes is another one: it is named',
      op: update,
      observe: found({ ...seen, slicing_exprs: ['country'] }),
      message: `${monitor} changed since the plan was made: slicing_exprs is ["country"]`,
    },
    {
      name: 'only the values that moved are named',
      op: {
        ...rescheduled,
        guard: guardFor(monitor, presentAs(lookup, { id: 't-1', fields: seen }), rescheduled.spec, seen),
      },
      observe: found({ ...seen, schedule: { quartz_cron_expression: '0 0 9 * * ?' } }),
      message: `${monitor} changed since the plan was made: schedule.cron is "0 0 9 * * ?"`,
    },
    {
      name: 'a value that is gone is named as null',
      op: update,
      observe: found({ object_id: 't-1', profile_type: 'SNAPSHOT' }),
      message: `${monitor} changed since the plan was made: slicing_exprs is null`,
    },
    {
      name: 'what the service never returns is not told as gone',
      op: {
        ...update,
        changes: [change, { path: 'inference_log.prediction_probability_column', live: 'p', reason: 'config' }],
      },
      observe: found({ ...seen, slicing_exprs: ['country'] }),
      message: `${monitor} changed since the plan was made: slicing_exprs is ["country"]`,
    },
    {
      name: 'a value that only is spelt another way is not told as moved',
      op: {
        ...update,
        changes: [change, { path: 'schedule.quartz_cron_expression', live: '0 0 6 * * ?', reason: 'config' }],
      },
      observe: found({ ...seen, slicing_exprs: ['country'], schedule: { quartz_cron_expression: '0 0  6 * * ?' } }),
      message: `${monitor} changed since the plan was made: slicing_exprs is ["country"]`,
    },
    {
      name: 'only what the plan does not change moved',
      op: update,
      observe: found({ ...seen, profile_type: 'TIMESERIES' }),
      message: `${monitor} changed since the plan was made: its settings differ`,
    },
  ];

  test.each(moved)('$name', async ({ op, observe, message }) => {
    const hint = 'nothing was written; plan again: dpo plan';
    expect((await check({ ops: [op], observe })).problems).toEqual([
      { code: 'PLAN.STALE', severity: 'error', address: op.address, message, hint },
    ]);
  });

  test('what nobody declared, what is only sent on create, and the order of a set may change', async () => {
    const twice = { ...seen, slicing_exprs: ['a', 'b'] };
    const op = { ...update, guard: guardFor(monitor, presentAs(lookup, { id: 't-1', fields: twice }), spec, seen) };
    const fields = {
      ...seen,
      slicing_exprs: ['b', '`a`'],
      warehouse_id: 'another',
      baseline_table_name: 'prod.ml.base',
    };
    expect((await check({ ops: [op], observe: found(fields) })).problems).toEqual([]);
  });

  test('what cannot be read is an error with its own code, whatever the guard says', async () => {
    const problem: Problem = { code: 'API.FORBIDDEN', severity: 'warning', message: 'no', hint: 'grant it' };
    const observe = (asked: Lookup): Observation => ({ status: 'unreadable', lookup: asked, problem });
    expect((await check({ ops: [create], observe })).problems).toEqual([
      { ...problem, severity: 'error', address: schema },
    ]);
  });

  test('every operation that moved is told, in the order of the plan', async () => {
    const { problems } = await check({
      ops: [update, create],
      observe: (asked) => (asked.by === 'id' ? absentAs(asked) : presentAs(asked)),
    });
    expect(problems.map((problem) => problem.address)).toEqual([monitor, schema]);
  });

  test('a delete is found by the id that the state knows', async () => {
    const asked: Lookup[] = [];
    const guard = guardFor(monitor, presentAs(lookup, { id: 't-1', fields: seen }), seen);
    const observe = (one: Lookup): Observation => {
      asked.push(one);
      return found(seen)(one);
    };
    expect((await check({ ops: [opOf('delete', monitor, { id: 't-1', guard })], observe })).problems).toEqual([]);
    expect(asked).toEqual([lookup]);
  });
});
