import { describe, expect, test } from '@jest/globals';
import { formatsIn, type Format } from '../src/format.ts';

const cases: readonly (readonly [words: string, format: Format | undefined, named: readonly Format[]])[] = [
  ['', undefined, []],
  ['--json', 'json', ['json']],
  ['--format json', 'json', ['json']],
  ['--format=json --json', 'json', ['json']],
  ['--format text', 'text', ['text']],
  ['--format table --format=text', 'text', ['text']],
  ['--format sarif', 'sarif', ['sarif']],
  ['--format github x', 'github', ['github']],
  ['--format text --json', 'json', ['text', 'json']],
  ['--json --format sarif', 'json', ['json', 'sarif']],
  ['--format sarif --format github', 'sarif', ['sarif', 'github']],
  ['--format yaml', undefined, []],
  ['--format constructor', undefined, []],
  ['--format', undefined, []],
  ['-- --json --format sarif', undefined, []],
  ['--formatter json --jsonx', undefined, []],
];

describe('U007 C23 what a command line asks for', () => {
  test.each(cases)('%j', (words, format, named) => {
    expect(formatsIn(words.split(' ').filter((word) => word !== ''))).toEqual({ format, named });
  });
});
