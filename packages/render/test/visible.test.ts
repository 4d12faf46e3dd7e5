import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintText, visible } from '../src/index.ts';

describe('visible', () => {
  test.each([
    ['plain text', 'plain text'],
    ['größe 漢字', 'größe 漢字'],
    ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['a\nb\r\tc\0', 'a\\nb\\r\\tc\\x00'],
    ['\u009b2J', '\\x9b2J'],
    ['abc\u202edef\u2066', 'abc\\u202edef\\u2066'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['no\u00a0break', 'no\\xa0break'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['lone\ud800', 'lone\\ud800'],
    ['line\u2028end', 'line\\u2028end'],
  ])('%j is shown as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('applying it twice changes nothing more', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(visible(visible(text))).toBe(visible(text))));
  });
});

describe('fingerprintText', () => {
  test('a fingerprint is shown by its first sixteen digits in groups of four', () => {
    expect(fingerprintText('7f3a91c20b1d44e8ffff')).toBe('fp:7f3a-91c2-0b1d-44e8');
  });
});
