import { describe, expect, test } from '@jest/globals';
import {
  liveMonitor,
  liveSchema,
  monitor,
  planOf,
  recordedMonitor,
  schema,
  storyOf,
  wantedMonitor,
  wantedSchema,
} from './world.ts';

const theirs = { assets_dir: '/Shared/other/prod/monitors/x' };
const live = {
  [schema]: liveSchema(),
  [monitor]: liveMonitor({ ...theirs, slicing_exprs: ['theirs'] }, { owner: 'other/prod' }),
};
/** As `dpo import` writes it: only what tells the object from others. */
const imported = recordedMonitor({}, { applied: { object_id: 'table-1', ...theirs }, needs: [] });

describe('an imported monitor of another project', () => {
  test('N011 is compared with the config, each declared field as newly declared, and keeps its folder (W022)', () => {
    const plan = planOf({
      desired: [wantedSchema(), wantedMonitor({ slicing_exprs: ['ours'] })],
      recorded: { [monitor]: imported },
      live,
    });
    expect(storyOf(plan)).toEqual([`update ${monitor} (config)`, `used ${schema}`]);
    expect(plan.ops[0]).toMatchObject({
      mask: ['slicing_exprs'],
      changes: [{ path: 'slicing_exprs', live: ['theirs'], desired: ['ours'], reason: 'config' }],
      spec: theirs,
    });
  });

  test('is deleted when the config lets it go: the state says that it is ours', () => {
    expect(storyOf(planOf({ desired: [], recorded: { [monitor]: imported }, live }))).toEqual([
      `delete ${monitor} (removed)`,
    ]);
  });

  test('is let go of when somebody made another one in its place', () => {
    const other = { ...live, [monitor]: liveMonitor({ assets_dir: '/Shared/third/x' }, { owner: 'third/prod' }) };
    expect(storyOf(planOf({ desired: [], recorded: { [monitor]: imported }, live: other }))).toEqual([
      `forget ${monitor} (removed)`,
    ]);
  });
});
