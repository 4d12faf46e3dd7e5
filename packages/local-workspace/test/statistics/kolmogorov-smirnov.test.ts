import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { kolmogorovSurvival } from '../../src/statistics/kolmogorov-distribution.ts';
import {
  kolmogorovSmirnovPvalue,
  kolmogorovSmirnovStatistic,
  kolmogorovSmirnovTest,
} from '../../src/statistics/kolmogorov-smirnov.ts';
import { expected } from './expected.ts';
import { expectClose } from './expect-close.ts';

describe('the Kolmogorov-Smirnov test', () => {
  test.each<readonly [number, number, number, number]>([
    [0.049, 523, 941, 0.3829208808885818],
    [0.038, 941, 1192, 0.4228041687817168],
    [0.062, 1192, 1344, 0.014853915612309707],
  ])('gives the p-value of a published row: D %p of %p and %p values', (...row) => {
    const [statistic, current, reference, published] = row;
    expectClose(kolmogorovSmirnovPvalue(statistic, { current, reference }), published, 1e-12);
  });

  test('agrees with ks_2samp of SciPy from one value to a million, from no difference to the largest', () => {
    for (const [statistic, current, reference, pvalue] of expected.kolmogorovSmirnov) {
      expectClose(kolmogorovSmirnovPvalue(statistic, { current, reference }), pvalue, 1e-12);
    }
  });

  test.each(expected.values)(
    'takes the statistic over tied and untied values as SciPy does',
    ({ current, reference, ks }) => {
      expectClose(kolmogorovSmirnovStatistic(current, reference), ks, 1e-14);
    },
  );

  test('gives an exact multiple of the array length', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index);
    const shifted = values.map((value) => value + 49);
    expect(kolmogorovSmirnovStatistic(values, shifted)).toBe(0.049);
  });

  test('infinite values take part in their order', () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect(kolmogorovSmirnovStatistic([1, infinity], [1, 2])).toBe(0.5);
  });

  test('statistic and p-value stay between 0 and 1 and do not depend on the order of the samples', () => {
    const values = fc
      .array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 8, maxLength: 8 })
      .map((list) => list.toSorted((a, b) => a - b));
    const sizes = fc.record({
      current: fc.integer({ min: 1, max: 5000 }),
      reference: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(values, values, sizes, (a, b, { current, reference }) => {
        const result = kolmogorovSmirnovTest(a, b, { current, reference });
        expect(result.statistic).toBeGreaterThanOrEqual(0);
        expect(result.statistic).toBeLessThanOrEqual(1);
        expect(result.pvalue).toBeGreaterThanOrEqual(0);
        expect(result.pvalue).toBeLessThanOrEqual(1);
        const mirrored = kolmogorovSmirnovTest(b, a, { current: reference, reference: current });
        expect(mirrored.statistic).toBe(result.statistic);
        expectClose(mirrored.pvalue, result.pvalue, 1e-9);
      }),
    );
  });

  test('a larger statistic never has a larger p-value, also across the regimes', () => {
    for (const n of [1, 2, 7, 50, 140, 141, 1000, 20_000, 150_000]) {
      let previous = 1;
      for (let d = 0; d <= 1000; d += n > 1000 ? 7 : 1) {
        const p = kolmogorovSurvival(d / 1000, n);
        expect(p).toBeLessThanOrEqual(previous + 1e-9);
        previous = p;
      }
    }
  });
});
