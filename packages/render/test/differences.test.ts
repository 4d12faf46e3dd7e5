import { describe, expect, test } from '@jest/globals';
import { listDifference } from '../src/list-difference.ts';
import { commonPattern } from '../src/name-pattern.ts';
import { isText, textDifference } from '../src/text-difference.ts';

function shown(before: string, after: string, full = false): readonly string[] {
  return textDifference(before, after, full).map((line) => line.map(({ text }) => text).join(''));
}

describe('textDifference', () => {
  test('D014 SQL is compared by line with two lines of context', () => {
    expect(shown('a\nb\nc\nd\ne\nf', 'a\nb\nc\nX\ne\nf')).toEqual([
      '@@ -2,5 +2,5 @@',
      ' b',
      ' c',
      '-d',
      '+X',
      ' e',
      ' f',
    ]);
  });

  test('D014 a long difference is cut at twenty lines unless full', () => {
    const after = Array.from({ length: 50 }, (_, index) => `line ${index}`).join('\n');
    expect(shown('', after)).toHaveLength(21);
    expect(shown('', after).at(-1)).toBe('31 more lines (--full shows all)');
    expect(shown('', after, true)).toHaveLength(51);
  });

  test('changed blanks and line ends are seen', () => {
    expect(shown('a \nb', 'a\nb')).toContain('-a\\x20');
    expect(shown('a\r\nb', 'a\nb')).toContain('-a\\r');
    expect(shown('a\n', 'a')).toEqual(['only the line break at the end differs']);
  });

  test('texts with nothing in common are replaced, not compared for seconds', () => {
    const text = (word: string): string => Array.from({ length: 5000 }, (_, index) => `${word} ${index}`).join('\n');
    expect(shown(text('a'), text('b'))).toEqual(['5,000 lines replaced by 5,000 lines']);
  });

  test('several lines and long statements are texts, names are not', () => {
    expect(isText('a\nb')).toBe(true);
    expect(isText('SELECT a, b, c FROM main.sales.orders WHERE d > 1')).toBe(true);
    expect(isText('main.sales.orders')).toBe(false);
  });
});

describe('listDifference', () => {
  test('repeated elements are counted', () => {
    expect(listDifference(['a', 'a', 'b'], ['a', 'c'])).toEqual({ added: ['c'], removed: ['a', 'b'], kept: 1 });
  });
});

describe('commonPattern', () => {
  test.each([
    [['main.sales.orders'], 'main.sales.orders'],
    [['main.sales.a', 'main.sales.b'], 'main.sales.*'],
    [['main.sales.fact_a', 'main.sales.fact_b'], 'main.sales.fact_*'],
    [['main.sales.order', 'main.sales.offer'], 'main.sales.*'],
    [['a.b.c', 'd.b.c'], '*.b.c'],
    [['a.b', 'a.b.c'], '*'],
  ])('%j have the pattern %s', (names, pattern) => {
    expect(commonPattern(names)).toBe(pattern);
  });
});
