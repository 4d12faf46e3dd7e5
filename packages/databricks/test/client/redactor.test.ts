import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../src/index.ts';

describe('a redactor', () => {
  test.each([
    ['as it is', 'p@ss word/1"x', 'p@ss word/1"x'],
    ['in JSON', 'p@ss word/1"x', '{"a":"p@ss word/1\\"x"}'],
    ['in a URL', 'p@ss word/1"x', 'https://h/?k=p%40ss%20word%2F1%22x'],
    ['in a form', 'p@ss word/1"x', 'client_secret=p%40ss+word%2F1%22x&scope=all'],
    ['in base64', 'p@ss word/1"x', `Basic ${Buffer.from('p@ss word/1"x').toString('base64')}`],
  ])('N018: takes out what it learned, %s', (_name, secret, text) => {
    const redacted = createRedactor([secret]).redact(text);
    expect(redacted).toContain('[redacted]');
    expect(redacted).not.toMatch(/p(@|%40)ss|cEBzcw/);
  });

  test('N018: takes out a secret that is part of a longer one as a whole', () => {
    const redactor = createRedactor(['secret-1']);
    redactor.learn('secret-1-and-more');
    expect(redactor.redact('secret-1-and-more secret-1')).toBe('[redacted] [redacted]');
  });

  test('leaves words alone that are too short to be a secret', () => {
    expect(createRedactor(['abc', undefined, '']).redact('abc')).toBe('abc');
  });

  test('N018: shows nothing of what it knows', () => {
    const redactor = createRedactor(['planted-secret']);
    expect(inspect(redactor, { showHidden: true, depth: 5 }) + JSON.stringify(redactor)).not.toContain('planted');
  });
});
