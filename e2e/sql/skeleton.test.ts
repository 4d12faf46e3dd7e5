import { describe, expect, test } from '@jest/globals';
import { skeletonOf } from './skeleton.ts';

describe('the skeleton of a statement', () => {
  test.each([
    ["SELECT `a``b`,\n  'it\\'s' FROM t", "SELECT `?`, '?' FROM t"],
    ["WHERE x >= 0.25 AND y = :name_0 AND z IN ('a', 'b')", "WHERE x >= # AND y = :name_0 AND z IN ('?', '?')"],
    ["SELECT '\\\\'", "SELECT '?'"],
  ])('%j is %j', (statement, skeleton) => {
    expect(skeletonOf(statement)).toBe(skeleton);
  });

  test.each([
    ['a text that is closed too early', "SELECT 'it's'"],
    ['a name that is left open', 'SELECT `a FROM t'],
    ['a comment', 'SELECT 1 -- all'],
    ['a comment of several lines', 'SELECT /* all */ 1'],
    ['a second statement', 'SELECT 1; DROP TABLE t'],
    ['a quotation mark', 'SELECT "a"'],
  ])('there is none of %s', (_name, statement) => {
    expect(() => skeletonOf(statement)).toThrow('is no SQL of dpo');
  });
});
