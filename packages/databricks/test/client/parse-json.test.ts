import { describe, expect, test } from '@jest/globals';
import { parseJson } from '../../src/client/parse-json.ts';

describe('parseJson', () => {
  test.each<[string, string, unknown]>([
    ['a 64-bit id is text', '{"refresh_id":1234567890123456789}', { refresh_id: '1234567890123456789' }],
    ['a negative one too', '[-9223372036854775808]', ['-9223372036854775808']],
    [
      'the largest safe number is a number',
      '[9007199254740991,9007199254740992]',
      [9007199254740991, '9007199254740992'],
    ],
    ['a time in milliseconds is a number', '{"at":1700000000000}', { at: 1700000000000 }],
    [
      'digits inside text stay',
      '{"a":"x 1234567890123456789 \\" 1234567890123456789"}',
      { a: 'x 1234567890123456789 " 1234567890123456789' },
    ],
    ['a text that ends in a backslash', '{"a":"\\\\","b":1234567890123456789}', { a: '\\', b: '1234567890123456789' }],
    [
      'a fraction is a number',
      '[0.12345678901234567890, 1.2345678901234567e19]',
      [0.12345678901234568, 12345678901234567000],
    ],
  ])('%s', (_name, text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test('a long text does not overflow', () => {
    const long = 'a\\n'.repeat(500_000);
    expect(parseJson(`{"text":"${long}","id":1234567890123456789}`)).toMatchObject({ id: '1234567890123456789' });
  });

  test('what is no JSON throws', () => {
    expect(() => parseJson('<html>1234567890123456789</html>')).toThrow(SyntaxError);
  });
});
