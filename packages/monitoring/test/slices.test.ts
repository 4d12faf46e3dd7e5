import { describe, expect, test } from '@jest/globals';
import type { CatalogFinding, Spec, ValueCounts } from '@dpo/core';
import { columnsInExpression } from '../src/expression-columns.ts';
import { questionsOf, type KnownSlices } from '../src/index.ts';
import { brief, churn, columnsOf, desireOf, load, monitorIn, tableOf, type More } from './support.ts';

const table = tableOf({
  columns: [...columnsOf('id bigint', 'region string', 'big boolean'), { name: 'my col', type: 'string' }],
});
const config = (slices: string, defaults = ''): string =>
  `profile_defaults: { profile_type: SNAPSHOT${defaults} }\nmonitored_tables: { ${churn}: { slicing_exprs: ${slices} } }\n`;

function counts(values: Readonly<Record<string, number>>): ValueCounts {
  return { counts: new Map([[churn, new Map(Object.entries(values))]]), uncounted: new Map() };
}

function known(slices: Readonly<Record<string, number>> | undefined, applied: Spec = {}): Map<string, KnownSlices> {
  return new Map([[churn, { applied, ...(slices === undefined ? {} : { decisions: { slices } }) }]]);
}

function slices(text: string, more: More = {}): readonly [unknown, unknown, readonly string[]] {
  const desired = desireOf(text, [table], more);
  const { spec, decisions } = monitorIn(desired);
  return [spec['slicing_exprs'], decisions?.slices, desired.problems.map(({ code }) => code)];
}

describe('R038 R041 C05 slices', () => {
  test('R041 T07 a column is sent as the catalog spells it, whatever the case and the quotes of the config', () => {
    expect(slices(config("[REGION, '`region`', '`My Col`']"))[0]).toEqual(['region', '`my col`']);
  });

  test('C05 T08 an expression is passed through, and the columns that it names are checked', () => {
    const desired = desireOf(config('["id > 10 and nope = 1"]'), [table]);
    expect(monitorIn(desired).spec['slicing_exprs']).toEqual(['id > 10 and nope = 1']);
    expect(desired.problems.map(brief)).toEqual([
      "dpo.yaml:4:53 warning CATALOG.COLUMN_NOT_FOUND: Column 'nope' (from slicing_exprs) not found in table 'prod.ml.churn'. Available columns: ['id', 'region', 'big', 'my col']",
    ]);
  });

  test.each<[string, readonly string[]]>([
    ['amount > 10', ['amount']],
    ['`my col` IS NOT NULL AND lower(region) LIKE "%x y%"', ['my col', 'region']],
    ["city IN ('New York', 'it''s', 'a\\'b') -- not me", ['city']],
    ['CAST(a.b AS DATE) >= current_date() - INTERVAL 3 DAYS', ['a']],
    ['exists(items, x -> x.price > 1e3)', ['items']],
    ['CASE WHEN age BETWEEN 1 AND 2 THEN 1 ELSE 0 END = 1', ['age']],
  ])('T08 %s names %j', (expression, columns) => {
    expect(columnsInExpression(expression)).toEqual(columns);
  });

  test('U062 one with too many values is left out with a warning, also where it was counted by an earlier plan', () => {
    const left = [['big', 'id > 1'], { region: 51 }, ['CATALOG.SLICE_VALUES']];
    const text = config('[region, big, "id > 1"]');
    expect(slices(text, { counted: counts({ region: 51 }) })).toEqual(left);
    expect(slices(text, { knownSlices: known({ region: 51 }), counted: counts({}) })).toEqual(left);
  });

  test.each<[string, string, number, boolean]>([
    ['the default', '', 50, true],
    ['the default', '', 51, false],
    ['what is set', ', max_slicing_cardinality: 2', 2, true],
    ['what is set', ', max_slicing_cardinality: 2', 3, false],
  ])('U022 %s%s allows %i values: %s', (...[, defaults, count, allowed]) => {
    expect(slices(config('[region]', defaults), { counted: counts({ region: count }) })[0]).toEqual(
      allowed ? ['region'] : undefined,
    );
  });

  test('U022 a boolean has two values without being counted', () => {
    expect(slices(config('[big]', ', max_slicing_cardinality: 1'))[2]).toEqual(['CATALOG.SLICE_VALUES']);
    expect(slices(config('[big]'))).toEqual([['big'], undefined, []]);
  });

  test('W027 beyond the 100 values that get a slice is a warning', () => {
    const more = ', max_slicing_cardinality: 500';
    expect(slices(config('[region]', more), { counted: counts({ region: 100 }) })[2]).toEqual([]);
    expect(slices(config('[region]', more), { counted: counts({ region: 101 }) })[2]).toEqual(['CATALOG.SLICE_TOP']);
  });

  test('ruling 40 a new count counts only if it decides otherwise', () => {
    const at = (fresh: number): unknown =>
      slices(config('[region]'), { knownSlices: known({ region: 10 }), counted: counts({ region: fresh }) })[1];
    expect([at(20), at(60)]).toEqual([{ region: 10 }, { region: 60 }]);
  });

  test('C05 what nobody could count is kept as it is asked for, and that is said once with the reason', () => {
    const uncounted = { counts: new Map(), uncounted: new Map([[churn, 'no SELECT']]) };
    expect(slices(config('[region]'), { counted: uncounted })).toEqual([
      ['region'],
      undefined,
      ['CATALOG.SLICES_UNCOUNTED'],
    ]);
    const without = desireOf(config('[region]'), [table], { unasked: true });
    expect(without.problems.map(({ code, hint }) => [code, hint])).toEqual([
      ['CATALOG.SLICES_UNCOUNTED', 'set warehouse_id'],
      ['CATALOG.COLUMN_TAGS_UNKNOWN', 'set warehouse_id, or policy.pii_tags: [] if every column may be a slice'],
    ]);
    // What was sent once is not in question any more.
    const sent = { unasked: true, knownSlices: known(undefined, { slicing_exprs: ['region'] }) } as const;
    expect(slices(config('[region]'), sent)[2]).toEqual(['CATALOG.COLUMN_TAGS_UNKNOWN']);
  });
});

