import { describe, expect, test } from '@jest/globals';
import { brief, head, load, problemsIn } from './support.ts';

/** Line 3 is `monitored_tables:`, the tables follow from line 4 on, then the rest. */
function found(groups: readonly string[], rest = ''): readonly string[] {
  const tables = groups.map(
    (group, index) => `  prod.ml.t${index}: {profile_type: SNAPSHOT, monitor_group: ${group}}\n`,
  );
  const text = `${head}monitored_tables:\n${tables.join('') || '  prod.ml.a: {profile_type: SNAPSHOT}\n'}${rest}`;
  return problemsIn(text).map((problem) => `${brief(problem)} ${problem.message}`);
}

describe('U050 groups that would stand for the same objects', () => {
  test.each([
    ['one name many times', ['ML Team', 'ML Team', 'sales'], []],
    ['capitals', ['ml', 'ML'], ["5:55 CONFIG.GROUP groups 'ML' and 'ml' at 4:55 have the same identifier, 'ml'"]],
    [
      'blanks and signs',
      ['ml_team', 'ML Team', "'ml/team'"],
      [
        "5:55 CONFIG.GROUP groups 'ML Team' and 'ml_team' at 4:55 have the same identifier, 'ml_team'",
        "6:55 CONFIG.GROUP groups 'ml/team' and 'ml_team' at 4:55 have the same identifier, 'ml_team'",
      ],
    ],
    [
      'ruling 73 a control character, which becomes a sign too',
      ['a-b', '"a\\tb"'],
      ["5:55 CONFIG.GROUP groups 'a\\u0009b' and 'a-b' at 4:55 have the same identifier, 'a_b'"],
    ],
    [
      'U091 names without a letter or digit of ASCII',
      ['機械', '学習'],
      ["5:55 CONFIG.GROUP groups '学習' and '機械' at 4:55 have the same identifier, 'unnamed'"],
    ],
    [
      'U091 names that differ behind the 64th character',
      [`${'a'.repeat(64)}b`, `${'a'.repeat(64)}c`],
      [expect.stringContaining(`have the same identifier, '${'a'.repeat(64)}'`)],
    ],
  ])('%s', (_what, groups, expected) => {
    expect(found(groups)).toEqual(expected);
  });

  test('a name of groups, of group_notifications and of a table are one group, however often they are used', () => {
    const rest = "groups: {'ML Team': {}}\nalerting: {group_notifications: {ml-team: [a@b], 'ML Team': [a@b]}}\n";
    expect(found(['ML Team', 'ml team', 'ml team'], rest)).toEqual([
      "5:55 CONFIG.GROUP groups 'ml team' and 'ML Team' at 7:10 have the same identifier, 'ml_team'",
      "8:34 CONFIG.GROUP groups 'ml-team' and 'ML Team' at 7:10 have the same identifier, 'ml_team'",
    ]);
  });

  test('a blank name', () => {
    expect(found([], "groups: {' ': {}}\n")).toEqual(['5:10 CONFIG.GROUP a group has a blank name']);
  });
});

describe('groups.<name>.renamed_from', () => {
  const groups = (text: string): readonly string[] => found([], `groups:\n${text}`);

  test.each([
    ['another group', '  pricing: {renamed_from: ml}\n', []],
    ['itself', '  ml: {renamed_from: ml}\n', ["6:22 CONFIG.GROUP 'renamed_from' of group 'ml' is its own name"]],
    [
      'the same identifier',
      '  ML Team: {renamed_from: ml-team}\n',
      ["6:27 CONFIG.GROUP 'renamed_from' of group 'ML Team' is 'ml-team', which has the same identifier"],
    ],
    [
      'one that another is renamed from too',
      '  a: {renamed_from: ml}\n  b: {renamed_from: ML}\n',
      ["7:21 CONFIG.GROUP groups 'b' and 'a' at 6:21 are both renamed from 'ML'"],
    ],
    ['two that change names', '  a: {renamed_from: b}\n  b: {renamed_from: a}\n', []],
  ])('%s', (_what, text, expected) => {
    expect(groups(text)).toEqual(expected);
  });
});

describe('ruling 61 the shapes of keys that wait', () => {
  test.each([
    ['access, by principal', 'access: {analysts: view, ml-oncall: run}', ''],
    ['an unknown level of access', 'access: {analysts: read}', '5:20 CONFIG.VALUE'],
    ['a list of principals', 'access: [analysts]', '5:9 CONFIG.TYPE'],
    [
      'W010 schemas by pattern',
      'anomaly_detection: {sales_*: {excluded_tables: [tmp_*], notifications: [a@b.c]}, ml: }',
      '',
    ],
    ['a schema with its catalog', 'anomaly_detection: {prod.sales: {}}', '5:21 CONFIG.VALUE'],
    [
      'an excluded table with its schema',
      'anomaly_detection: {sales: {excluded_tables: [sales.a]}}',
      '5:47 CONFIG.VALUE',
    ],
    ['an unknown key of a schema', 'anomaly_detection: {sales: {exclude: [a]}}', '5:29 CONFIG.UNKNOWN_KEY'],
    ['a group with everything', 'groups: {a: {renamed_from: b, description: d, ignore: [dashboard.display_name]}}', ''],
    ['an ignored setting of a monitor', 'groups: {a: {ignore: [monitor.schedule]}}', '5:23 CONFIG.VALUE'],
    ['an unknown key of dashboards', 'dashboards: {embed: true}', '5:14 CONFIG.UNKNOWN_KEY'],
    ['credentials in words', 'dashboards: {embed_credentials: "yes"}', '5:33 CONFIG.TYPE'],
  ])('%s', (_what, line, expected) => {
    const told = found([], `${line}\n`).map((text) => text.split(' ').slice(0, 2).join(' '));
    expect(told.join('|')).toBe(expected);
  });

  test('an empty entry stays an entry', () => {
    const { config } = load(
      `${head}monitored_tables: {prod.ml.a: {profile_type: SNAPSHOT}}\nanomaly_detection: {ml: }\ngroups: {a: }\n`,
    );
    expect([config.anomaly_detection, config.groups]).toEqual([{ ml: {} }, { a: {} }]);
  });
});

describe('U036 U037 bounds of thresholds', () => {
  const own = ['drift_threshold', 'numeric_drift_threshold'];
  const alerting = [...own, 'null_rate_threshold', 'row_count_min', 'distinct_count_min'];
  const most: Readonly<Record<string, string>> = { drift_threshold: '1', null_rate_threshold: '1' };
  const text = (key: string, value: string): readonly string[] => [
    `alerting: {${key}: ${value}}\n`,
    ...(own.includes(key)
      ? [`x-a: 0\n  prod.ml.b: {profile_type: SNAPSHOT, ${key}: ${value}}\n`.replace('x-a: 0\n', '')]
      : []),
  ];

  test.each(alerting)('%s', (key) => {
    const values = {
      '0': '',
      [most[key] ?? '1000000']: '',
      '-1': 'CONFIG.RANGE',
      ...(most[key] === undefined ? {} : { '1.01': 'CONFIG.RANGE' }),
    };
    for (const [value, code] of Object.entries(values)) {
      for (const rest of text(key, value)) {
        expect([
          rest,
          found([], rest)
            .map((line) => line.split(' ')[1])
            .join(),
        ]).toEqual([rest, code]);
      }
    }
  });

  test.each(['row_count_min', 'distinct_count_min'])('%s is a whole number', (key) => {
    expect(found([], `alerting: {${key}: 1.5}\n`).map((line) => line.split(' ')[1])).toEqual(['CONFIG.TYPE']);
  });
});
