import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { DesiredResource } from '../../src/desired.ts';
import type { Observation } from '../../src/live.ts';
import type { RecordedResource } from '../../src/recorded.ts';
import type { Spec } from '../../src/spec.ts';
import { planOf, storyOf, type World } from './world.ts';

const anomaly: Address = 'anomaly:prod.sales';
const excluded = { excluded_table_full_names: ['prod.sales.a'] };

const wanted = (more: Partial<DesiredResource> = {}): DesiredResource => ({
  address: anomaly,
  spec: { object_id: 's-1', ...excluded },
  place: { file: 'dpo.yaml', start: { line: 9, column: 3 } },
  origins: {},
  ...more,
});
const live = (spec: Spec = excluded, id = 's-1'): Observation => ({
  status: 'present',
  lookup: { by: 'id', address: anomaly, id },
  id,
  fields: { object_id: id, ...spec },
  out: {},
});
const recorded: RecordedResource = {
  version: 1,
  id: 's-1',
  status: 'ok',
  applied: { object_id: 's-1', ...excluded },
  out: {},
  needs: [],
};
const known: World = { desired: [wanted()], recorded: { [anomaly]: recorded }, live: { [anomaly]: live() } };
const creating = { address: anomaly, action: 'create', id: 's-1', at: 0, deadlineMs: 1 } as const;

describe('W010 anomaly detection, which has no room for a marker', () => {
  test.each<[string, World, readonly string[]]>([
    ['absent is created', { desired: [wanted()], recorded: {} }, [`create ${anomaly} (config)`]],
    ['known and as asked for is left', known, []],
    ['ruling 3: present and unknown is refused', { ...known, recorded: {} }, ['error PLAN.FOREIGN']],
    [
      'C12: found by a glob it is left alone instead',
      { ...known, recorded: {}, desired: [wanted({ lenient: true })] },
      [`blocked ${anomaly} PLAN.FOREIGN`],
    ],
    [
      'asked for it is adopted',
      { ...known, recorded: {}, desired: [wanted({ adopt: true })] },
      [`adopt ${anomaly} (marker)`],
    ],
    [
      'what an interrupted create of ours left is adopted',
      { ...known, recorded: {}, intents: [creating] },
      [`adopt ${anomaly} (marker)`],
    ],
    [
      'what an interrupted create left and nobody wants any more is let go of, not deleted',
      { recorded: {}, intents: [creating], live: { [anomaly]: live() } },
      [`forget ${anomaly} (removed)`],
    ],
    [
      'edited by hand it is put back',
      { ...known, live: { [anomaly]: live({ excluded_table_full_names: ['PROD.sales.b'] }) } },
      [`update ${anomaly} (drift)`, `drift ${anomaly} reverted`],
    ],
    [
      'names are the same in any case',
      { ...known, live: { [anomaly]: live({ excluded_table_full_names: ['PROD.Sales.A'] }) } },
      [],
    ],
    [
      'switched off by hand it is made again',
      { ...known, live: {} },
      [`create ${anomaly} (missing)`, `drift ${anomaly} recreated`],
    ],
    ['no longer declared it is deleted', { ...known, desired: [] }, [`delete ${anomaly} (removed)`]],
    [
      'a destroy without a state leaves it',
      { live: { [anomaly]: live() }, desired: [wanted()], recorded: {}, mode: 'destroy' },
      [],
    ],
  ])('%s', (_what, world, story) => {
    expect(storyOf(planOf(world)).filter((line) => line !== 'warning PLAN.INCOMPLETE')).toEqual(story);
  });

  test('a delete says that the results go with it', () => {
    const { ops } = planOf({ ...known, desired: [] });
    expect(ops).toMatchObject([{ lost: ['what anomaly detection has found in the schema so far'] }]);
  });
});

describe('W017 what a target only reads', () => {
  const skipped = [{ address: anomaly, code: 'PLAN.READ_ONLY', reason: 'read only', untouched: true }] as const;

  test.each(['apply', 'destroy'] as const)('is neither changed nor deleted although the state knows it: %s', (mode) => {
    const world: World = { ...known, desired: [], live: { [anomaly]: live({}) }, more: { skipped }, mode };
    expect(storyOf(planOf(world))).toEqual([`skipped ${anomaly} PLAN.READ_ONLY`]);
  });
});
