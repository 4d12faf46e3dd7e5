import { describe, expect, test } from '@jest/globals';
import { diffSpec } from '../../src/diff/diff-spec.ts';
import { isIgnored, keepIgnored, withoutIgnored } from '../../src/diff/ignored.ts';
import type { Spec } from '../../src/spec.ts';

const schedule = { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'UTC' };
const spec: Spec = { profile_type: 'SNAPSHOT', schedule, slicing_exprs: ['a'] };

describe('ignored paths', () => {
  test.each([
    ['schedule', 'schedule', true],
    ['schedule', 'schedule.timezone_id', true],
    ['schedule.timezone_id', 'schedule.quartz_cron_expression', false],
    ['schedule', 'schedules', false],
    ['schedule.timezone_id', 'schedule', false],
  ])('%s covers %s: %s', (ignored, path, expected) => {
    expect(isIgnored([ignored], path)).toBe(expected);
  });

  test.each<[string, readonly string[], Spec]>([
    ['nothing', [], spec],
    ['a leaf', ['slicing_exprs'], { profile_type: 'SNAPSHOT', schedule }],
    ['an object', ['schedule'], { profile_type: 'SNAPSHOT', slicing_exprs: ['a'] }],
    ['a part of an object', ['schedule.timezone_id'], { ...spec, schedule: { quartz_cron_expression: '0 0 6 * * ?' } }],
    [
      'every part of an object, and the object with them',
      ['schedule.timezone_id', 'schedule.quartz_cron_expression'],
      { profile_type: 'SNAPSHOT', slicing_exprs: ['a'] },
    ],
    ['what is not there', ['time_series.granularities', 'slicing_exprs.x'], spec],
  ])('an update sends the spec without %s', (_name, ignored, expected) => {
    expect(withoutIgnored(spec, ignored)).toEqual(expected);
  });

  test.each<[string, Spec, Spec]>([
    ['as it was last sent', { slicing_exprs: ['old'] }, { ...spec, slicing_exprs: ['old'] }],
    ['not at all when it never was', {}, { profile_type: 'SNAPSHOT', schedule }],
  ])('the state keeps an ignored path %s', (_name, former, expected) => {
    expect(keepIgnored(spec, former, ['slicing_exprs'])).toEqual(expected);
  });

  test('the state keeps an object of which only a part is ignored', () => {
    const former = { schedule: { quartz_cron_expression: '0 0 1 * * ?', timezone_id: 'CET' } };
    expect(keepIgnored(spec, former, ['schedule.timezone_id'])).toEqual({
      ...spec,
      schedule: { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'CET' },
    });
  });

  test.each<[string, { recorded?: Spec; desired?: Spec; live?: Spec }, readonly string[]]>([
    ['changed in the config', { recorded: { a: 1 }, desired: { a: 2 }, live: { a: 1 } }, ['a']],
    ['changed outside', { recorded: { a: 1 }, desired: { a: 1 }, live: { a: 3 } }, ['a']],
    ['newly declared', { desired: { a: 2 } }, ['a']],
    ['no longer declared', { recorded: { a: 1 }, live: { a: 1 } }, ['a']],
    ['declared by nobody', { live: { a: 1 } }, []],
  ])('an ignored path is never compared: %s', (_name, sides, ignored) => {
    const result = diffSpec({
      rules: {},
      recorded: sides.recorded ?? {},
      desired: sides.desired ?? {},
      live: sides.live ?? {},
      ignored: ['a'],
      from: () => undefined,
    });
    expect(result).toEqual({ changes: [], absorbed: [], drifted: [], ignored });
  });

  test('a create-only path is no ignored setting: it is never compared anyway', () => {
    const result = diffSpec({
      rules: { a: { rules: [{ createOnly: true }] } },
      recorded: {},
      desired: { a: 1 },
      live: {},
      ignored: ['a'],
      from: () => undefined,
    });
    expect(result.ignored).toEqual([]);
  });
});
