import { describe, expect, test } from '@jest/globals';
import type { Problem } from '@dpo/core';
import { renderProblem, renderProblems } from '../src/index.ts';
import { expectGoldens, narrow } from './golden.ts';

const missing =
  "Column 'label_v1' (from label_column) not found in table 'prod.ml.churn'. Available columns: ['id', 'prediction', 'actual_label', 'ts']";

const problems: readonly Problem[] = [
  {
    code: 'LINT.NO_SCHEDULE',
    severity: 'warning',
    message: 'monitor main.sales.orders has no schedule',
    place: { tag: 'main.sales.orders#monitor_group' },
  },
  { code: 'CATALOG.COLUMN_MISSING', severity: 'error', message: missing, address: 'monitor:prod.ml.churn' },
  {
    code: 'CONFIG.UNKNOWN_KEY',
    severity: 'error',
    message: "unknown key 'granularty' in profile_defaults",
    hint: "did you mean 'granularity'?",
    place: { file: 'dpo.yaml', start: { line: 12, column: 3 }, end: { line: 12, column: 13 } },
    snippet: { line: 12, text: '  granularty: "1 day"' },
  },
  {
    code: 'CONFIG.INVALID_VALUE',
    severity: 'error',
    message: "'hourly' is no granularity",
    place: { file: 'dpo.yaml', start: { line: 4, column: 78 }, end: { line: 4, column: 84 } },
    snippet: {
      line: 4,
      text: `defaults: { output_schema_name: monitoring_results, slicing_exprs: [a, b, c], x: hourly, y: 1 }`,
    },
  },
  { code: 'PLAN.NO_STATE', severity: 'note', message: 'no state found: removed tables are not planned for deletion' },
];

describe('renderProblems', () => {
  test('a hint may have several lines, each below the first', () => {
    const problem: Problem = {
      code: 'AUTH.MISSING',
      severity: 'error',
      message: 'nothing',
      hint: 'one of\npat: no token',
    };
    expect(renderProblem(problem, narrow).trimEnd().split('\n')).toEqual([
      'error AUTH.MISSING',
      '  nothing',
      '  hint: one of',
      '        pat: no token',
    ]);
  });

  test('errors come first, by place, each with the fault underlined', () => {
    expectGoldens((style) => renderProblems(problems, style), 'problems');
    expect(renderProblems(problems.toReversed(), narrow)).toBe(renderProblems(problems, narrow));
  });

  test('R065 a message is printed on one line whatever the width', () => {
    expect(renderProblems(problems, { ...narrow, width: 40 })).toContain(missing);
  });

  test('no problems are no text', () => {
    expect(renderProblems([], narrow)).toBe('');
  });

  test('of many equal warnings the first are shown and the rest is counted, of errors all', () => {
    const many = (severity: 'error' | 'warning'): readonly Problem[] =>
      Array.from({ length: 30 }, (_, index) => ({ code: 'LINT.X', severity, message: `number ${index} is wrong` }));
    expect(renderProblems(many('warning'), narrow)).toContain('and 20 more of warning LINT.X');
    expect(renderProblems(many('warning'), narrow)).toMatch(/\n30 warnings\n$/);
    expect(renderProblems(many('error'), narrow).match(/is wrong/g)).toHaveLength(30);
  });

  const underlined: readonly (readonly [
    what: string,
    text: string,
    place: readonly number[],
    code: string,
    mark: string,
  ])[] = [
    ['a letter of two units', 'a: \u{1F600}b', [1, 4], 'a: \u{1F600}b', '   ^^'],
    ['wide letters', '漢字: x', [1, 1, 1, 3], '漢字: x', '^^^^'],
    ['letters with marks of their own', 'e\u0301: x', [1, 1, 1, 3], 'e\u0301: x', '^'],
    ['tabs before it', '\t\tx', [1, 3, 1, 4], '\\t\\tx', '    ^'],
    ['a tab in it', 'a\tb c', [1, 1, 1, 4], 'a\\tb c', '^^^^'],
    ['the rest of the first of several lines', 'x: "a b  ', [1, 4, 3, 2], 'x: "a b', '   ^^^^'],
    ['the end of a line', 'abc', [1, 4], 'abc', '   ^'],
  ];
  test.each(underlined)('U011 the underline fits %s', (_what, text, ...[place, code, mark]) => {
    const [line = 0, column = 0, endLine, endColumn] = place;
    const end = endLine === undefined || endColumn === undefined ? {} : { end: { line: endLine, column: endColumn } };
    const problem: Problem = {
      code: 'CONFIG.X',
      severity: 'error',
      message: 'm',
      place: { file: 'a', start: { line, column }, ...end },
      snippet: { line: 1, text },
    };
    expect(renderProblem(problem, narrow).split('\n').slice(2, 4)).toEqual([`  1 | ${code}`, `    | ${mark}`]);
  });

  test('U011 the path of the setting stands behind the place', () => {
    const place = { file: 'a.yaml', start: { line: 3, column: 7 }, path: 'monitored_tables.prod.ml.a.granularity' };
    const problem: Problem = { code: 'CONFIG.X', severity: 'error', message: 'm', place };
    expect(renderProblem(problem, narrow).split('\n')[0]).toBe(
      'error CONFIG.X  a.yaml:3:7  monitored_tables.prod.ml.a.granularity',
    );
  });

  test('the underline counts what is printed: tabs, wide letters and control characters', () => {
    const problem: Problem = {
      code: 'CONFIG.X',
      severity: 'error',
      message: 'm',
      place: { file: 'a', start: { line: 1, column: 5 }, end: { line: 1, column: 7 } },
      snippet: { line: 1, text: '\t漢\x1b bad' },
    };
    const [, , code = '', underline = ''] = renderProblem(problem, narrow).trimEnd().split('\n');
    expect(code).toBe('  1 | \\t漢\\x1b bad');
    // two cells of `\t`, two of the wide letter, four of the escape, one blank
    expect(underline).toBe(`    | ${' '.repeat(9)}^^`);
  });
});
