import { describe, expect, test } from '@jest/globals';
import type { DesiredResource } from '../../src/desired.ts';
import type { RecordedResource } from '../../src/recorded.ts';
import type { Spec } from '../../src/spec.ts';
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
  type World,
} from './world.ts';

type Slices = Readonly<Record<string, number>>;

function wanted(slices: Slices | undefined, spec: Spec = {}): DesiredResource {
  return { ...wantedMonitor(spec), ...(slices === undefined ? {} : { decisions: { slices } }) };
}

function world(slices: Slices | undefined, desired: readonly DesiredResource[], more: Partial<World> = {}): World {
  const entry: Partial<RecordedResource> = slices === undefined ? {} : { decisions: { slices } };
  return {
    desired: [wantedSchema(), ...desired],
    recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor({}, entry) },
    live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
    ...more,
  };
}

function kept(given: World): Slices | undefined {
  return planOf(given).ops.find(({ address }) => address === monitor)?.decisions?.slices;
}

describe('ruling 40 what was counted', () => {
  test.each<[string, World, readonly string[]]>([
    ['known already: nothing is to be done', world({ a: 900 }, [wanted({ a: 900 })]), []],
    ['new: only the state changes', world({ a: 3 }, [wanted({ a: 3, b: 9 })]), [`absorb ${monitor} (config)`]],
    ['another count: only the state changes', world({ a: 3 }, [wanted({ a: 90 })]), [`absorb ${monitor} (config)`]],
    ['not asked for any more: it goes with the next operation', world({ a: 3, b: 9 }, [wanted({ a: 3 })]), []],
    ['nothing is counted and nothing known', world(undefined, [wanted(undefined)]), []],
  ])('%s', (_, given, story) => {
    expect(storyOf(planOf(given))).toEqual(story);
  });

  test('goes into the state with whatever is done to the object', () => {
    expect(kept(world(undefined, [wanted({ a: 3 }, { slicing_exprs: ['a'] })]))).toEqual({ a: 3 });
    expect(kept({ desired: [wantedSchema(), wanted({ a: 3 })] })).toEqual({ a: 3 });
    const preventDestroy = { value: true, place: { default: true } } as const;
    expect(kept(world({ a: 3 }, [{ ...wanted({ a: 3 }), preventDestroy }]))).toEqual({ a: 3 });
  });

  test('stays where the config is not looked at, and is no part of a delete', () => {
    const changed = { [schema]: liveSchema(ours), [monitor]: liveMonitor({ slicing_exprs: ['x'] }) };
    const refresh = world({ a: 3 }, [], { mode: 'refresh-only', live: changed });
    expect(planOf(refresh).ops.filter(({ decisions }) => decisions?.slices['a'] !== 3)).toEqual([]);
    expect(kept(world({ a: 3 }, []))).toBeUndefined();
  });

  test('is no decision that somebody approves: its growth changes no fingerprint', () => {
    const printOf = (count: number): string =>
      planOf(world(undefined, [wanted({ a: count }, { slicing_exprs: ['a'] })])).fingerprint;
    expect(printOf(3)).toBe(printOf(4));
  });
});
