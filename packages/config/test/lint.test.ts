import { describe, expect, test } from '@jest/globals';
import { lintConfig, lintRules, liveLintCodes } from '../src/index.ts';
import { configSchema } from '../src/generated/config-schema.ts';
import { brief, example, load } from './support.ts';

/** Everything that a lint could be about is as it should be; a test changes one thing. Three lines. */
const calm = 'catalog_name: prod\ndashboard_parent_path: /Workspace/ml\nmode: bulk_provision_only\n';
const complete = 'prediction_column: p, timestamp_column: t, model_id_column: m, label_column: l';
/** Line 4. */
const defaults = (more: string): string => `profile_defaults: {profile_type: SNAPSHOT, ${more}}\n`;
const daily = "schedule: '0 0 6 * * ?', failure_notifications: [a@b.c]";
/** Line 5 is the key, the tables follow from line 6 on. */
const tables = (...entries: readonly string[]): string =>
  `monitored_tables:\n${entries.map((entry) => `  ${entry}\n`).join('')}`;

function lints(text: string, today = '2027-01-01'): readonly string[] {
  return lintConfig(load(text, { today })).map((problem) => `${brief(problem)} ${problem.message}`);
}

type Case = readonly [what: string, text: string, found: readonly string[]];

const baselines: readonly Case[] = [
  [
    'an inference table without a baseline',
    calm + defaults(daily) + tables(`prod.ml.a: {profile_type: INFERENCE, ${complete}}`, 'prod.ml.b:'),
    [
      "6:3 warning LINT.NO_BASELINE 'prod.ml.a' is profiled as INFERENCE without a baseline: drift is measured only from one window to the next",
    ],
  ],
  [
    'the same under a policy that says so more strictly',
    `${calm}${defaults(daily)}policy: {require_baseline: true, levels: {require_baseline: warn}}\n${tables(`prod.ml.a: {profile_type: INFERENCE, ${complete}}`)}`,
    [],
  ],
  [
    'a table that is its own baseline',
    calm +
      defaults(daily) +
      tables('prod.ml.a: {baseline_table_name: PROD.ml.a}', 'prod.ml.b: {baseline_table_name: prod.ml.a}'),
    ["6:36 warning LINT.BASELINE_ITSELF 'prod.ml.a' is its own baseline and hardly ever drifts from itself"],
  ],
];

const schedules: readonly Case[] = [
  [
    'no schedule anywhere, told once at the defaults',
    calm + defaults('granularity: 1 day') + tables('prod.ml.a:', 'prod.ml.b:'),
    ['4:1 warning LINT.NO_SCHEDULE no table has a schedule: profiles are refreshed only by hand'],
  ],
  [
    'no schedule and no defaults, told above the tables',
    calm + tables('prod.ml.a: {profile_type: SNAPSHOT}', 'prod.ml.b: {profile_type: SNAPSHOT}'),
    ['4:1 warning LINT.NO_SCHEDULE no table has a schedule: profiles are refreshed only by hand'],
  ],
  [
    'one table without a schedule, told at the table',
    calm + tables('prod.ml.a: {profile_type: SNAPSHOT}', `prod.ml.b: {profile_type: SNAPSHOT, ${daily}}`),
    ["5:3 warning LINT.NO_SCHEDULE 'prod.ml.a' has no schedule: profiles are refreshed only by hand"],
  ],
  ['null says never', calm + defaults('schedule: ~') + tables('prod.ml.a:'), []],
  [
    'null of a table',
    calm + defaults('granularity: 1 day') + tables('prod.ml.a: {schedule: ~}', `prod.ml.b: {${daily}}`),
    [],
  ],
  [
    'every minute',
    calm + defaults("schedule: '0 * * * * ?', failure_notifications: [a@b.c]") + tables('prod.ml.a:', 'prod.ml.b:'),
    ["4:54 warning LINT.FREQUENT_SCHEDULE 'prod.ml.a' and 'prod.ml.b' are refreshed 60 times an hour"],
  ],
  [
    'every second of six o’clock, the trap of Quartz',
    calm + defaults(daily) + tables("prod.ml.a: {schedule: {cron: '* * 6 * * ?'}}"),
    ["6:32 warning LINT.FREQUENT_SCHEDULE 'prod.ml.a' is refreshed 3600 times an hour"],
  ],
  [
    'every quarter of an hour',
    calm +
      defaults(daily) +
      tables(`prod.ml.a: {profile_type: TIMESERIES, timestamp_column: t, schedule: '0 0/15 * * * ?'}`),
    [],
  ],
  [
    'a snapshot every hour',
    calm + defaults(daily) + tables("prod.ml.a: {schedule: '0 0 * * * ?'}", "prod.ml.b: {schedule: '0 0 0/4 * * ?'}"),
    ["6:25 warning LINT.FREQUENT_SCHEDULE 'prod.ml.a' is read as a whole, as SNAPSHOT, 24 times a day"],
  ],
  [
    'alerts every five minutes',
    `${calm}${defaults(daily)}alerting: {alert_cron_schedule: '0 */5 * * * ?'}\n${tables('prod.ml.a:')}`,
    ['5:33 warning LINT.FREQUENT_SCHEDULE alerts are evaluated 12 times an hour, which keeps the warehouse awake'],
  ],
  [
    'nobody is told of a failed refresh',
    calm + defaults("schedule: '0 0 6 * * ?'") + tables('prod.ml.a:'),
    ["6:3 note LINT.NO_FAILURE_NOTIFICATIONS nobody is told when a scheduled refresh of 'prod.ml.a' fails"],
  ],
  [
    'nobody is meant to be told',
    calm + defaults("schedule: '0 0 6 * * ?', failure_notifications: []") + tables('prod.ml.a:'),
    [],
  ],
];