describe('ruling 40 what is counted', () => {
  const asked = (text: string, knownSlices?: Map<string, KnownSlices>, recount = false): readonly string[] => {
    const findings = new Map([[churn, { status: 'present' as const, table }]]);
    const known = knownSlices ?? new Map<string, KnownSlices>();
    const { counts: found } = questionsOf({ loaded: load(text), catalog: { findings, found: [] }, known, recount });
    return found.flatMap(({ columns }) => columns);
  };

  test.each<[string, string, Map<string, KnownSlices> | undefined, boolean, readonly string[]]>([
    ['a new table', '[region, id]', undefined, false, ['region', 'id']],
    ['no boolean, no expression and no missing column', '[big, "id > 1", nope]', undefined, false, []],
    ['a column once', '[region, "`REGION`"]', undefined, false, ['region']],
    ['what is new beside what is known', '[region, id]', known({ region: 900 }), false, ['id']],
    ['nothing that was sent', '[region]', known(undefined, { slicing_exprs: ['`region`'] }), false, []],
    ['everything with --recount', '[region, id]', known({ region: 1, id: 2 }), true, ['region', 'id']],
  ])('%s', (...[, list, knownSlices, recount, expected]) => {
    expect(asked(config(list), knownSlices, recount)).toEqual(expected);
  });

  test('R031 a baseline that a tag names is asked for, and one that is read already is not', () => {
    const tagged = tableOf({ tags: { monitor_baseline_table_name: 'Prod.ML.Base' } });
    const text = `monitored_tables: { ${churn}: {} }\n`;
    const asking = (...more: readonly (readonly [string, CatalogFinding])[]): readonly string[] => {
      const findings = new Map<string, CatalogFinding>([[churn, { status: 'present', table: tagged }], ...more]);
      return questionsOf({ loaded: load(text), catalog: { findings, found: [] } }).baselines;
    };
    expect(asking()).toEqual(['prod.ml.base']);
    expect(asking(['prod.ml.base', { status: 'absent' }])).toEqual([]);
  });

  test('N006 column tags are asked for where slices name columns, unless nothing is personal', () => {
    const findings = new Map([[churn, { status: 'present' as const, table }]]);
    const tagged = (text: string): readonly string[] =>
      questionsOf({ loaded: load(text), catalog: { findings, found: [] } }).tagged;
    expect(tagged(config('[region]'))).toEqual([churn]);
    expect(tagged(config('[]'))).toEqual([]);
    expect(tagged(`${config('[region]')}policy: { pii_tags: [] }\n`)).toEqual([]);
  });
});
