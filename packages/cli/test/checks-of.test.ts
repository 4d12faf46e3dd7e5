import { describe, expect, test } from '@jest/globals';
import type { Place, Problem, Severity } from '@dpo/core';
import { checksOf } from '../src/checks-of.ts';
import { explanations } from '../src/generated/explanations.ts';

const at = (path?: string): Place => ({
  file: 'dpo.yaml',
  start: { line: 1, column: 1 },
  ...(path !== undefined && { path }),
});

function problem(code: string, severity: Severity = 'error', place: Place | undefined = at('x')): Problem {
  return { code, severity, message: 'm', ...(place !== undefined && { place }) };
}

/** `schema failed 2/1`, without checks that passed. */
function told(problems: readonly Problem[], areas: readonly string[] = []): readonly string[] | undefined {
  return checksOf(problems, new Set(areas))
    ?.filter(({ status }) => status !== 'passed')
    .map(({ name, status, errors, warnings }) => `${name} ${status} ${errors}/${warnings}`);
}

const rest = (...names: readonly string[]): readonly string[] => names.map((name) => `${name} skipped 0/0`);
const afterSchema = rest('target', 'variables', 'tables', 'settings');

describe('U012 the checks of a config', () => {
  test('come in one order; those of an area without codes are not made', () => {
    const names = (areas: readonly string[]): unknown => checksOf([], new Set(areas))?.map(({ name }) => name);
    const always = ['files', 'syntax', 'schema', 'target', 'variables', 'tables', 'settings'];
    expect(names([])).toEqual(always);
    expect(names(['LINT', 'POLICY', 'PLAN'])).toEqual([...always, 'policy', 'lint']);
  });

  const cases: readonly (readonly [what: string, problems: readonly Problem[], told: readonly string[]])[] = [
    ['nothing', [], []],
    ['notes change nothing', [problem('CONFIG.NO_WAREHOUSE', 'note')], []],
    [
      'errors and warnings are counted apart',
      [problem('CONFIG.TYPE'), problem('CONFIG.VALUE'), problem('CONFIG.RANGE', 'warning')],
      ['schema failed 2/1'],
    ],
    ['warnings alone warn', [problem('CONFIG.INCOMPLETE', 'warning')], ['tables warned 0/1']],
    [
      'a code of its own area',
      [problem('POLICY.X'), problem('LINT.Y', 'warning')],
      ['policy failed 1/0', 'lint warned 0/1'],
    ],
    ['a code that is in no list', [problem('CONFIG.SOMETHING_NEW')], ['settings failed 1/0']],
    ['the count of what is not shown', [problem('CONFIG.TYPE'), problem('CONFIG.MORE')], ['schema failed 1/0']],
  ];
  test.each(cases)('%s', (_what, problems, expected) => {
    expect(told(problems, ['POLICY', 'LINT'])).toEqual(expected);
  });

  const stops: readonly (readonly [what: string, problem: Problem, told: readonly string[]])[] = [
    [
      'a root that is not there',
      { code: 'CONFIG.NOT_FOUND', severity: 'error', message: 'm' },
      ['files failed 1/0', ...rest('syntax', 'schema'), ...afterSchema],
    ],
    ['no YAML', problem('CONFIG.SYNTAX'), ['syntax failed 1/0', ...rest('schema'), ...afterSchema]],
    ['an empty file', problem('CONFIG.EMPTY', 'error', at()), ['syntax failed 1/0', ...rest('schema'), ...afterSchema]],
    ['no map', problem('CONFIG.TYPE', 'error', at()), ['schema failed 1/0', ...afterSchema]],
    [
      'an included file that is not there',
      problem('CONFIG.NOT_FOUND', 'error', at('include[0]')),
      ['files failed 1/0'],
    ],
    ['too many included files', problem('CONFIG.TOO_LARGE', 'error', at('include[0]')), ['syntax failed 1/0']],
  ];
  test.each(stops)('what stops the others: %s', (_what, one, expected) => {
    expect(told([one])).toEqual(expected);
  });

  test('a check that found something was made, whatever stopped before', () => {
    expect(told([problem('CONFIG.SYNTAX'), problem('CONFIG.INCOMPLETE', 'warning')])).toEqual([
      'syntax failed 1/0',
      ...rest('schema', 'target', 'variables'),
      'tables warned 0/1',
      ...rest('settings'),
    ]);
  });

  test('a problem that is none of a config is not for this list', () => {
    expect(checksOf([problem('USAGE', 'error')], new Set())).toBeUndefined();
    expect(checksOf([problem('AUTH.MISSING')], new Set())).toBeUndefined();
  });

  test('every documented code of a config but the count has a check', () => {
    const areas = new Set(explanations.map(({ area }) => area));
    const ours = explanations.filter(({ area }) => ['CONFIG', 'POLICY', 'LINT'].includes(area));
    expect(ours.length).toBeGreaterThan(20);
    for (const { code } of ours.filter((each) => each.code !== 'CONFIG.MORE')) {
      const failed = checksOf([problem(code)], areas)?.filter(({ status }) => status === 'failed');
      expect([code, failed?.length]).toEqual([code, 1]);
    }
  });
});
