import { describe, expect, test } from '@jest/globals';
import type { JsonObject, Spec } from '@dpo/core';
import { bodyOf, maskOf, sideEffects } from '../../src/providers/monitor-update.ts';

const schedule = { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' };
const emails = { on_failure: { email_addresses: ['a@b.c'] } };
const base: Spec = { object_id: 'uuid', profile_type: 'SNAPSHOT', output_schema_id: 's' };
const live: JsonObject = { output_schema_id: 's', snapshot: {} };

describe('update mask', () => {
  test.each<[string, JsonObject, Spec, readonly string[], readonly string[]]>([
    [
      'one leaf',
      { ...live, schedule },
      { ...base, schedule: { ...schedule, timezone_id: 'CET' } },
      ['schedule.timezone_id'],
      ['schedule.timezone_id'],
    ],
    [
      'a new object as one',
      live,
      { ...base, schedule },
      ['schedule.quartz_cron_expression', 'schedule.timezone_id'],
      ['schedule'],
    ],
    [
      'an object that goes as one, whatever the service added to it',
      { ...live, schedule: { ...schedule, pause_status: 'X' } },
      base,
      ['schedule.quartz_cron_expression', 'schedule.timezone_id'],
      ['schedule'],
    ],
    [
      'a leaf of an object of which something undeclared stays',
      { ...live, schedule },
      base,
      ['schedule.timezone_id'],
      ['schedule.timezone_id'],
    ],
    [
      'nested objects that go as one',
      { ...live, notification_settings: emails },
      base,
      ['notification_settings.on_failure.email_addresses'],
      ['notification_settings'],
    ],
    [
      'not the objects around what somebody else set',
      { ...live, notification_settings: { ...emails, on_new: { email_addresses: ['x@y.z'] } } },
      base,
      ['notification_settings.on_failure.email_addresses'],
      ['notification_settings.on_failure'],
    ],
    [
      'lists as a whole',
      { ...live, slicing_exprs: ['a', 'b'] },
      { ...base, slicing_exprs: ['a'] },
      ['slicing_exprs[1]', 'slicing_exprs[0].x'],
      ['slicing_exprs'],
    ],
    [
      'sorted',
      live,
      { ...base, slicing_exprs: ['a'], baseline_table_name: 'x' },
      ['slicing_exprs', 'baseline_table_name'],
      ['baseline_table_name', 'slicing_exprs'],
    ],
    [
      'without what a wider path covers',
      { ...live, schedule },
      { ...base, schedule },
      ['schedule', 'schedule.timezone_id'],
      ['schedule'],
    ],
  ])('N012: %s', (_name, ...[config, spec, mask, expected]) => {
    expect(maskOf({ live: config, spec, mask })).toEqual(expected);
  });

  test('an empty mask is a bug', () => {
    expect(() => maskOf({ live, spec: base, mask: [] })).toThrow(TypeError);
  });
});

describe('update body', () => {
  test('T31: holds what is undeclared, without outputs, create-only settings and what is cleared', () => {
    const config = {
      ...live,
      assets_dir: '/x',
      warehouse_id: 'w',
      status: 'DATA_PROFILING_STATUS_ACTIVE',
      monitor_version: 1,
      schedule: { ...schedule, pause_status: 'X' },
      slicing_exprs: ['a'],
      custom_metrics: [{ name: 'm' }],
      notification_settings: emails,
    };
    const spec = { ...base, assets_dir: '/y', notification_settings: { on_failure: { email_addresses: ['n@e.w'] } } };
    const parts = { live: config, spec, mask: ['slicing_exprs', 'notification_settings.on_failure.email_addresses'] };
    expect(bodyOf(parts, maskOf(parts))).toEqual({
      output_schema_id: 's',
      snapshot: {},
      schedule,
      custom_metrics: [{ name: 'm' }],
      notification_settings: { on_failure: { email_addresses: ['n@e.w'] } },
    });
  });
});

test('an update body sends back nothing that the service shows as empty', () => {
  const shown = { baseline_table_name: '', custom_metrics: [], notification_settings: { on_failure: null } };
  const log = { problem_type: 'P', label_column: '', prediction_probability_column: null };
  const config = { output_schema_id: 's', ...shown, inference_log: log };
  const spec = { object_id: 'uuid', profile_type: 'INFERENCE', output_schema_id: 's', slicing_exprs: ['a'] };
  expect(bodyOf({ live: config, spec, mask: ['slicing_exprs'] }, ['slicing_exprs'])).toEqual({
    output_schema_id: 's',
    inference_log: { problem_type: 'P' },
    slicing_exprs: ['a'],
  });
});

describe('side effects', () => {
  const parts = { live: { ...live, schedule }, spec: { ...base, slicing_exprs: ['a'] }, mask: ['slicing_exprs'] };

  const undeclared = {
    assets_dir: '/Workspace/Shared/x',
    baseline_table_name: 'Prod.ML.base',
    time_series: { timestamp_column: 'ts', granularities: ['B', 'A'] },
  };
  const respelt = {
    ...live,
    schedule: { ...schedule, quartz_cron_expression: schedule.quartz_cron_expression.replaceAll(' ', '  ') },
    assets_dir: '/Shared/x/',
    baseline_table_name: 'prod.ml.base',
    time_series: { timestamp_column: 'TS', granularities: ['A', 'B'] },
  };

  test.each<[string, JsonObject, readonly string[]]>([
    ['none', { ...live, schedule, slicing_exprs: ['a'] }, []],
    [
      'none by outputs and by fields of tomorrow',
      { ...live, schedule: { ...schedule, pause_status: 'Y' }, status: 'X', updated_at: 7 },
      [],
    ],
    ['none by empty values that appear', { ...live, schedule, custom_metrics: [], baseline_table_name: '' }, []],
    ['none by another spelling of undeclared values', respelt, []],
    ['an undeclared object that is gone', live, ['schedule.quartz_cron_expression', 'schedule.timezone_id']],
    ['an undeclared list that appears', { ...live, schedule, custom_metrics: [{ name: 'x' }] }, ['custom_metrics']],
  ])('W018: %s', (_name, after, expected) => {
    const before = after === respelt ? { ...parts, live: { ...parts.live, ...undeclared } } : parts;
    expect(sideEffects(before, ['slicing_exprs'], after)).toEqual(expected);
  });
});
