import { describe, expect, test } from '@jest/globals';
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

const ourSlices = { slicing_exprs: ['ours'] };
const recorded = { [schema]: recordedSchema(), [monitor]: recordedMonitor(ourSlices) };
const settled = { [schema]: liveSchema(ours), [monitor]: liveMonitor(ourSlices) };

function refresh(world: World) {
  return planOf({ recorded, live: settled, mode: 'refresh-only', ...world });
}

describe('D006 a refresh-only plan', () => {
  test('of a settled world holds nothing, whatever the config wants', () => {
    expect(storyOf(refresh({ desired: [] }))).toEqual([]);
    expect(storyOf(refresh({ desired: [wantedSchema(), wantedMonitor({ slicing_exprs: ['new'] })] }))).toEqual([]);
  });

  test('takes what changed outside into the state, path by path', () => {
    const live = { ...settled, [monitor]: liveMonitor({ slicing_exprs: ['theirs'], baseline_table_name: 'x.y.z' }) };
    const plan = refresh({ live });
    expect(plan.ops).toMatchObject([{ address: monitor, action: 'absorb', reasons: ['drift'], severity: 'safe' }]);
    const [op] = plan.ops;
    expect(op?.changes.map((change) => change.path)).toEqual(['slicing_exprs']);
    // What nobody declared is not ours and does not get into the state.
    expect(op?.spec).toEqual({ ...recordedMonitor().applied, slicing_exprs: ['theirs'] });
    expect(plan.drift).toMatchObject([{ address: monitor, fate: 'kept' }]);
  });

  test('a value that was removed outside leaves the state', () => {
    const plan = refresh({ live: { ...settled, [monitor]: liveMonitor() } });
    expect(Object.keys(plan.ops[0]?.spec ?? {})).not.toContain('slicing_exprs');
  });

  test('what is gone is forgotten, and needs no consent', () => {
    const plan = refresh({ live: {} });
    expect(plan.ops.map(({ action, address }) => `${action} ${address}`)).toEqual([
      `forget ${schema}`,
      `forget ${monitor}`,
    ]);
    expect(plan.drift).toHaveLength(2);
    expect(plan.requires).toEqual([]);
  });

  test('N011 another object behind the name is forgotten and left alone', () => {
    const plan = refresh({
      live: {
        ...settled,
        [monitor]: liveMonitor({ assets_dir: '/Shared/other/prod/monitors/x' }, { owner: 'other/prod' }),
      },
    });
    expect(storyOf(plan)).toEqual([`forget ${monitor} (missing)`]);
  });

  test('what cannot be read is kept as it is recorded', () => {
    const plan = refresh({ live: { ...settled, [monitor]: unreadable(monitor) } });
    expect(plan.ops).toEqual([]);
    expect(plan.blocked).toMatchObject([{ address: monitor, code: 'PLAN.UNREADABLE' }]);
  });
});

describe('--replace', () => {
  test('replaces what nothing forces to be replaced, and says that it was asked for', () => {
    const plan = planOf({
      desired: [wantedSchema(), wantedMonitor(ourSlices)],
      recorded,
      live: settled,
      replace: new Set([monitor]),
    });
    expect(storyOf(plan)).toEqual([`replace ${monitor} (requested)`]);
    expect(plan.requires).toMatchObject([{ flag: '--allow-replace' }]);
  });
});
