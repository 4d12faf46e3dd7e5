import { expect } from '@jest/globals';

/** Fails unless `actual` is within a relative distance of `expected`. */
export function expectClose(actual: number, expected: number, relative: number): void {
  const distance = actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
  expect({ actual, expected, close: distance <= relative }).toEqual({ actual, expected, close: true });
}
