import { expect, test } from '@jest/globals';
import { tallyText } from '../src/request-tally.ts';

test.each([
  [{ requests: 12, statements: 2 }, 'planned with 12 requests, of them 2 SQL statements'],
  [{ requests: 1, statements: 1 }, 'planned with 1 request, of them 1 SQL statement'],
  [{ requests: 5, statements: 0 }, 'planned with 5 requests, of them no SQL statement'],
])('W021 %j: %s', (tally, text) => {
  expect(tallyText(tally)).toBe(text);
});
