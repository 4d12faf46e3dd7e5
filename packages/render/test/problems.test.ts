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
