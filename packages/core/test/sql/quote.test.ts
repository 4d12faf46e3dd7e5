import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { qualifiedName, quoteComment, quoteIdentifier, quoteLiteral } from '../../src/sql/quote.ts';

describe('quoting', () => {
  test.each([
    ['plain', '`plain`'],
    ['with space', '`with space`'],
    ['a`; DROP TABLE x; --', '`a``; DROP TABLE x; --`'],
  ])('identifier %j', (name, quoted) => {
    expect(quoteIdentifier(name)).toBe(quoted);
  });

  test.each([
    ["it's", "'it\\'s'"],
    ['back\\', "'back\\\\'"],
    ["\\' OR 1=1 --", "'\\\\\\' OR 1=1 --'"],
  ])('literal %j', (text, quoted) => {
    expect(quoteLiteral(text)).toBe(quoted);
  });

  test('qualified names quote each part', () => {
    expect(qualifiedName('a.b', 'c')).toBe('`a.b`.`c`');
  });

  test('no text can leave its quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(quoteIdentifier(text).slice(1, -1).replaceAll('``', '')).not.toContain('`');
        expect(
          quoteLiteral(text)
            .slice(1, -1)
            .replace(/\\[\s\S]/gu, ''),
        ).not.toMatch(/['\\]/u);
      }),
    );
  });

  test('W023 a comment is one line, whatever its text', () => {
    expect(quoteComment('a\nb */ -- c\\')).toBe('-- a b */ -- c');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(quoteComment(text)).not.toMatch(/[\n\r\u0085\u2028\u2029]|\\$/u);
      }),
    );
  });
});
