import { expect, test } from '@jest/globals';
import { renderChecks, type Check } from '../src/index.ts';
import { narrow } from './golden.ts';

const checks: readonly Check[] = [
  { name: 'syntax', status: 'passed', errors: 0, warnings: 0 },
  { name: 'tables', status: 'failed', errors: 2, warnings: 1 },
  { name: 'lint', status: 'warned', errors: 0, warnings: 1 },
  { name: 'policy', status: 'skipped', errors: 0, warnings: 0 },
];

test('U012 each check has a line, a mark, and a word that says the same', () => {
  expect(renderChecks(checks, narrow)).toBe(
    [
      '  ✓ syntax  passed',
      '  × tables  failed   2 errors, 1 warning',
      '  ! lint    warned   1 warning',
      '  · policy  skipped',
      '',
    ].join('\n'),
  );
});

test('D015 without Unicode the marks are ASCII and the columns stay', () => {
  const lines = renderChecks(checks, { ...narrow, unicode: false }).split('\n');
  expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/u);
  expect(new Set(lines.slice(0, -1).map((line) => line.indexOf(line.trim().split(/\s+/u)[1] ?? ''))).size).toBe(1);
});
