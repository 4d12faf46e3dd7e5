import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { nastyFiles } from './nasty-cases.js';
import { brief, example, head, problemsIn } from './support.ts';

const size = 990_000;

describe('files nobody would write', () => {
  test.each(nastyFiles)('%s give a diagnostic within two seconds', (_name, make, first) => {
    const text = make(size);
    const before = process.cpuUsage();
    const [problem] = problemsIn(text);
    const { user } = process.cpuUsage(before);
    expect(problem === undefined ? 'none' : brief(problem)).toBe(first);
    expect(user).toBeLessThan(2_000_000);
  });

  test('an alias may be used for each of many tables', () => {
    const tables = Array.from(
      { length: 2000 },
      (_, index) => `  prod.ml.t${index}: {profile_type: SNAPSHOT, slicing_exprs: *slices}`,
    );
    const text = `${head}x-slices: &slices [a, b]\nmonitored_tables:\n${tables.join('\n')}\n`;
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
