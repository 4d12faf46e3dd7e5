import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../src/live.ts';
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

const both = [wantedSchema(), wantedMonitor({ slicing_exprs: ['region'] })];
const recorded = { [schema]: recordedSchema(), [monitor]: recordedMonitor() };
const seen = { [schema]: liveSchema(ours), [monitor]: hidden(liveMonitor({}, null)) };

/** As another workspace than its own sees it. */
function hidden(live: Observation): Observation {
  if (live.status !== 'present') throw new Error('not present');
  const { assets_dir: _hidden, ...fields } = live.fields;
  return { ...live, fields, elsewhere: true };
}

describe('W026 a monitor that another workspace made', () => {
  test.each<[string, World, readonly string[]]>([
    [
      'wanted: refused',
      { desired: both, live: seen },
      ['adopt schema:prod.out (marker)', 'error PLAN.OTHER_WORKSPACE'],
    ],
    [
      'wanted with adopt: refused all the same',
      { desired: [wantedSchema(), { ...wantedMonitor(), adopt: true }], live: seen },
      ['adopt schema:prod.out (marker)', 'error PLAN.OTHER_WORKSPACE'],
    ],
    [
      'in the place of ours: neither updated nor replaced, even when asked for',
      { desired: both, recorded, live: seen, replace: new Set([monitor]) },
      ['error PLAN.OTHER_WORKSPACE'],
    ],
    [
      'in the place of ours, and not wanted any more: not deleted, and kept in the state',
      { desired: [wantedSchema()], recorded, live: seen },
      [`blocked ${monitor} PLAN.OTHER_WORKSPACE`],
    ],
    [
      'in the place of ours, in a destroy: it and the schema that it rests on stay',
      { desired: [], recorded, live: seen, mode: 'destroy' },
      [`blocked ${monitor} PLAN.OTHER_WORKSPACE`, `blocked ${schema} PLAN.KEPT`],
    ],
    [
      'in the place of ours: nothing of it is taken into the state',
      { recorded, live: seen, mode: 'refresh-only' },
      [`blocked ${monitor} PLAN.OTHER_WORKSPACE`],
    ],
    [
      'unknown to all: invisible to a destroy',
      { desired: both, live: seen, mode: 'destroy' },
      [`delete ${schema} (destroy)`],
    ],
  ])('%s', (_name, world, story) => {
    expect(storyOf(planOf(world))).toEqual(story);
  });

  test('of a former table is left alone when the new one gets its own', () => {
    const made = planOf({
      desired: [wantedSchema(), wantedMonitor({ object_id: 'table-2' })],
      recorded,
      live: { [schema]: liveSchema(ours) },
      previous: { [monitor]: hidden(liveMonitor({}, null)) },
    });
    expect(made.ops).toMatchObject([{ address: monitor, action: 'create', reasons: ['identity'] }]);
  });
});
