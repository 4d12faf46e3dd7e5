import { describe, expect, test } from '@jest/globals';
import type { OpenIntent } from '../../src/recorded.ts';
import {
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  schema,
  storyOf,
  unreadable,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

const creating: OpenIntent = { address: monitor, action: 'create', id: 'table-1', at: 0, deadlineMs: 1 };

/** A state that knows of nothing but an interrupted create. */
function story(world: World, intents: readonly OpenIntent[] = [creating]): readonly string[] {
  return storyOf(planOf({ recorded: {}, intents, ...world }));
}

describe('N012 a create that was interrupted, of what the config asks for no more', () => {
  test('what carries our marker is deleted: nothing else knows of it', () => {
    expect(story({ live: { [monitor]: liveMonitor() } })).toEqual([`delete ${monitor} (removed)`]);
  });

  test('what is not there is let go of, and so is what a stranger has there', () => {
    expect(story({})).toEqual([`forget ${monitor} (removed)`]);
    expect(story({ live: { [monitor]: liveMonitor({}, null) } })).toEqual([`forget ${monitor} (removed)`]);
    expect(story({ live: { [monitor]: liveMonitor({}, { owner: 'other/test' }) } })).toEqual([
      `forget ${monitor} (removed)`,
    ]);
  });

  test('what cannot be read is blocked', () => {
    expect(story({ live: { [monitor]: unreadable(monitor) } })).toEqual([`blocked ${monitor} PLAN.UNREADABLE`]);
  });

  test('an empty schema is deleted, and one that holds tables by now is let go of', () => {
    const creatingSchema: OpenIntent = { address: schema, action: 'create', at: 0, deadlineMs: 1 };
    expect(story({ live: { [schema]: liveSchema(ours) } }, [creatingSchema])).toEqual([`delete ${schema} (removed)`]);
    const full = { ...liveSchema(ours), out: { schema_id: 's-1', tables: 1 } };
    expect(story({ live: { [schema]: full } }, [creatingSchema])).toEqual([`forget ${schema} (removed)`]);
  });

  test('without an id a monitor cannot be looked for, and an update leaves no object behind', () => {
    const { id: _id, ...nameless } = creating;
    expect(story({}, [nameless, { ...creating, action: 'update' }])).toEqual([]);
  });
});

test('an interrupted create of what is still wanted is adopted', () => {
  const world = {
    desired: [wantedSchema(), wantedMonitor()],
    live: { [schema]: liveSchema(), [monitor]: liveMonitor() },
  };
  expect(story(world)).toEqual([`adopt ${monitor} (marker)`, `used ${schema}`]);
});

test('an interrupted create is nothing that a refresh takes in', () => {
  expect(story({ live: { [monitor]: liveMonitor() }, mode: 'refresh-only' })).toEqual([]);
});
