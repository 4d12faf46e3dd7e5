import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import { parseSelection } from '../../src/selection/parse-selection.ts';
import type { Scope } from '../../src/plan/narrow.ts';
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
  wantedMonitor,
  wantedSchema,
} from './world.ts';

const other: Address = 'monitor:prod.tmp.orders';
const fresh = [wantedSchema(), wantedMonitor(), wantedMonitor({ object_id: 'table-2' }, other)];

function scope(select?: string, exclude?: string): Scope {
  return {
    ...(select === undefined ? {} : { select: { text: select, selection: parseSelection(select) } }),
    ...(exclude === undefined ? {} : { exclude: { text: exclude, selection: parseSelection(exclude) } }),
  };
}

describe('N003 a plan of a part', () => {
  test('what is selected brings along what it needs, and the plan says that it is partial', () => {
    const plan = planOf({ desired: fresh, scope: scope('table:churn') });
    expect(storyOf(plan)).toEqual([`create ${schema} (config)`, `create ${monitor} (config)`]);
    expect(plan.scope).toEqual({ partial: true, complete: true, select: 'table:churn', left: 1 });
    expect(plan.summary.create).toBe(2);
  });

  test('what is excluded stays out, with everything that needs it', () => {
    const plan = planOf({ desired: fresh, scope: scope(undefined, 'kind:schema') });
    expect(plan.ops).toEqual([]);
    expect(plan.blocked.map(({ address, code }) => `${address} ${code}`)).toEqual([
      `${monitor} PLAN.NOT_SELECTED`,
      `${other} PLAN.NOT_SELECTED`,
    ]);
    expect(plan.blocked[0]?.because).toBe(`needs create ${schema}, which is not selected`);
  });

  test('exclusion wins over selection', () => {
    const plan = planOf({ desired: fresh, scope: scope('kind:monitor', 'schema:tmp') });
    expect(plan.ops.map((op) => op.address)).toEqual([schema, monitor]);
  });

  const removed = {
    desired: [],
    recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
    live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
  };

  test('a delete brings no other delete along: it is held while something that is left out rests on it', () => {
    const plan = planOf({ ...removed, scope: scope('kind:schema') });
    expect(plan.ops).toEqual([]);
    expect(plan.blocked).toMatchObject([{ address: schema, because: expect.stringContaining(`delete ${monitor}`) }]);
  });

  test('a delete inside of the selection stays possible, by the table that its address names', () => {
    const plan = planOf({ ...removed, scope: scope('table:prod.ml.churn') });
    expect(storyOf(plan)).toEqual([`delete ${monitor} (removed)`]);
  });

  test('drift outside of the selection is not told', () => {
    const drifted = {
      desired: [wantedSchema(), wantedMonitor(), wantedMonitor({}, other)],
      recorded: {
        [schema]: recordedSchema(),
        [monitor]: recordedMonitor({ slicing_exprs: ['a'] }),
        [other]: recordedMonitor({ slicing_exprs: ['a'] }),
      },
      live: {
        [schema]: liveSchema(ours),
        [monitor]: liveMonitor({ slicing_exprs: ['b'] }),
        [other]: liveMonitor({ slicing_exprs: ['b'] }),
      },
    };
    expect(planOf(drifted).drift.map(({ address }) => address)).toEqual([monitor, other]);
    const plan = planOf({ ...drifted, scope: scope('table:churn') });
    expect([plan.drift.map(({ address }) => address), plan.summary.drift]).toEqual([[monitor], 1]);
  });

  test('action:create selects by what is to be done', () => {
    const plan = planOf({ ...removed, desired: fresh, scope: scope('action:create') });
    expect(plan.ops.map((op) => op.address)).toEqual([other]);
  });

  test('a selection of everything decides what no selection decides', () => {
    const whole = planOf({ desired: fresh });
    const selected = planOf({ desired: fresh, scope: scope('*') });
    expect(selected.ops).toEqual(whole.ops);
    expect(selected.fingerprint).not.toBe(whole.fingerprint);
  });
});
