import { describe, expect, test } from '@jest/globals';
import { ignorable } from '../../src/kinds/ignorable.ts';

const schedule = ['schedule.quartz_cron_expression', 'schedule.timezone_id'];

describe('an entry of ignore', () => {
  test.each<[string, readonly string[]]>([
    ['monitor.slicing_exprs', ['slicing_exprs']],
    ['monitor.schedule', schedule],
    ['monitor.schedule.timezone_id', ['schedule.timezone_id']],
    ['monitor.schedule.cron', ['schedule.quartz_cron_expression']],
    ['monitor.failure_notifications', ['notification_settings.on_failure.email_addresses']],
    ['monitor.notification_settings', ['notification_settings.on_failure.email_addresses']],
    ['monitor.granularity', ['time_series.granularities', 'inference_log.granularities']],
    ['monitor.granularities', ['time_series.granularities', 'inference_log.granularities']],
    ['monitor.timestamp_column', ['time_series.timestamp_column', 'inference_log.timestamp_column']],
    ['monitor.timeseries_timestamp_column', ['time_series.timestamp_column']],
  ])('%s means %j', (text, paths) => {
    expect(ignorable(text)).toEqual({ status: 'known', kind: 'monitor', paths });
  });

  test.each([
    ['monitor.profile_type', 'the profile type is fixed when a monitor is created'],
    ['monitor.object_id', 'the table behind this name is another one'],
    ['monitor.output_schema_name', 'the schema is made, and deleted, for the monitor that writes into it'],
    ['schema.name', 'the name of a schema is its identity'],
  ])('%s cannot be ignored', (text, why) => {
    expect(ignorable(text)).toEqual({ status: 'fixed', why });
  });

  test.each([
    'schedule',
    'monitor',
    'monitor.',
    '.schedule',
    'monitor.sched',
    'table.schedule',
    'monitor.Schedule',
    '',
  ])('%j means nothing; the words that would are at hand', (text) => {
    const meant = ignorable(text);
    expect(meant).toMatchObject({ status: 'unknown' });
    const candidates = meant.status === 'unknown' ? meant.candidates : [];
    expect(candidates).toEqual(
      expect.arrayContaining(['monitor.schedule', 'monitor.schedule.cron', 'monitor.schedule.timezone_id']),
    );
    expect(candidates.every((candidate) => ignorable(candidate).status === 'known')).toBe(true);
  });
});
