import { expect, test } from '@jest/globals';
import { tallyText } from '../src/request-tally.ts';

test.each([
  [
    { requests: 12, statements: 2, warehouse: 'running' },
    '12 requests, of them 2 SQL statements; the warehouse was running',
  ],
  [
    { requests: 1, statements: 1, warehouse: 'starting' },
    '1 request, of them 1 SQL statement; the warehouse was starting already',
  ],
  [
    { requests: 3, statements: 1, warehouse: 'started' },
    '3 requests, of them 1 SQL statement; the warehouse was stopped, and was started for it',
  ],
  [
    { requests: 3, statements: 1, warehouse: 'unknown' },
    '3 requests, of them 1 SQL statement; whether that started the warehouse is not known',
  ],
  [{ requests: 5, statements: 0, warehouse: 'none' }, '5 requests, of them no SQL statement'],
] as const)('W021 %j: %s', (tally, text) => {
  expect(tallyText(tally)).toBe(`planned with ${text}`);
});
