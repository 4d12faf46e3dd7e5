import type { Json } from '@duckdb/node-api';
import { expect } from '@jest/globals';
import { expectClose } from '../statistics/expect-close.ts';

/** Fails unless both are the same but for numbers, which are within a relative distance. */
export function expectAllClose(actual: Json | undefined, expected: Json, relative: number): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    expectClose(actual, expected, relative);
  } else if (isNested(actual) && isNested(expected)) {
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    const values = Object.values(actual);
    for (const [index, value] of Object.values(expected).entries()) expectAllClose(values[index], value, relative);
  } else {
    expect(actual).toEqual(expected);
  }
}

function isNested(value: Json | undefined): value is Json[] | { [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}
