import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../src/index.ts';

describe('redaction', () => {
  test.each<[string, readonly string[], string, string]>([
    ['the credential', [], 'got dapi-token', 'got [redacted]'],
    ['a hidden text', ['ada@example.com'], 'no ada@example.com here', 'no [redacted] here'],
    ['in another case', ['Ada@Example.com'], 'ADA@EXAMPLE.COM', '[redacted]'],
    ['inside of JSON', ['say "secret"'], String.raw`{"x":"say \"secret\""}`, '{"x":"[redacted]"}'],
    ['in an address', ['a b/secret'], 'GET /x?y=a%20b%2Fsecret', 'GET /x?y=[redacted]'],
    ['with even white space', ['0  0   6 ? * MON'], "'0 0 6 ? * MON' is wrong", "'[redacted]' is wrong"],
    ['a part that is quoted alone', ["region = 'secret-9'"], "near 'secret-9'", "near '[redacted]'"],
    ['the longer of two', ['secret', 'secret-long'], 'secret-long, secret', '[redacted], [redacted]'],
    ['what is special in a pattern', ['a.c+(d)^$'], 'a.c+(d)^$ abc', '[redacted] abc'],
    ['a part of a part', ['0 0 6 S3CRET-day * ?'], "'S3CRET' is no day", "'[redacted]' is no day"],
    ['nothing that is too short', ['abc', ''], 'abcd', 'abcd'],
    ['no part that is too short', ['0 0 6 ? * MON'], 'on MON', 'on MON'],
  ])('replaces %s', (...[, hidden, text, expected]) => {
    const redaction = createRedactor(['dapi-token']);
    redaction.hide(hidden);
    expect(redaction.redact(text)).toBe(expected);
  });
});
