import { describe, expect, test } from '@jest/globals';
import type { DesiredResource } from '../../src/desired.ts';
import type { Json } from '../../src/json.ts';
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

const cron = (text: string): Spec => ({ schedule: { quartz_cron_expression: text, timezone_id: 'UTC' } });

function ignoring(spec: Spec, ...ignore: readonly string[]): DesiredResource {
  return { ...wantedMonitor(spec), ignore };
}

function world(more: { desired: Spec; recorded: Spec; live: Spec; ignore: readonly string[] }): World {
  return {
    desired: [wantedSchema(), ignoring(more.desired, ...more.ignore)],
    recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor(more.recorded) },
    live: { [schema]: liveSchema(ours), [monitor]: liveMonitor(more.live) },
  };
}

describe('settings that the config ignores', () => {
  test.each<[string, Spec, Spec, Spec]>([
    ['changed in the config', cron('new'), cron('old'), cron('old')],
    ['changed outside', cron('old'), cron('old'), cron('theirs')],
    ['removed outside', cron('old'), cron('old'), {}],
    ['newly declared', cron('new'), {}, {}],
    ['no longer declared', {}, cron('old'), cron('old')],
  ])('are no change and no drift: %s', (...[, desired, recorded, live]) => {
    const made = planOf(world({ desired, recorded, live, ignore: ['schedule'] }));
    expect(storyOf(made)).toEqual([]);
    expect(made.unchanged).toBe(2);
    expect(made.ignored).toEqual([
      { path: 'schedule.quartz_cron_expression', label: 'schedule.cron', addresses: [monitor] },
      { path: 'schedule.timezone_id', label: 'schedule.timezone', addresses: [monitor] },
    ]);
  });

  test('are not in the plan when nobody declares them', () => {
    const made = planOf(world({ desired: {}, recorded: {}, live: cron('theirs'), ignore: ['schedule'] }));
    expect(made).not.toHaveProperty('ignored');
  });

  test('are sent when the object is created, and not counted then', () => {
    const made = planOf({ desired: [wantedSchema(), ignoring(cron('new'), 'schedule')] });
    expect(made.ops.find((op) => op.address === monitor)).toMatchObject({ action: 'create', spec: cron('new') });
    expect(made).not.toHaveProperty('ignored');
  });

  test('are neither in the mask of an update, nor recorded as what the config says now', () => {
    const made = planOf(
      world({
        desired: { ...cron('new'), slicing_exprs: ['b'] },
        recorded: { ...cron('sent'), slicing_exprs: ['a'] },
        live: { ...cron('theirs'), slicing_exprs: ['a'] },
        ignore: ['schedule'],
      }),
    );
    // They are counted beside an operation too, not only where nothing is to be done.
    expect(made.ignored?.map(({ label, addresses }) => [label, addresses])).toEqual([
      ['schedule.cron', [monitor]],
      ['schedule.timezone', [monitor]],
    ]);
    expect(made.ops).toMatchObject([
      {
        action: 'update',
        reasons: ['config'],
        mask: ['slicing_exprs'],
        ignored: ['schedule'],
        spec: { ...cron('sent'), slicing_exprs: ['b'] },
      },
    ]);
  });

  test.each<[string, Spec, Json]>([
    ['as they are live', cron('theirs'), cron('theirs')['schedule'] ?? null],
    ['not at all when they are not set', {}, null],
  ])('of an adopted object are recorded %s', (_name, live, expected) => {
    const made = planOf({
      desired: [wantedSchema(), ignoring(cron('new'), 'schedule')],
      live: { [schema]: liveSchema(), [monitor]: liveMonitor(live) },
    });
    expect(made.ops).toMatchObject([{ action: 'adopt', changes: [] }]);
    expect(made.ops[0]?.spec?.['schedule'] ?? null).toEqual(expected);
    expect(made.ops[0]).not.toHaveProperty('mask');
  });

  test('do not move the guard: somebody may change them between plan and apply', () => {
    const guardOn = (live: Spec): Json | undefined => {
      const made = planOf(
        world({
          desired: { ...cron('old'), slicing_exprs: ['b'] },
          recorded: cron('old'),
          live,
          ignore: ['schedule'],
        }),
      );
      return made.ops[0]?.guard as Json | undefined;
    };
    expect(guardOn(cron('theirs'))).toEqual(guardOn(cron('old')));
    expect(guardOn({ ...cron('old'), slicing_exprs: ['x'] })).not.toEqual(guardOn(cron('old')));
  });

  test('are not taken into the state by a refresh', () => {
    const drifted = world({
      desired: cron('old'),
      recorded: { ...cron('old'), slicing_exprs: ['sent'] },
      live: { ...cron('theirs'), slicing_exprs: ['theirs'] },
      ignore: ['schedule'],
    });
    const made = planOf({ ...drifted, mode: 'refresh-only' });
    expect(made.ops).toMatchObject([
      { action: 'absorb', ignored: ['schedule'], changes: [{ path: 'slicing_exprs' }], spec: cron('old') },
    ]);
  });

  test('count as before once they are ignored no more', () => {
    const made = planOf(world({ desired: cron('old'), recorded: cron('old'), live: cron('theirs'), ignore: [] }));
    expect(storyOf(made)).toEqual([`update ${monitor} (drift)`, `drift ${monitor} reverted`]);
  });

  test('a replace makes the object with what the config says, ignored or not', () => {
    const made = planOf(
      world({
        desired: { ...cron('new'), profile_type: 'TIMESERIES' },
        recorded: cron('old'),
        live: cron('old'),
        ignore: ['schedule'],
      }),
    );
    expect(made.ops).toMatchObject([{ action: 'replace', spec: cron('new') }]);
    expect(made.ops[0]?.changes.map(({ path }) => path)).toEqual(['profile_type']);
  });

  test('are listed by setting, with every object that has them', () => {
    const other = 'monitor:prod.ml.a' as const;
    const made = planOf({
      desired: [
        wantedSchema(),
        ignoring({ slicing_exprs: ['x'] }, 'slicing_exprs'),
        { ...ignoring({ slicing_exprs: ['x'] }, 'slicing_exprs'), address: other },
      ],
      recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor(), [other]: recordedMonitor() },
      live: { [schema]: liveSchema(ours), [monitor]: liveMonitor(), [other]: liveMonitor() },
    });
    expect(made.ignored).toEqual([{ path: 'slicing_exprs', label: 'slicing_exprs', addresses: [other, monitor] }]);
  });
});