const full = calm.replace('bulk_provision_only', 'full') + defaults(daily);
const silent = 'there is no default_notifications';

const recipients: readonly Case[] = [
  [
    'no alerting',
    full + tables('prod.ml.a:'),
    ['3:1 warning LINT.NO_RECIPIENTS alerts reach nobody: no recipient is named'],
  ],
  [
    'nobody in alerting',
    `${full}alerting: {drift_threshold: 0.1}\n${tables('prod.ml.a:')}`,
    ['5:1 warning LINT.NO_RECIPIENTS alerts reach nobody: no recipient is named'],
  ],
  [
    'an empty list',
    `${full}alerting: {default_notifications: []}\n${tables('prod.ml.a:')}`,
    ['5:12 warning LINT.NO_RECIPIENTS alerts reach nobody: no recipient is named'],
  ],
  ['somebody', `${full}alerting: {default_notifications: [a@b.c]}\n${tables('prod.ml.a:')}`, []],
  ['no alerts', `${full}alerting: {enable_aggregated_alerts: false}\n${tables('prod.ml.a:')}`, []],
  [
    'a group without a list, and no default',
    `${full}alerting: {group_notifications: {x: [a@b.c]}}\n${tables('prod.ml.a: {monitor_group: x}', 'prod.ml.b: {monitor_group: y}', 'prod.ml.c:')}`,
    [`5:12 warning LINT.NO_RECIPIENTS alerts of groups 'y' and 'default' reach nobody: ${silent}`],
  ],
  [
    'every group with a list',
    `${full}alerting: {group_notifications: {x: [a@b.c]}}\n${tables('prod.ml.a: {monitor_group: x}')}`,
    [],
  ],
  [
    'U100 an empty list of a group',
    `${full}alerting: {default_notifications: [a@b.c], group_notifications: {x: []}}\n${tables('prod.ml.a: {monitor_group: x}')}`,
    ["5:66 note LINT.NO_RECIPIENTS alerts of group 'x' reach nobody: its list is empty"],
  ],
];

const series = (more: string): string => `prod.ml.a: {profile_type: TIMESERIES, timestamp_column: t, ${more}}`;
const chance = 'many windows with few rows each, which cost more and drift by chance';

const windows: readonly Case[] = [
  [
    'five minutes',
    calm + defaults(daily) + tables(series('granularity: 5 minutes')),
    [`6:75 warning LINT.FINE_GRANULARITY 'prod.ml.a' is only profiled by 5 minutes: ${chance}`],
  ],
  [
    'an hour in a list of one',
    calm + defaults(daily) + tables(series('granularity: 1 day, granularities: [1 hour]')),
    [`6:97 note LINT.FINE_GRANULARITY 'prod.ml.a' is only profiled by 1 hour: ${chance}`],
  ],
  [
    'the defaults, told once there; a snapshot has no windows',
    calm +
      defaults(`granularity: 30 minutes, ${daily}`) +
      tables(series('slicing_exprs: [r]'), series('slicing_exprs: [r]').replace('.a', '.b'), 'prod.ml.c:'),
    [`4:57 warning LINT.FINE_GRANULARITY 'prod.ml.a' and 'prod.ml.b' are only profiled by 30 minutes: ${chance}`],
  ],
  ['an hour beside a day', calm + defaults(daily) + tables(series('granularities: [1 hour, 1 day]')), []],
  [
    'a day of its own over an hour of the defaults',
    calm + defaults(`granularities: [1 hour], ${daily}`) + tables(series('granularity: 1 day')),
    [],
  ],
];

