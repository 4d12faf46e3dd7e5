import { describe, expect, test } from '@jest/globals';
import type { CatalogTable } from '@dpo/core';
import { at, churn, desireOf, tableOf, type More } from './support.ts';

const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;
const listed = (profile: string, more = ''): string =>
  lines(
    `profile_defaults: { profile_type: ${profile}, timestamp_column: ts, prediction_column: prediction, model_id_column: id, problem_type: REGRESSION }`,
    `monitored_tables: { ${churn}: {} }`,
    'alerting: { enable_aggregated_alerts: false }',
    more,
  );

function lint(text: string, tables: readonly CatalogTable[] = [tableOf()], more: More = {}): readonly string[] {
  return desireOf(text, tables, { lint: true, ...more }).problems.map(({ severity, code }) => `${severity} ${code}`);
}

const feedOff = tableOf({ changeDataFeed: false });
const terabyte = 1024 ** 4;

describe('N008 W027 U140 what a workspace tells is told by the plan', () => {
  test.each<[string, string, CatalogTable, readonly string[]]>([
    ['a time series', 'TIMESERIES', feedOff, ['warning LINT.CHANGE_DATA_FEED']],
    ['an inference log', 'INFERENCE', feedOff, ['warning LINT.CHANGE_DATA_FEED']],
    ['a snapshot, which reads everything anyhow,', 'SNAPSHOT', feedOff, []],
    ['one that has it', 'TIMESERIES', tableOf({ changeDataFeed: true }), []],
    ['a view, or one of which nobody knows,', 'TIMESERIES', tableOf(), []],
  ])('U140 %s of profile %s without a change data feed', (...[, profile, table, expected]) => {
    expect(lint(listed(profile), [table])).toEqual(expected);
  });

  test.each<[string, number | undefined, readonly string[]]>([
    ['SNAPSHOT', 4 * terabyte + 1, ['warning LINT.LARGE_SNAPSHOT']],
    ['SNAPSHOT', 4 * terabyte, []],
    ['SNAPSHOT', undefined, []],
    ['TIMESERIES', 9 * terabyte, []],
  ])('W027 a %s of %s bytes', (profile, sizeInBytes, expected) => {
    expect(lint(listed(profile), [tableOf(sizeInBytes === undefined ? {} : { sizeInBytes })])).toEqual(expected);
  });

  test('W025 a view that was made anew', () => {
    const managed = new Map([[churn, 'another id']]);
    expect(lint(listed('SNAPSHOT'), [tableOf({ tableType: 'VIEW' })], { managed })).toEqual([
      'warning LINT.VIEW_RENEWED',
    ]);
    const off = 'policy: { levels: { LINT.VIEW_RENEWED: off } }';
    expect(lint(listed('SNAPSHOT', off), [tableOf({ tableType: 'VIEW' })], { managed })).toEqual([]);
  });

  test('levels and exemptions hold as they do for a file', () => {
    const policy = (text: string): readonly string[] => lint(listed('TIMESERIES', `policy: { ${text} }`), [feedOff]);
    expect(policy('levels: { LINT.CHANGE_DATA_FEED: off }')).toEqual([]);
    expect(policy('levels: { LINT.CHANGE_DATA_FEED: deny }')).toEqual(['error LINT.CHANGE_DATA_FEED']);
    const exempt = (tables: string): string =>
      `exemptions: [{ rule: LINT.CHANGE_DATA_FEED, tables: [${tables}], reason: r, until: 2027-06-01 }]`;
    expect([policy(exempt(churn)), policy(exempt("'*'"))]).toEqual([[], []]);
    expect(policy(exempt('prod.ml.other'))).toEqual(['warning LINT.CHANGE_DATA_FEED']);
  });

  test('one warning stands for all tables that share the fault', () => {
    const names = ['prod.ml.a', 'prod.ml.b', 'prod.ml.c', 'prod.ml.d'];
    const text = lines(
      'profile_defaults: { profile_type: TIMESERIES, timestamp_column: ts, schedule: null }',
      `monitored_tables: { ${names.map((name) => `${name}: {}`).join(', ')} }`,
    );
    const found = desireOf(
      text,
      names.map((fullName) => tableOf({ fullName, changeDataFeed: false })),
    ).problems;
    expect(found.map(({ message, place }) => `${at(place)} ${message}`)).toEqual([
      'dpo.yaml:4:21 prod.ml.a, prod.ml.b, prod.ml.c and 1 more have no change data feed: every refresh reads the whole of the last 30 days',
    ]);
  });
});

describe('U140 a group of more tables than are tested in one view (ruling 86)', () => {
  const many = Array.from({ length: 1001 }, (_, index) => `prod.ml.t${String(index)}`);
  const messages = (names: readonly string[], more: string): readonly string[] => {
    const text = lines(
      'mode: full',
      'monitor_limit: 2000',
      'profile_defaults: { profile_type: SNAPSHOT, schedule: null }',
      'alerting: { enable_aggregated_alerts: false }',
      `monitored_tables: { ${names.map((name, index) => `${name}: { monitor_group: ${index === 0 ? 'one' : 'all'} }`).join(', ')} }`,
      more,
    );
    const { problems, resources } = desireOf(
      text,
      names.map((fullName) => tableOf({ fullName })),
    );
    expect(resources.filter(({ address }) => address.startsWith('monitor:'))).toHaveLength(names.length);
    return problems.map(({ severity, code, message }) => `${severity} ${code} ${message}`);
  };

  test('is planned all the same, with a warning', () => {
    expect(messages([...many, 'prod.ml.more'], '')).toEqual([
      'warning LINT.LARGE_GROUP group all has 1001 tables: more than 1000 in one view are planned and not tested',
    ]);
    expect(messages(many, '')).toEqual([]);
    expect(messages([...many, 'prod.ml.more'], 'policy: { levels: { LINT.LARGE_GROUP: off } }')).toEqual([]);
  });
});

describe('N008 what a setting leaves out', () => {
  const found = (...more: readonly string[]): string =>
    lines(
      'profile_defaults: { timestamp_column: ts, prediction_column: prediction, model_id_column: id, problem_type: REGRESSION }',
      'monitored_tables: { prod.ml.*: {} }',
      ...more,
    );
  const all = ['warning LINT.NO_SCHEDULE', 'warning LINT.NO_BASELINE', 'warning LINT.NO_RECIPIENTS'];

  test('is told of found tables, whose tags no file knows', () => {
    expect(lint(found('mode: full'))).toEqual(all);
    const tags = {
      monitor_schedule: '0 0 6 * * ?',
      monitor_baseline_table_name: 'prod.ml.base',
      monitor_group: 'sales',
    };
    const told = 'alerting: { group_notifications: { Sales: [a@example.com] } }';
    expect(lint(found(told, 'mode: full'), [tableOf({ tags })])).toEqual([]);
  });

  test('recipients are of no use without alerts', () => {
    expect(lint(found('mode: bulk_provision_only'))).toEqual(all.slice(0, 2));
    expect(lint(found('mode: full', 'alerting: { default_notifications: [a@example.com] }'))).toEqual(all.slice(0, 2));
  });

  test('is told of listed tables only where the config gives it a level: validate tells it of the file', () => {
    expect(lint(listed('SNAPSHOT'))).toEqual([]);
    expect(lint(listed('SNAPSHOT', 'policy: { levels: { LINT.NO_SCHEDULE: deny } }'))).toEqual([
      'error LINT.NO_SCHEDULE',
    ]);
  });
});
