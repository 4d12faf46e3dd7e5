import { describe, expect, test } from '@jest/globals';
import { diffSpec } from '../../src/diff/diff-spec.ts';
import { toldPaths, valueAtPath, withValueAt } from '../../src/diff/element-path.ts';
import { leaves } from '../../src/diff/leaves.ts';
import type { Json } from '../../src/json.ts';
import type { RuleTable } from '../../src/kinds/kind.ts';

const rules: RuleTable = { list: { label: 'list', rules: [{ list: { key: 'name' } }, { default: [] }] } };

function listOf(elements: Readonly<Record<string, Json>>): Json {
  return Object.entries(elements).map(([name, value]) => ({ name, value }));
}

function changesOf(recorded: Json, desired: Json, live: Json): readonly string[] {
  const result = diffSpec({
    rules,
    recorded: { list: recorded },
    desired: { list: desired },
    live: { list: live },
    from: () => undefined,
  });
  return [
    ...result.changes.map(({ path, reason }) => `${reason} ${path}`),
    ...result.absorbed.map((path) => `absorbed ${path}`),
  ];
}

describe('ruling 30: lists whose elements have a key', () => {
  const spec = { a: { list: [{ name: 'x.y', v: 1 }] }, list: [{ name: 'rev', v: { w: 1 } }] };

  test('each element has paths of its own', () => {
    expect([...leaves(spec, rules)]).toEqual([
      ['a.list', [{ name: 'x.y', v: 1 }]],
      ['list[name=rev].v.w', 1],
    ]);
  });

  test.each<[string, Json]>([
    ['an element without the key', [{ other: 1 }]],
    ['an element that is no object', ['x']],
    ['two elements with one key', [{ name: 'a' }, { name: 'a' }]],
  ])('with %s it is one value', (_name, list) => {
    expect([...leaves({ list }, rules)]).toEqual([['list', list]]);
  });

  test.each([
    ['list[name=rev].v.w', 1],
    ['list[name=rev].v', { w: 1 }],
    ['list[name=no].v', undefined],
    ['a.list[name=x.y].v', 1],
    ['list', spec.list],
  ])('the value at %s', (path, value) => {
    expect(valueAtPath(spec, path)).toEqual(value);
  });

  test.each<[string, [path: string, value: Json | undefined], Json]>([
    ['a member changes', ['list[name=a].value', 2], { list: listOf({ a: 2, b: 1 }) }],
    ['a new element goes to the end', ['list[name=c].value', 3], { list: listOf({ a: 1, b: 1, c: 3 }) }],
    ['an element without members goes', ['list[name=a].value', undefined], { list: listOf({ b: 1 }) }],
    ['what is not there cannot go', ['list[name=z].value', undefined], { list: listOf({ a: 1, b: 1 }) }],
    ['the whole list goes', ['list', undefined], {}],
  ])('with a value put there: %s', (_name, [path, value], expected) => {
    expect(withValueAt({ list: listOf({ a: 1, b: 1 }) }, path, value)).toEqual(expected);
  });

  test('people are told of elements, not of their members', () => {
    expect(toldPaths(['a.b', 'list[name=x].v', 'list[name=x].w', 'list[name=y].v'])).toEqual([
      'a.b',
      'list[name=x]',
      'list[name=y]',
    ]);
  });

  test('an empty list goes with its last element', () => {
    expect(withValueAt({ list: listOf({ a: 1 }), b: 1 }, 'list[name=a].value', undefined)).toEqual({ b: 1 });
    expect(withValueAt({}, 'b.c.d', 1)).toEqual({ b: { c: { d: 1 } } });
  });

  test.each<[string, readonly [recorded: Json, desired: Json, live: Json], readonly string[]]>([
    ['another order', [listOf({ a: 1, b: 2 }), listOf({ b: 2, a: 1 }), listOf({ a: 1, b: 2 })], []],
    ['one that nobody declared', [listOf({ a: 1 }), listOf({ a: 1 }), listOf({ a: 1, theirs: 9 })], []],
    [
      'one changed, one added, one removed',
      [listOf({ a: 1, old: 1 }), listOf({ a: 2, fresh: 1 }), listOf({ a: 1, old: 1 })],
      ['config list[name=a].value', 'config list[name=fresh].value', 'config list[name=old].value'],
    ],
    ['one changed outside', [listOf({ a: 1 }), listOf({ a: 1 }), listOf({ a: 3 })], ['drift list[name=a].value']],
    ['one that is gone already', [listOf({ a: 1 }), [], []], ['absorbed list[name=a].value']],
  ])('%s', (_name, specs, expected) => {
    expect(changesOf(...specs)).toEqual(expected);
  });

  test('what the config ignores is told once for the whole list', () => {
    const both = { list: listOf({ a: 1, b: 2 }) };
    const result = diffSpec({
      rules,
      recorded: both,
      desired: { list: listOf({ a: 5 }) },
      live: both,
      ignored: ['list'],
      from: () => undefined,
    });
    expect(result).toEqual({ changes: [], absorbed: [], drifted: [], ignored: ['list'] });
  });
});
