import { describe, expect, test } from '@jest/globals';
import { groupSlug } from '../src/index.ts';

describe('R052 U091 groupSlug', () => {
  test.each([
    ['ml_team', 'ml_team'],
    ['ML Team', 'ml_team'],
    ['  Sales & Marketing / EU  ', 'sales_marketing_eu'],
    ['__a--b__', 'a_b'],
    ['Ärzte', 'rzte'],
    ['機械学習', 'unnamed'],
    ['', 'unnamed'],
    ['a\u0000b', 'a_b'],
    ["x'; DROP TABLE t", 'x_drop_table_t'],
    ['\u212a', 'unnamed'],
    ['a'.repeat(70), 'a'.repeat(64)],
  ])('%j is %s', (group, slug) => {
    expect(groupSlug(group)).toBe(slug);
  });
});
