import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isDpoError, type Problem } from '@dpo/core';
import { convertConfig, type Conversion } from '../../src/index.ts';
import { brief, example, head, problemsIn, snapshot } from '../support.ts';

const folder = new URL('cases/', import.meta.url);

function convert(text: string): Conversion {
  return convertConfig({ file: 'python.yaml', text, project: 'shop' });
}

/** What a conversion lists, or the faults that end it. */
function told(text: string): readonly Problem[] {
  try {
    return convert(text).notCarried;
  } catch (error) {
    if (isDpoError(error)) return error.problems;
    throw error;
  }
}

function lines(problems: readonly Problem[]): string {
  return problems
    .map((problem) => `${brief(problem)} ${problem.message}${problem.hint === undefined ? '' : `; ${problem.hint}`}\n`)
    .join('');
}

/** UPDATE_GOLDEN=1 writes the file, and the review reads the difference. */
function expectFile(name: string, text: string): void {
  const file = new URL(name, folder);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const cases: readonly (readonly [name: string, text: string])[] = [
  ['readme-1', example('readme-1.yaml')],
  ['readme-2', example('readme-2.yaml')],
  ['readme-3', example('readme-3.yaml')],
  ['every-setting', readFileSync(new URL('every-setting.yaml', folder), 'utf8')],
  ['anchors', readFileSync(new URL('anchors.yaml', folder), 'utf8')],
];

describe('a config of the Python tool', () => {
  test.each(cases)('R013 K %s becomes one that does the same, with a list of what does not', (name, text) => {
    const conversion = convert(text);
    expectFile(`${name}.dpo.yaml`, conversion.text);
    expectFile(`${name}.told.txt`, lines(conversion.notCarried));
    const problems = problemsIn(conversion.text, { environment: { DATABRICKS_WAREHOUSE_ID: 'w' } });
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });

  test('a file with CRLF and a byte order mark says the same', () => {
    const [, text] = cases[3] ?? ['', ''];
    const windows = convert(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(windows).toEqual(convert(text));
  });

  test.each([
    ['no YAML', 'catalog_name: [prod', '1:20 CONFIG.SYNTAX'],
    ['an empty file', '# nothing\n', '1:1 CONFIG.EMPTY'],
    ['a list', '- catalog_name: prod\n', '1:1 CONFIG.TYPE'],
    ['a key twice', `${head}mode: full\nmode: full\n${snapshot}`, '4:1 CONFIG.DUPLICATE_KEY'],
    ['no table', 'catalog_name: prod\n', '1:1 CONFIG.REQUIRED'],
    ['tables of other catalogs only', 'catalog_name: dev\nmonitored_tables: {prod.ml.a: {}}\n', '2:1 CONFIG.REQUIRED'],
    ['a text for a list', `${head}discovery: {exclude_schemas: tmp}\n${snapshot}`, '3:30 CONFIG.TYPE'],
    ['a word for a number', `${head}wait_timeout_seconds: long\n${snapshot}`, '3:23 CONFIG.TYPE'],
    [
      'an unknown granularity',
      `${head}zebra: 1\nprofile_defaults: {granularity: 2 hours}\n${snapshot}`,
      '4:33 CONFIG.VALUE',
    ],
    ['a bad table name', `${head}monitored_tables:\n  churn: {}\n`, '4:3 CONFIG.TABLE_NAME'],
    [
      'a time series without a column of time',
      `${head}profile_defaults: {profile_type: TIMESERIES}\nmonitored_tables:\n  prod.ml.churn: {}\n`,
      '5:3 CONFIG.INCOMPLETE',
    ],
  ])('%s is told as validate does, at its place in the old file', (_, text, expected) => {
    const [first] = told(text);
    expect(first === undefined ? '' : brief(first)).toBe(expected);
  });

  test('defaults of the Python tool are written for INFERENCE only, and not over what is set', () => {
    const file = (defaults: string): string =>
      `${head}profile_defaults: ${defaults}\nmonitored_tables: {prod.ml.churn: {}}\n`;
    expect(convert(file('{profile_type: SNAPSHOT}')).text).not.toContain('problem_type');
    const { text } = convert(file('{problem_type: REGRESSION, timestamp_column: ts}'));
    expect(text).toContain('{problem_type: REGRESSION, timestamp_column: ts, prediction_column: prediction}');
  });

  test('of what is left out nothing else is said', () => {
    const text = `${head}zebra: {enabled: yes}\nmonitored_tables:\n  prod.ml.a: {profile_type: SNAPSHOT}\n  dev.ml.b: {colour: red, create_builtin_dashboard: no}\n`;
    const left = told(text).filter(({ code, severity }) => code === 'INIT.NOT_CARRIED' || severity === 'note');
    expect(left.map((problem) => brief(problem))).toEqual([
      '3:1 warning INIT.NOT_CARRIED',
      '5:15 warning INIT.NOT_CARRIED',
      '6:3 warning INIT.NOT_CARRIED',
    ]);
  });

  test('nothing is said of alerts where there are none', () => {
    const codes = told(`${head}mode: bulk_provision_only\n${snapshot}`).map(({ message }) => message);
    expect(codes.join(' ')).not.toContain('drift_threshold');
  });

  test('five thousand tables take a moment, not minutes', () => {
    const tables = Array.from({ length: 5000 }, (_, index) => `  prod.ml.t${String(index)}: {owner: me}\n`);
    const { tables: count, text } = convert(
      `${head}profile_defaults: {profile_type: SNAPSHOT}\nmonitored_tables:\n${tables.join('')}`,
    );
    expect(count).toBe(5000);
    expect(text.match(/adopt: true/gu)?.length).toBe(5000);
  }, 20_000);
});
