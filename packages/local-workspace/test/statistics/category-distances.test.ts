import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alignCounts } from '../../src/statistics/aligned-counts.ts';
import { chiSquaredSurvival, chiSquaredTest } from '../../src/statistics/chi-squared.ts';
import { jensenShannonDistance } from '../../src/statistics/jensen-shannon.ts';
import { lInfinityDistance } from '../../src/statistics/l-infinity.ts';
import { totalVariationDistance } from '../../src/statistics/total-variation.ts';
import { expectClose } from './expect-close.ts';
import { expected } from './expected.ts';

describe('distances of categories', () => {
  test.each(expected.categories)('agree with SciPy for $current and $reference', ({ current, reference, ...scipy }) => {
    const counts = { current, reference };
    const chiSquared = chiSquaredTest(counts);
    expectClose(chiSquared.statistic, scipy.chi2, 1e-12);
    expectClose(chiSquared.pvalue, scipy.p, 1e-12);
    // SciPy takes the root of a difference that is all rounding when the shares are nearly equal.
    expectClose(jensenShannonDistance(counts), scipy.js, scipy.js < 1e-6 ? 1e-9 : 1e-12);
    expectClose(totalVariationDistance(counts), scipy.tv, 1e-12);
    expectClose(lInfinityDistance(counts), scipy.linf, 1e-12);
  });

  test('the chi-squared tail agrees with SciPy for 1 to 1500 degrees of freedom', () => {
    for (const [statistic, degrees, p] of expected.chiSquaredTail) {
      // SciPy is off by 1.3e-12 at 2250 with 1500 degrees: 60 digits give 4.6661491771566203e-33, as here.
      expectClose(chiSquaredSurvival(statistic, degrees), p, 2e-12);
    }
  });

  test('nearly equal shares keep their digits: the value is that of a computation with 60 digits', () => {
    const counts = { current: [5_000_001, 4_999_999], reference: [5_000_000, 5_000_001] };
    expectClose(jensenShannonDistance(counts), 1.0606601364244891e-7, 1e-12);
  });

  test('a single category is no evidence of a difference', () => {
    expect(chiSquaredTest({ current: [5], reference: [900] })).toEqual({ statistic: 0, pvalue: 1 });
  });

  test('are symmetric, zero for equal shares and within their bounds', () => {
    const counts = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(counts, (pairs) => {
        const current = [...pairs.map(([a]) => a), 1];
        const reference = [...pairs.map(([, b]) => b), 1];
        const there = { current, reference };
        const back = { current: reference, reference: current };
        for (const distance of [jensenShannonDistance, totalVariationDistance, lInfinityDistance]) {
          expect(Math.abs(distance(there) - distance(back))).toBeLessThan(1e-12);
          expect(distance(there)).toBeGreaterThanOrEqual(0);
          expect(distance({ current, reference: current })).toBeLessThan(1e-7);
        }
        expect(jensenShannonDistance(there)).toBeLessThanOrEqual(Math.sqrt(Math.log(2)) + 1e-12);
        expect(totalVariationDistance(there)).toBeLessThanOrEqual(1);
        expect(lInfinityDistance(there)).toBeLessThanOrEqual(totalVariationDistance(there) + 1e-12);
        const { pvalue } = chiSquaredTest(there);
        expect(pvalue >= 0 && pvalue <= 1).toBe(true);
      }),
    );
  });
});

describe('aligned counts', () => {
  const list = (items: Readonly<Record<string, number>>, total: number) => ({
    items: new Map(Object.entries(items)),
    total,
  });

  test('an item that only one complete list has counts as absent from the other', () => {
    expect(alignCounts(list({ a: 3, b: 1 }, 4), list({ a: 5, c: 2 }, 7))).toEqual({
      current: [3, 1, 0],
      reference: [5, 0, 2],
    });
  });

  test('an item that a cut-off list may hide is pooled with everything unlisted', () => {
    expect(alignCounts(list({ a: 3, b: 1 }, 4), list({ a: 5 }, 9))).toEqual({ current: [3, 1], reference: [5, 4] });
  });

  test('two samples of unique keys show no difference', () => {
    const counts = alignCounts(list({ a: 1, b: 1 }, 500), list({ c: 1, d: 1 }, 800));
    expect(counts).toEqual({ current: [500], reference: [800] });
  });

  test('an empty sample cannot be compared', () => {
    expect(alignCounts(list({}, 0), list({ a: 1 }, 1))).toBeUndefined();
  });
});
