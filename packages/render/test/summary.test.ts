import { describe, expect, test } from '@jest/globals';
import type { Json } from '@dpo/core';
import { summaryOf } from '../src/summary.ts';

describe('what a long value of a new resource comes to', () => {
  test.each<[string, Json, string | undefined]>([
    ['branches', [{ source: 'prod.ml.a' }, { source: 'prod.ml.b' }], 'prod.ml.a, prod.ml.b'],
    ['branches', [], ''],
    ['query_text', 'SELECT 1', '1 line of SQL'],
    ['query_text', 'SELECT 1\nFROM t', '2 lines of SQL'],
    [
      'serialized_dashboard',
      JSON.stringify({ pages: [{ layout: [{}, {}] }, { layout: [{}] }], datasets: [{}] }),
      '2 pages with 3 widgets over 1 dataset',
    ],
    ['serialized_dashboard', 'no JSON', undefined],
    ['display_name', 'any', undefined],
  ])('%s', (path, value, expected) => {
    expect(summaryOf(path, value)).toBe(expected);
  });
});
