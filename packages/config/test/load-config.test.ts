import { describe, expect, test } from '@jest/globals';
import { isDpoError } from '@dpo/core';
import { brief, head, load, problemsIn, snapshot } from './support.ts';

const inference = `${head}profile_defaults:
  prediction_column: p
  timestamp_column: t
  model_id_column: m
  label_column: l
monitored_tables:
`;

describe('loadConfig', () => {
  test('D010 every value and every key remembers its place, and a path that is not there has that of its nearest ancestor', () => {
    const loaded = load(`${head}${snapshot}    slicing_exprs: [region, age > 30]\n`);
    const table = ['monitored_tables', 'prod.ml.churn'];
    expect(loaded.placeOf([...table, 'profile_type'])).toEqual({
      file: 'dpo.yaml',
      start: { line: 5, column: 19 },
      end: { line: 5, column: 27 },
      path: 'monitored_tables.prod.ml.churn.profile_type',
    });
    expect(loaded.keyPlaceOf([...table, 'profile_type'])).toMatchObject({ start: { line: 5, column: 5 } });
    expect(loaded.placeOf([...table, 'slicing_exprs', 1])).toMatchObject({
      start: { line: 6, column: 29 },
      path: 'monitored_tables.prod.ml.churn.slicing_exprs[1]',
    });
    expect(loaded.keyPlaceOf([...table, 'label_column'])).toEqual(loaded.keyPlaceOf(table));
    expect(loaded.placeOf(['profile_defaults', 'granularity'])).toMatchObject({ start: { line: 1, column: 1 } });
  });

  test('the directory is that of the file', () => {
    expect(load(head + snapshot).directory).toBe('.');
  });

  test('one error carries every problem in the order of the file, with place, snippet and hint', () => {
    let thrown: unknown;
    try {
      load(`catalog_name: prod\nmod: full\n${snapshot}    granularity: 2 hours\n`);
    } catch (error) {
      thrown = error;
    }
    expect(isDpoError(thrown) && thrown.problems).toEqual([
      expect.objectContaining({ code: 'CONFIG.NO_WAREHOUSE', severity: 'note' }),
      {
        code: 'CONFIG.UNKNOWN_KEY',
        severity: 'error',
        message: "'mod' is not a key that dpo knows",
        hint: "did you mean 'mode'?",
        place: { file: 'dpo.yaml', start: { line: 2, column: 1 }, end: { line: 2, column: 4 }, path: 'mod' },
        snippet: { line: 2, text: 'mod: full' },
      },
      {
        code: 'CONFIG.VALUE',
        severity: 'error',
        message:
          "'granularity' is '2 hours', not one of: 5 minutes, 30 minutes, 1 hour, 1 day, 1 week, 2 weeks, 3 weeks, " +
          '4 weeks, 1 month, 1 year',
        hint: "did you mean '1 hour'?",
        place: {
          file: 'dpo.yaml',
          start: { line: 6, column: 18 },
          end: { line: 6, column: 25 },
          path: 'monitored_tables.prod.ml.churn.granularity',
        },
        snippet: { line: 6, text: '    granularity: 2 hours' },
      },
    ]);
  });

  test('C02 null is unset where there is no default, a table entry may be empty, a schedule of null stays', () => {
    const { config } = load(
      `${inference}  prod.ml.a:\n  prod.ml.b: {schedule: ~, label_column: ~, profile_type: ~, slicing_exprs: ~}\ndiscovery: ~\n`,
    );
    expect(config.monitored_tables).toEqual({ 'prod.ml.a': {}, 'prod.ml.b': { schedule: null } });
    expect(config).not.toHaveProperty('discovery');
  });

  test('YAML anchors, aliases and merge keys are resolved; what stands in the map itself wins', () => {
    const { config, placeOf } = load(
      `${head}x-base: &base {profile_type: SNAPSHOT, owner: a}\nx-more: &more {owner: b, runbook_url: r}\n` +
        'monitored_tables:\n  prod.ml.a:\n    <<: [*base, *more]\n    runbook_url: own\n  prod.ml.b: *base\n',
    );
    expect(config.monitored_tables).toEqual({
      'prod.ml.a': { profile_type: 'SNAPSHOT', owner: 'a', runbook_url: 'own' },
      'prod.ml.b': { profile_type: 'SNAPSHOT', owner: 'a' },
    });
    expect(config).not.toHaveProperty('x-base');
    expect(placeOf(['monitored_tables', 'prod.ml.a', 'owner'])).toMatchObject({ start: { line: 3, column: 47 } });
  });

  test('words are booleans only as YAML 1.2 has it, also when the file asks for YAML 1.1', () => {
    expect(problemsIn(`%YAML 1.1\n---\n${head}${snapshot}    adopt: yes\n`)).toEqual([
      expect.objectContaining({
        message: "'adopt' is 'yes', expected true or false",
        hint: 'write true, without quotes',
      }),
    ]);
  });

  test('a byte order mark and Windows line ends change no place', () => {
    const text = `\uFEFF${head}${snapshot}x: 1\n`.replaceAll('\n', '\r\n');
    const [problem] = problemsIn(text);
    expect(problem).toMatchObject({ place: { start: { line: 6, column: 1 } }, snippet: { line: 6, text: 'x: 1' } });
  });

  test('C25 R069 the warehouse is that of the file, else DATABRICKS_WAREHOUSE_ID, else a note says so', () => {
    const bare = `catalog_name: prod\n${snapshot}`;
    const environment = { DATABRICKS_WAREHOUSE_ID: 'env' };
    expect(load(head + snapshot, { environment }).config.warehouse_id).toBe('w');
    expect(load(bare, { environment }).config.warehouse_id).toBe('env');
    expect(load(bare).problems.map(brief)).toEqual(['1:1 note CONFIG.NO_WAREHOUSE']);
  });

  test('R068 U048 names of tables and catalogs are compared without regard to capitals', () => {
    expect(problemsIn(`${head}monitored_tables:\n  PROD.ml.churn: {profile_type: SNAPSHOT}\n`)).toEqual([]);
  });

  test('C14 either column of time completes a time series, wherever it stands', () => {
    const series = `${head}monitored_tables:\n  prod.ml.a:\n    profile_type: TIMESERIES\n`;
    expect(problemsIn(`${series}    timestamp_column: t\n`)).toEqual([]);
    expect(problemsIn(`${series}profile_defaults: {timeseries_timestamp_column: t}\n`)).toEqual([]);
    expect(problemsIn(series).map(brief)).toEqual(['4:3 CONFIG.INCOMPLETE']);
  });

  test('C02 an inference profile that lacks columns is one warning for each table; a disabled table has none', () => {
    const text = `${head}monitored_tables:\n  prod.ml.a: {timeseries_timestamp_column: t, label_column: l}\n  prod.ml.b: {enabled: false}\n`;
    expect(problemsIn(text).map((problem) => `${brief(problem)} ${problem.message}`)).toEqual([
      "4:3 warning CONFIG.INCOMPLETE 'prod.ml.a' is profiled as INFERENCE and has no 'prediction_column', " +
        "'timestamp_column' or 'model_id_column'",
    ]);
  });

  test('what a table is selected by is no key that waits', () => {
    const entry = '    {monitor_group: ml_team, owner: pricing, labels: {tier: gold, year: 2026, pii: false}}\n';
    const text = `${head}monitor_group_tag: team\nprofile_defaults: {profile_type: SNAPSHOT}\nmonitored_tables:\n`;
    expect(problemsIn(`${text}  prod.ml.a:\n${entry}`)).toEqual([]);
  });

  test('N018 a line of the file is shown without what looks like a credential or moves a terminal', () => {
    const text = `${head}${snapshot}targets:\n  prod:\n    workspace: {token: dapi0123456789abcdef}\n"\u001B[2J": 1\n`;
    const problems = problemsIn(text);
    expect(JSON.stringify(problems)).not.toContain('dapi0');
    expect(problems.map(({ message, snippet }) => `${message} ${snippet?.text}`).join('\n')).not.toContain('\u001B');
  });

  test('more faults than anybody reads are counted', () => {
    const keys = Array.from({ length: 1500 }, (_, index) => `key${index}: 1\n`).join('');
    const problems = problemsIn(head + snapshot + keys);
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toMatchObject({ code: 'CONFIG.MORE', message: '500 more faults are not shown' });
  });
});
