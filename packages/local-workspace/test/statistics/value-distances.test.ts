import { describe, expect, test } from '@jest/globals';
import { populationStabilityIndex } from '../../src/statistics/population-stability-index.ts';
import { wassersteinDistance } from '../../src/statistics/wasserstein.ts';
import { expectClose } from './expect-close.ts';
import { expected } from './expected.ts';

const thousand = Array.from({ length: 1000 }, (_, index) => index);

describe('distances of quantile arrays', () => {
  test.each(expected.values)('agree with SciPy and NumPy', ({ current, reference, wasserstein, psi }) => {
    expectClose(wassersteinDistance(current, reference), wasserstein, 1e-12);
    expectClose(populationStabilityIndex(current, reference), psi, 1e-12);
  });

  test('a shift by 49 is a Wasserstein distance of 49', () => {
    expect(
      wassersteinDistance(
        thousand.map((value) => value + 49),
        thousand,
      ),
    ).toBe(49);
  });

  test('equal arrays have no distance, infinite values included', () => {
    const values = [Number.NEGATIVE_INFINITY, 1, Number.POSITIVE_INFINITY];
    expect(wassersteinDistance(values, values)).toBe(0);
    expect(populationStabilityIndex(values, values)).toBe(0);
  });

  test('the stability index of a constant column that did not change is 0', () => {
    expect(populationStabilityIndex([5, 5, 5, 5], [5, 5, 5, 5])).toBe(0);
  });

  test('the stability index of disjoint columns is large and finite', () => {
    const index = populationStabilityIndex(
      thousand.map((value) => value + 5000),
      thousand,
    );
    expect(index).toBeGreaterThan(5);
    expect(Number.isFinite(index)).toBe(true);
  });

  test('arrays of different lengths are refused', () => {
    expect(() => wassersteinDistance([1], [1, 2])).toThrow('quantile arrays differ in length');
  });
});
