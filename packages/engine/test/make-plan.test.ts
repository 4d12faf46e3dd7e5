import { describe, expect, test } from '@jest/globals';
import type { Desired, DesiredResource, Plan, Recorded, RefreshMode } from '@dpo/core';
import { collectEvents } from '../../core/test/event-schema.ts';
import { makePlan } from '../src/make-plan.ts';
import { absentAs, entryOf, monitor, presentAs, providersOf, recordedOf, schema, target } from './doubles.ts';
import { createClock } from './fake-clock.ts';

const wanted: DesiredResource = {
  address: monitor,
  spec: { object_id: 't-new', profile_type: 'SNAPSHOT', assets_dir: '/a/dpo/test/monitors/x' },
  place: { file: 'dpo.yaml', start: { line: 3, column: 3 } },
  origins: {},
};

async function make(
  resources: readonly DesiredResource[],
  recorded: Recorded,
  refresh: RefreshMode = 'full',
): Promise<{ readonly plan: Plan; readonly log: readonly string[]; readonly ids: readonly string[] }> {
  const log: string[] = [];
  const ids: string[] = [];
  const clock = createClock();
  const desired: Desired = {
    owner: { project: 'dpo', target: 'test' },
    target,
    resources,
    skipped: [],
    undecided: [],
    problems: [],
  };
  const observe = (lookup: Parameters<typeof absentAs>[0]): ReturnType<typeof absentAs> => {
    ids.push(lookup.by === 'id' ? lookup.id : lookup.name);
    return lookup.by === 'id' ? absentAs(lookup) : presentAs(lookup, { out: { schema_id: 's-1' } });
  };
  const plan = await makePlan({
    desired,
    recorded,
    providers: providersOf(log, { observe }),
    context: { limit: async (work) => work(), signal: new AbortController().signal, clock },
    clock,
    emit: collectEvents(),
    options: { mode: 'apply', version: '0.0.0', consent: {}, refresh },
  });
  return { plan, log, ids };
}

describe('makePlan', () => {
  test('reads what is wanted and what is recorded, once each, and what stands behind another name now', async () => {
    const { log, plan } = await make(
      [wanted],
      recordedOf({ [schema]: entryOf(), [monitor]: entryOf({ id: 't-old' }) }),
    );
    expect(log).toEqual([`observe ${schema}`, `observe ${monitor}`, `observe ${monitor}`]);
    expect(plan.ops.map((op) => `${op.action} ${op.address}`)).toEqual([`replace ${monitor}`, `delete ${schema}`]);
  });

  test('N009 what is wanted is looked up by what is wanted, and beside it what the state remembers', async () => {
    const { ids } = await make([wanted], recordedOf({ [monitor]: entryOf({ id: 't-old' }) }));
    expect(ids).toEqual(['t-new', 't-old']);
  });

  test('what is only recorded is looked up by the id that the state knows', async () => {
    const { ids } = await make([], recordedOf({ [monitor]: entryOf({ id: 't-old' }) }));
    expect(ids).toEqual(['t-old']);
  });

  test('nothing wanted and nothing recorded reads nothing', async () => {
    const { log, plan } = await make([], recordedOf());
    expect(log).toEqual([]);
    expect(plan.ops).toEqual([]);
  });

  test('with --refresh changed reads what the config changed, and guards the rest by what was sent', async () => {
    const applied = { object_id: 't-new', profile_type: 'SNAPSHOT', assets_dir: '/a/dpo/test/monitors/x' };
    const same = entryOf({ id: 't-new', applied });
    const unchanged = await make([wanted], recordedOf({ [monitor]: same }), 'changed');
    expect([unchanged.log, unchanged.plan.ops]).toEqual([[], []]);
    expect(unchanged.plan.scope).toMatchObject({ refresh: 'changed', unread: 1 });
    const sliced = { ...wanted, spec: { ...wanted.spec, slicing_exprs: ['a'] } };
    expect((await make([sliced], recordedOf({ [monitor]: same }), 'changed')).log).toEqual([`observe ${monitor}`]);
    const unread = await make([sliced], recordedOf({ [monitor]: same }), 'none');
    expect(unread.log).toEqual([]);
    expect(unread.plan.ops).toMatchObject([{ action: 'update', mask: ['slicing_exprs'], guard: { id: 't-new' } }]);
  });
});
