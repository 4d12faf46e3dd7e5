import type { JsonObject } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { lintRules } from '../src/index.ts';
import { checkedAtPlan, policyTables } from '../src/policy/file-policy.ts';
import { policyOf } from '../src/policy/policy.ts';
import { fileTables, mayFindTables } from '../src/settings-in-file.ts';

const table = 'prod.ml.churn';

function lint(code: string, config: JsonObject): readonly string[] {
  const tables = fileTables(config);
  const policy = policyOf(config, '2027-01-01');
  const rule = lintRules.find((known) => known.code === code);
  const found = rule?.check({
    config,
    target: {},
    policy,
    tables,
    listed: tables.length,
    mayFind: mayFindTables(config),
  });
  return (found ?? []).map(({ message, path }) => `${path.join('.')}: ${message}`);
}

describe('tables that are found rather than listed', () => {
  const tagged = { include_tagged_tables: true, monitored_tables: {} };
  const schedule = '0 0 6 * * ?';

  test('C17 the entry goes before the pattern with most literal characters, before others, before the defaults', () => {
    const [found, ...others] = fileTables({
      profile_defaults: { a: 0, b: 0, c: 0, d: 0, schedule },
      monitored_tables: {
        'prod.*.*': { b: 1, c: 1, d: 1, schedule: null },
        'prod.ml.*': { c: 2, d: 2 },
        'dev.*.*': { d: 3 },
        [table]: { d: 4, c: null },
      },
    });
    expect(others).toEqual([]);
    expect(['a', 'b', 'c', 'd'].map((key) => found?.find(key)?.value)).toEqual([0, 1, 2, 4]);
    expect(found?.find('schedule')).toEqual({ value: null, path: ['monitored_tables', 'prod.*.*', 'schedule'] });
    expect(found?.find('e', 'c')?.value).toBe(2);
    expect([found?.own('a'), found?.own('c')?.value]).toEqual([undefined, 2]);
  });

  test('a pattern may disable a table', () => {
    expect(fileTables({ monitored_tables: { 'prod.*.*': { enabled: false }, [table]: null } })).toEqual([]);
  });

  test('ruling 58 every rule is checked at plan too', () => {
    const policy = { require_slicing: true, naming_patterns: ['x'], required_tags: ['owner'] };
    const atPlan = (config: JsonObject): readonly string[] =>
      checkedAtPlan(policyOf(config, '2027-01-01'), config, policyTables(config)).map(
        ({ rule, reason }) => `${rule}: ${reason}`,
      );
    const found = 'tables that are found are known then';
    const rules = ['naming_patterns', 'required_tags', 'require_slicing'].map((rule) => `${rule}: ${found}`);
    expect(atPlan({ policy, ...tagged })).toEqual(rules);
    expect(atPlan({ policy, monitored_tables: { 'prod.*.*': {} } })).toEqual(rules);
    expect(atPlan({ policy, monitored_tables: { [table]: {} } })).toEqual([
      'required_tags: the tags of 1 table are read then',
    ]);
  });

  test.each<readonly [what: string, code: string, config: JsonObject, found: readonly string[]]>([
    [
      'no schedule for what is found',
      'LINT.NO_SCHEDULE',
      { ...tagged, profile_defaults: {} },
      ['profile_defaults: what is found by tag or pattern has no schedule: profiles are refreshed only by hand'],
    ],
    ['a schedule of the defaults', 'LINT.NO_SCHEDULE', { ...tagged, profile_defaults: { schedule } }, []],
    ['never, for what is found', 'LINT.NO_SCHEDULE', { ...tagged, profile_defaults: { schedule: null } }, []],
    ['a group that a tag may give', 'LINT.UNUSED_GROUP', { ...tagged, groups: { x: {} } }, []],
    ['an objective that a tag may name', 'LINT.UNUSED_OBJECTIVE', { ...tagged, objective_functions: { x: {} } }, []],
    [
      'an objective that a pattern names',
      'LINT.UNUSED_OBJECTIVE',
      { monitored_tables: { 'prod.*.*': { objective_function_ids: ['x'] } }, objective_functions: { x: {}, y: {} } },
      ["objective_functions.y: no table of the file refers to objective function 'y'"],
    ],
    ['no baseline of what is not known', 'LINT.NO_BASELINE', tagged, []],
  ])('N008 %s', (...[, code, config, found]) => {
    expect(lint(code, config)).toEqual(found);
  });
});
