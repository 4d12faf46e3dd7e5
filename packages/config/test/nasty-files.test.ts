import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { brief, example, head, problemsIn, snapshot } from './support.ts';

const size = 300_000;
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const level = (index: number): string =>
  `b${index}: &a${index + 1} [${Array.from({ length: 9 }, () => `*a${index}`).join()}]`;

const nasty: readonly (readonly [name: string, text: string, first: string])[] = [
  ['brackets without end', '['.repeat(size), '1:101 CONFIG.TOO_LARGE'],
  ['braces without end', '{'.repeat(size), '1:101 CONFIG.TOO_LARGE'],
  ['lists in one line', '- '.repeat(size), '1:200 CONFIG.TOO_LARGE'],
  ['brackets that close only', ']'.repeat(size), '1:1 CONFIG.SYNTAX'],
  ['quotes only', '"'.repeat(size), '1:3 CONFIG.SYNTAX'],
  ['anchors only', '&a '.repeat(size), '1:150003 CONFIG.TOO_LARGE'],
  ['documents only', '---\n'.repeat(size), '2:1 CONFIG.SYNTAX'],
  ['null characters only', '\0'.repeat(size), '1:1 CONFIG.TYPE'],
  ['tabs only', '\t'.repeat(size), '1:1 CONFIG.EMPTY'],
  ['aliases that grow by nine', `a: &a0 [x, y]\n${lines(30, level)}\n`, '6:42 CONFIG.TOO_LARGE'],
  ['aliases that nest', `a: &a0 [x]\n${lines(2000, (i) => `b${i}: &a${i + 1} [*a${i}]`)}\n`, '99:12 CONFIG.TOO_LARGE'],
  ['an alias inside its own value', 'a: &a [*a]\n', '1:8 CONFIG.SYNTAX'],
  ['a key of 300,000 letters', `${'x'.repeat(size)}: 1\n`, '1:1 CONFIG.SYNTAX'],
  ['the same key again and again', `${head}${'mode: full\n'.repeat(20_000)}`, '1:1 CONFIG.REQUIRED'],
  ['40,000 bad tables', `${head}monitored_tables:\n${lines(40_000, (i) => `  t${i}: 1`)}`, '4:3 CONFIG.TABLE_NAME'],
  ['half a surrogate', `${head}${snapshot}    label_column: "\uD800"\n    x: 1`, '7:5 CONFIG.UNKNOWN_KEY'],
];

describe('files nobody would write', () => {
  test.each(nasty)('%s give a diagnostic within two seconds', (_name, text, first) => {
    const before = process.cpuUsage();
    const [problem] = problemsIn(text);
    const { user } = process.cpuUsage(before);
    expect(problem && brief(problem)).toBe(first);
    expect(user).toBeLessThan(2_000_000);
  });

  test('an alias may be used for each of many tables', () => {
    const text = `${head}x-slices: &slices [a, b]\nmonitored_tables:\n${lines(
      2000,
      (i) => `  prod.ml.t${i}: {profile_type: SNAPSHOT, slicing_exprs: *slices}`,
    )}\n`;
    expect(problemsIn(text)).toEqual([]);
  });

  const pieces = [
    '\t',
    '\r\n',
    ': ',
    '- ',
    '&a ',
    '*a',
    '<<: *a',
    '? ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    '|',
    '>',
    '---\n',
  ];
  const values = [
    '!x ',
    '%',
    '@',
    '`',
    'null',
    '~',
    '1e999',
    '.nan',
    '__proto__: 1',
    '${x}',
    '\0',
    '\uFEFF',
    '😀',
    '\uD800',
  ];
  const mutation = fc.record({
    at: fc.nat(2000),
    remove: fc.nat(12),
    insert: fc.oneof(fc.constantFrom(...pieces, ...values), fc.string({ maxLength: 6 })),
  });

  test('N022 whatever is changed in an example gives a config or problems with places inside the file', () => {
    const texts = ['readme-1.yaml', 'readme-2.yaml', 'readme-3.yaml'].map(example);
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (original, mutations) => {
          const text = mutations.reduce(mutate, original);
          const count = text.split('\n').length;
          for (const { code, message, place } of problemsIn(text)) {
            expect(code).toMatch(/^CONFIG\.[A-Z_]+$/);
            expect(message).not.toMatch(/\n|must NOT|must be (?:string|object|equal)|undefined|\[object/);
            const line = place !== undefined && 'start' in place ? place.start.line : 0;
            expect(line).toBeGreaterThan(0);
            expect(line).toBeLessThanOrEqual(count);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

function mutate(text: string, { at, remove, insert }: { at: number; remove: number; insert: string }): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}
