import { describe, expect, test } from '@jest/globals';
import type { Coverage } from '@dpo/core';
import { meets, minimumOf } from '../src/minimum.ts';

describe('--min', () => {
  test.each([
    ['90%', 0.9],
    ['0.9', 0.9],
    ['0%', 0],
    ['100%', 1],
    ['1', 1],
    ['0', 0],
    ['99.5%', 0.995],
  ])('ruling 74: %s is %d', (text, value) => {
    expect(minimumOf(text)).toBeCloseTo(value, 12);
  });

  test.each(['90', '1.5', '101%', '-1%', '.9', '90 %', '9e1%', '', 'high', '%', '0,9', '90%%', '٩٠%'])(
    "ruling 74: '%s' is refused",
    (text) => {
      expect(() => minimumOf(text)).toThrow('neither a percentage nor a share');
    },
  );

  test.each([
    { monitored: 7, eligible: 100, minimum: '7%', expected: true },
    { monitored: 6, eligible: 100, minimum: '7%', expected: false },
    { monitored: 2249, eligible: 2500, minimum: '90%', expected: false },
    { monitored: 2250, eligible: 2500, minimum: '0.9', expected: true },
    { monitored: 0, eligible: 0, minimum: '100%', expected: true },
  ])('U130 $monitored of $eligible tables, $minimum: $expected', ({ monitored, eligible, minimum, expected }) => {
    const summary = { monitored, by_schema: 0, eligible } as Coverage['summary'];
    expect(meets({ summary, complete: true } as Coverage, minimumOf(minimum))).toBe(expected);
    expect(meets({ summary, complete: false } as Coverage, minimumOf(minimum))).toBe(false);
  });
});
