import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DpoError, type Problem } from '../../src/problem.ts';
import { matchesGlob } from '../../src/selection/glob.ts';
import { parseSelection } from '../../src/selection/parse-selection.ts';
import { factsOfAddress, selects } from '../../src/selection/selects.ts';
import type { SelectionSubject } from '../../src/selection/selection.ts';

const churn: SelectionSubject = {
  address: 'monitor:prod.ml.churn',
  action: 'update',
  facts: {
    table: 'prod.ml.churn',
    schema: 'prod.ml',
    group: 'Data Science',
    owner: 'ana',
    type: 'INFERENCE',
    tags: { tier: 'gold', pii: '' },
    labels: { cost: 'low' },
  },
};

function problemsOf(work: () => unknown): readonly Problem[] {
  try {
    work();
  } catch (error) {
    if (error instanceof DpoError) return error.problems;
    throw error;
  }
  return [];
}

describe('N002 the selection language', () => {
  test.each<[string, boolean]>([
    ['table:prod.ml.churn', true],
    ['table:churn', true],
    ['table:ml.churn', true],
    ['table:ml.*', true],
    ['table:prod.ml', false],
    ['schema:ml', true],
    ['schema:prod.*', true],
    ['schema:tmp_*', false],
    ['group:"Data Science"', true],
    ["group:'data science'", true],
    ['group:data*', true],
    ['tag:tier', true],
    ['tag:tier=gold', true],
    ['tag:tier=silver', false],
    ['tag:pii', true],
    ['label:cost=lo?', true],
    ['owner:ana', true],
    ['type:inference', true],
    ['kind:monitor', true],
    ['kind:schema', false],
    ['action:update', true],
    ['action:delete', false],
    ['monitor:prod.ml.churn', true],
    ['monitor:prod.*', true],
    ['prod.ml.churn', true],
    ['churn', true],
    ['!churn', false],
    ['!!churn', true],
    ['churn & kind:schema', false],
    ['churn | kind:schema', true],
    // ! binds closer than &, & closer than |
    ['kind:schema & churn | churn', true],
    ['churn | churn & kind:schema', true],
    ['(churn | churn) & kind:schema', false],
    ['!kind:schema & churn', true],
    ['!(kind:schema | churn)', false],
    ['group:data* & !schema:tmp_*', true],
  ])('%s: %p', (text, expected) => {
    expect(selects(parseSelection(text), churn)).toBe(expected);
  });

  test.each([
    ['', [1, 2], 'the selection is empty'],
    ['churn &', [8, 9], 'a selector is expected here'],
    ['& churn', [1, 2], "'&' stands where a selector is expected"],
    ['(churn', [7, 8], "')' is missing"],
    ['churn)', [6, 7], "')' stands where '&' or '|' is expected"],
    ['a beta', [3, 7], "'beta' stands where '&' or '|' is expected"],
    ['group:"x', [7, 9], 'the quote is not closed'],
    ['churn & team:x | y', [9, 15], "there is no key 'team'"],
  ] as const)('%p is refused with its place', (text, [column, end], message) => {
    const place = { file: '--select', start: { line: 1, column }, end: { line: 1, column: end } };
    const problem = { message, place, snippet: { line: 1, text } };
    expect(problemsOf(() => parseSelection(text, '--select'))).toEqual([expect.objectContaining(problem)]);
  });

  test('negation and order of precedence hold for random selections', () => {
    const word = fc.constantFrom('churn', 'kind:schema', 'tag:tier=gold', 'owner:bo');
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        const is = (text: string): boolean => selects(parseSelection(text), churn);
        expect(is(`!(${a})`)).toBe(!is(a));
        expect(is(`${a} | ${b} & ${c}`)).toBe(is(a) || (is(b) && is(c)));
        expect(is(`!${a} & ${b}`)).toBe(!is(a) && is(b));
      }),
    );
  });

  test('an address says its table and schema when the config no longer does', () => {
    expect(factsOfAddress('monitor:prod.ml.churn')).toEqual({ table: 'prod.ml.churn', schema: 'prod.ml' });
    expect(factsOfAddress('schema:prod.out')).toEqual({ schema: 'prod.out' });
  });
});

describe('globs', () => {
  test('agree with the regular expression they stand for', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 8 }).map((list) => list.join(''));
    const globs = fc.array(fc.constantFrom('a', 'b', '.', '*', '?'), { maxLength: 8 }).map((list) => list.join(''));
    fc.assert(
      fc.property(globs, letters, (glob, text) => {
        const pattern = glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesGlob(glob, text)).toBe(new RegExp(`^${pattern}$`, 'u').test(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('many stars against a long text end soon', () => {
    expect(matchesGlob(`${'*a'.repeat(30)}b`, 'a'.repeat(5000))).toBe(false);
  });
});