const alerting = (more: string): string => `${calm}${defaults(daily)}alerting: {${more}}\n${tables('prod.ml.a:')}`;

const thresholds: readonly Case[] = [
  [
    'U037 zero is a threshold, and one that always alerts',
    alerting('drift_threshold: 0'),
    ["5:29 warning LINT.THRESHOLD_EXTREME 'drift_threshold' of 0 always alerts: no distance is below it"],
  ],
  [
    'more than two distributions can be apart',
    alerting('drift_threshold: 0.85'),
    [
      "5:29 warning LINT.THRESHOLD_EXTREME 'drift_threshold' of 0.85 never alerts: the Jensen-Shannon distance is at most 0.83",
    ],
  ],
  ['U037 no NULL at all is a rule', alerting('null_rate_threshold: 0'), []],
  [
    'only NULL',
    alerting('null_rate_threshold: 1, row_count_min: 0'),
    [
      "5:33 warning LINT.THRESHOLD_EXTREME 'null_rate_threshold' of 1 never alerts: no rate is above it",
      "5:51 warning LINT.THRESHOLD_EXTREME 'row_count_min' of 0 never alerts: no count is below it",
    ],
  ],
  [
    'in between',
    alerting('drift_threshold: 0.8, numeric_drift_threshold: 25, null_rate_threshold: 0.99, distinct_count_min: 1'),
    [],
  ],
  [
    'of one table',
    calm + defaults(daily) + tables('prod.ml.a: {drift_threshold: 1, numeric_drift_threshold: 0}'),
    [
      "6:32 warning LINT.THRESHOLD_EXTREME 'drift_threshold' of 1 never alerts: the Jensen-Shannon distance is at most 0.83",
      "6:60 warning LINT.THRESHOLD_EXTREME 'numeric_drift_threshold' of 0 always alerts: no stability index is below it",
    ],
  ],
];

const folder = (path: string): string => calm.replace('/Workspace/ml', path) + defaults(daily) + tables('prod.ml.a:');
const shared = (path: string): string => `what dpo keeps in ${path} may be managed by every user of the workspace`;

const places: readonly Case[] = [
  [
    'W014 a folder below Shared',
    folder('/Workspace/Shared/ml'),
    [`2:24 warning LINT.SHARED_FOLDER ${shared("'/Workspace/Shared/ml'")}`],
  ],
  ['W014 by its former path', folder('/Shared'), [`2:24 warning LINT.SHARED_FOLDER ${shared("'/Shared'")}`]],
  ['W014 a folder that is only called so', folder('/Workspace/SharedByUs/x'), []],
  [
    'W014 the default folder',
    `catalog_name: prod\nmode: bulk_provision_only\n${defaults(daily)}${tables('prod.ml.a:')}`,
    [`1:1 warning LINT.SHARED_FOLDER ${shared("'/Workspace/Shared/DPO', the default folder,")}`],
  ],
  ['the embedded workspace has one user', `${folder('/Shared')}targets: {dev: {workspace: local}}\n`, []],
  [
    'W015 a real workspace and no project',
    `${folder('/Workspace/ml')}targets:\n  prod:\n    workspace: {profile: prod}\n`,
    [
      "9:5 warning LINT.DEFAULT_PROJECT 'project' is not set, and target 'prod' is a real workspace: every config without a name is 'dpo' there",
    ],
  ],
  ['W015 a project', `${folder('/Workspace/ml')}project: churn\ntargets: {prod: {workspace: {profile: prod}}}\n`, []],
  [
    'W015 a project of the target',
    `${folder('/Workspace/ml')}targets: {prod: {project: churn, workspace: {profile: prod}}}\n`,
    [],
  ],
];

const metric = '{metric: {name: c, metric_type: aggregate, input_columns: [":table"], definition: sum(c)}}';

const unused: readonly Case[] = [
  [
    'an objective that no table names',
    `${folder('/Workspace/ml')}objective_functions: {cost: ${metric}}\n`,
    ["7:23 note LINT.UNUSED_OBJECTIVE no table of the file refers to objective function 'cost'"],
  ],
  [
    'a group that no table is in',
    `${full}alerting: {default_notifications: [a@b.c], group_notifications: {x: [a@b.c], z: [a@b.c]}}\n${tables('prod.ml.a: {monitor_group: x}')}groups: {y: }\n`,
    ["5:78 note LINT.UNUSED_GROUP no table is in group 'z'", "8:10 note LINT.UNUSED_GROUP no table is in group 'y'"],
  ],
  [
    'a group that a tag may give',
    `${full}alerting: {default_notifications: [a@b.c]}\n${tables('prod.ml.a: {monitor_group: x}', 'prod.ml.b:')}groups: {y: }\n`,
    [],
  ],
];

