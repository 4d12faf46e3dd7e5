import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonSyntaxError, locate, parseJson, positionAt } from '../src/located-json.ts';

describe('parseJson', () => {
  test('reads what JSON.parse reads, with any layout', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, '\t'), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(parseJson(JSON.stringify(value, null, indent))).toEqual(value);
      }),
    );
  });

  test('accepts and refuses the same damaged texts as JSON.parse, but for members named twice', () => {
    const damaged = fc
      .tuple(
        fc.json({ maxDepth: 2 }),
        fc.nat(),
        fc.constantFrom('', ',', '}', ']', '"', '1', '\\', '\n', '-', 'e', '{"a":1}'),
      )
      .map(([text, at, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1));
    fc.assert(
      fc.property(damaged, (text) => {
        const mine = read(text, parseJson);
        fc.pre(mine !== 'stricter');
        expect(mine).toEqual(read(text, JSON.parse));
      }),
      { numRuns: 2000 },
    );
  });

  test('keeps a member named __proto__ as a member', () => {
    expect(Object.keys(parseJson('{"__proto__":{"a":1}}') as object)).toEqual(['__proto__']);
  });

  test.each([
    ['', 0],
    ['{"a":1', 6],
    ['{"a":1,}', 7],
    ['[1 2]', 3],
    ['{"a":1}x', 7],
    ['["a\nb"]', 3],
    ['"abc', 4],
    ['{"a":01}', 5],
    ['[1e999]', 1],
    ['{"a":1,"b":2,"a":3}', 13],
    ['{"a":{"c":1,"c":1}}', 12],
  ])('says where %j is wrong', (text, offset) => {
    const error = caught(() => parseJson(text));
    expect(error).toBeInstanceOf(JsonSyntaxError);
    expect(error).toMatchObject({ offset });
  });
});

describe('locate', () => {
  const text = '{\n  "a": [1, {"b": 2}],\n  "c": {"a": 5}\n}';

  test.each([
    [[], 1, 1],
    [['a'], 2, 8],
    [['a', 1, 'b'], 2, 18],
    [['c', 'a'], 3, 14],
    [['c', 'not there'], 3, 8],
  ])('finds %j or its nearest ancestor', (path, line, column) => {
    expect(positionAt(text, locate(text, path))).toEqual({ line, column });
  });
});

function read(text: string, parse: (text: string) => unknown): unknown {
  try {
    return { value: parse(text) };
  } catch (error) {
    const stricter = error instanceof Error && /is there twice$|is too large$/.test(error.message);
    return stricter ? 'stricter' : 'refused';
  }
}

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
