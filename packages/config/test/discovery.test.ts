import { describe, expect, test } from '@jest/globals';
import { brief, head, problemsIn } from './support.ts';

const snapshot = 'profile_defaults: { profile_type: SNAPSHOT }\n';
const tables = (...lines: readonly string[]): string =>
  `monitored_tables:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const said = (text: string): readonly string[] =>
  problemsIn(head + text).map((problem) => `${brief(problem)} ${problem.message}`);

describe('tables that are not listed, offline', () => {
  test.each([
    ['C17 a star', 'prod.ml.*'],
    ['C17 a star for the schema', 'prod.*.orders'],
    ['C17 a star in the middle and a question mark', 'prod.m?.a*b'],
    ['C17 a glob that the catalog matches', 'pro*.ml.*'],
  ])('%s is a pattern', (_name, pattern) => {
    expect(said(snapshot + tables(`'${pattern}': {}`))).toEqual([]);
  });

  test('R072 tables may all be found by their tags', () => {
    expect(said(`${snapshot}include_tagged_tables: true\ndiscovery: { include_tags: { a: b } }\n`)).toEqual([]);
  });

  test('filters without tags are those of the patterns', () => {
    expect(said(`${snapshot}discovery: { exclude_schemas: [x] }\n${tables('prod.ml.*: {}')}`)).toEqual([]);
  });

  test('C02 TIMESERIES for tables that only tags find, without a time column, is a warning', () => {
    const text = `include_tagged_tables: true\ndiscovery: { inherit_tags: true }\nprofile_defaults: { profile_type: TIMESERIES }\n`;
    expect(said(text)).toEqual([
      "5:21 warning CONFIG.INCOMPLETE found tables are profiled as TIMESERIES and have no 'timeseries_timestamp_column'",
    ]);
    expect(said(text.replace('TIMESERIES', 'TIMESERIES, timestamp_column: t'))).toEqual([]);
    // With an entry it may be the patterns that give it.
    expect(said(`${text}monitored_tables: { prod.ml.*: { timestamp_column: t } }\n`)).toEqual([]);
  });

  test('C02 C17 a pattern may give a listed table what it lacks, or take it out', () => {
    const series = 'prod.ml.a: { profile_type: TIMESERIES }';
    expect(said(tables(series)).map((text) => text.slice(0, 21))).toEqual(['4:3 CONFIG.INCOMPLETE']);
    expect(said(tables(series, 'prod.ml.*: { timestamp_column: t }'))).toEqual([]);
    expect(said(tables(series, 'prod.ml.*: { enabled: false }'))).toEqual([]);
    expect(said(tables(series, 'prod.x.*: { enabled: false }'))).toHaveLength(1);
  });

  test('W001 R068 a listed table may be in any of the catalogs; of another one all of them are named', () => {
    const list = 'catalogs: [sales, eu_*]\n';
    expect(said(snapshot + list + tables('SALES.a.b: {}', 'eu_1.a.b: {}', 'prod.a.b: {}', 'us_*.a.b: {}'))).toEqual([]);
    expect(problemsIn(head + snapshot + list + tables('us.a.b: {}'))).toMatchObject([
      {
        code: 'CONFIG.WRONG_CATALOG',
        message: "table 'us.a.b' is in catalog 'us', not in 'prod', 'sales' or 'eu_*'",
        hint: "add 'us' to 'catalogs', or use one config for each catalog",
      },
    ]);
  });

  test('thousands of tables and patterns are read in time', () => {
    const many = Array.from({ length: 6000 }, (_, index) => [`prod.s${index}.a: {}`, `prod.s${index}.*: {}`]).flat();
    const startedAt = process.cpuUsage();
    expect(said(snapshot + tables(...many))).toEqual([]);
    const used = process.cpuUsage(startedAt);
    expect((used.user + used.system) / 1e6).toBeLessThan(10);
  });
});