const cases = [...baselines, ...schedules, ...recipients, ...windows, ...thresholds, ...places, ...unused].map(
  ([what, text, found]) => ({ what, text, found }),
);

describe('N008 what is legal but unwise', () => {
  test.each(cases)('$what', ({ text, found }) => {
    expect(lints(text)).toEqual(found);
  });

  test('every lint has a level in the schema and can be exempted from', () => {
    const { levels, exemptions } = configSchema.properties.policy.properties;
    const codes = [...lintRules.map(({ code }) => code), ...liveLintCodes];
    expect(Object.keys(levels.properties).filter((key) => key.startsWith('LINT.'))).toEqual(codes);
    expect(exemptions.items.properties.rule.enum.filter((rule) => rule.startsWith('LINT.'))).toEqual(codes);
  });

  test('the first example of the README is told what is true of it, and each thing once', () => {
    expect(lints(example('readme-1.yaml'))).toEqual([
      `1:1 warning LINT.SHARED_FOLDER ${shared("'/Workspace/Shared/DPO', the default folder,")}`,
      '4:1 warning LINT.NO_RECIPIENTS alerts reach nobody: no recipient is named',
      '6:1 warning LINT.NO_SCHEDULE no table has a schedule: profiles are refreshed only by hand',
      "19:3 warning LINT.NO_BASELINE 'prod.ml.fraud_detection' is profiled as INFERENCE without a baseline: drift is measured only from one window to the next",
      `21:18 note LINT.FINE_GRANULARITY 'prod.ml.fraud_detection' is only profiled by 1 hour: ${chance}`,
    ]);
  });
});

describe('levels and exemptions of lints', () => {
  const bare = calm + defaults('granularity: 1 day');
  const policy = (text: string): string =>
    `${bare}policy: ${text}\n${tables('prod.ml.a:', 'prod.ml.b:', 'prod.ml.c:')}`;
  const exempt = (rule: string, names: string, until = '2027-12-31'): string =>
    policy(`{exemptions: [{rule: ${rule}, tables: [${names}], reason: r, until: ${until}}]}`);

  test.each([
    ['off', []],
    ['warn', ['4:1 warning LINT.NO_SCHEDULE']],
    ['deny', ['4:1 LINT.NO_SCHEDULE']],
  ])('%s', (level, expected) => {
    const found = lints(policy(`{levels: {LINT.NO_SCHEDULE: ${level}}}`));
    expect(found.map((line) => line.replace(/(LINT\.\w+).*/, '$1'))).toEqual(expected);
  });

  test('an exempt table is not counted; with all of them exempt nothing is said', () => {
    expect(lints(exempt('LINT.NO_SCHEDULE', 'prod.ml.a'))).toEqual([
      "4:1 warning LINT.NO_SCHEDULE 'prod.ml.b' and 'prod.ml.c' have no schedule: profiles are refreshed only by hand",
    ]);
    expect(lints(exempt('LINT.NO_SCHEDULE', 'prod.ml.a, prod.ml.b'))).toEqual([
      "9:3 warning LINT.NO_SCHEDULE 'prod.ml.c' has no schedule: profiles are refreshed only by hand",
    ]);
    expect(lints(exempt('LINT.NO_SCHEDULE', "'*'"))).toEqual([]);
  });

  test('an exemption that ended, or that exempts nothing', () => {
    const told = (text: string): readonly string[] => lints(text).map((line) => line.split(' ').slice(0, 3).join(' '));
    expect(told(exempt('LINT.NO_SCHEDULE', "'*'", '2026-12-31'))).toEqual([
      '4:1 warning LINT.NO_SCHEDULE',
      '5:81 warning POLICY.EXEMPTION_EXPIRED',
    ]);
    const idle = ['4:1 warning LINT.NO_SCHEDULE', '5:30 note POLICY.EXEMPTION_UNUSED'];
    expect(told(exempt('LINT.NO_BASELINE', 'prod.ml.*'))).toEqual(idle);
    // Only '*' exempts from what is about the config as a whole.
    expect(told(exempt('LINT.SHARED_FOLDER', 'prod.ml.*'))).toEqual(idle);
  });

  test('a problem has its line, like every other', () => {
    expect(lintConfig(load(bare + tables('prod.ml.a:')))[0]).toMatchObject({
      snippet: { line: 6, text: '  prod.ml.a:' },
    });
  });
});
