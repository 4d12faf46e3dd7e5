import { describe, expect, test } from '@jest/globals';
import { brief, churn, desireOf, monitorIn, tableOf, valueAt } from './support.ts';

const granularities = '5 minutes, 30 minutes, 1 hour, 1 day, 1 week, 2 weeks, 3 weeks, 4 weeks, 1 month, 1 year';
const snapshot = `monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT }\n`;

const bad: readonly (readonly [string, string, string])[] = [
  ['output_schema_name', 'prod.out', 'a name without dots'],
  ['output_schema_name', '', 'a name without dots'],
  ['output_schema_name', 'my out', 'a name without dots'],
  ['granularity', '2 hours', `one of ${granularities}`],
  ['granularity', '', `one of ${granularities}`],
  ['granularities', '1 day,2 hours', `a comma-separated list of ${granularities}`],
  ['granularities', ' , ', `a comma-separated list of ${granularities}`],
  ['create_builtin_dashboard', 'yes', 'true or false'],
  ['create_builtin_dashboard', 'constructor', 'true or false'],
  ['create_builtin_dashboard', '', 'true or false'],
  ['problem_type', 'ranking', 'one of CLASSIFICATION, REGRESSION'],
  ['problem_type', '', 'one of CLASSIFICATION, REGRESSION'],
  ['schedule', 'daily', 'a Quartz cron expression of 6 or 7 fields'],
  ['schedule', '0 8 * * *', 'a Quartz cron expression of 6 or 7 fields'],
  ['failure_notifications', 'nobody', 'a comma-separated list of at most 5 e-mail addresses'],
  [
    'failure_notifications',
    'a@x.org,b@x.org,c@x.org,d@x.org,e@x.org,f@x.org',
    'a comma-separated list of at most 5 e-mail addresses',
  ],
  ['baseline_table_name', 'baseline', 'a name of three parts (catalog.schema.table)'],
  ['baseline_table_name', 'a.b.c.d', 'a name of three parts (catalog.schema.table)'],
  ...[
    'prediction_column',
    'label_column',
    'timestamp_column',
    'timeseries_timestamp_column',
    'model_id_column',
    'prediction_probability_column',
  ].map((key) => [key, ' ', 'a name'] as const),
];

const good: readonly (readonly [string, string, string, unknown])[] = [
  ['output_schema_name', ' Out ', 'output_schema_id.$ref', 'schema:prod.out'],
  ['create_builtin_dashboard', 'false', 'skip_builtin_dashboard', true],
  ['create_builtin_dashboard', ' true ', 'skip_builtin_dashboard', false],
  ['slicing_exprs', 'id, ts', 'slicing_exprs', ['id', 'ts']],
  ['slicing_exprs', '', 'slicing_exprs', undefined],
  ['schedule', ' 0 0 8 * * ? ', 'schedule', { quartz_cron_expression: '0 0 8 * * ?', timezone_id: 'UTC' }],
  [
    'failure_notifications',
    'a@x.org , b@x.org',
    'notification_settings.on_failure.email_addresses',
    ['a@x.org', 'b@x.org'],
  ],
  ['baseline_table_name', 'Prod.ML.Base', 'baseline_table_name', 'prod.ml.base'],
];

describe('tags as settings', () => {
  test.each(good)('monitor_%s: %j is taken', (...[key, text, path, expected]) => {
    const desired = desireOf(snapshot, [tableOf({ tags: { [`monitor_${key}`]: text } })]);
    expect(valueAt(monitorIn(desired).spec, path)).toEqual(expected);
    expect(desired.problems).toEqual([]);
  });

  test.each(bad)('monitor_%s: %j is an error of that table at that tag', (key, text, expected) => {
    const tag = `monitor_${key}`;
    const desired = desireOf(snapshot, [tableOf({ tags: { [tag]: text } })]);
    expect(desired.problems).toEqual([
      {
        code: 'CATALOG.TAG_VALUE',
        severity: 'error',
        address: `monitor:${churn}`,
        message: `tag '${tag}' of ${churn} is '${text}', not ${expected}`,
        hint: `change the tag: ALTER TABLE ${churn} SET TAGS ('${tag}' = '…')`,
        place: { tag: `${churn}#${tag}` },
      },
    ]);
    expect(desired.resources).toEqual([]);
  });

  test('a bad profile type names the three', () => {
    const desired = desireOf(snapshot, [tableOf({ tags: { monitor_profile_type: 'snapshot' } })]);
    expect(desired.problems.map(brief)).toEqual([
      `${churn}#monitor_profile_type error CATALOG.TAG_VALUE: tag 'monitor_profile_type' of ${churn} is 'snapshot', not one of INFERENCE, SNAPSHOT, TIMESERIES`,
    ]);
  });

  test('every bad tag of a table is told', () => {
    const tags = { monitor_granularity: 'x', monitor_schedule: 'y', monitor_group: 'any', owner: '' };
    expect(desireOf(snapshot, [tableOf({ tags })]).problems.map(({ place }) => place)).toEqual([
      { tag: `${churn}#monitor_granularity` },
      { tag: `${churn}#monitor_schedule` },
    ]);
  });
});
