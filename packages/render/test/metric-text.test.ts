import { describe, expect, test } from '@jest/globals';
import type { Change, Json } from '@dpo/core';
import { renderPlan } from '../src/index.ts';
import { metricText, readableChanges } from '../src/metric-text.ts';
import { created, op, plan } from './builders.ts';

const field = (type: string): string => `{"metadata":{},"name":"output","nullable":true,"type":"${type}"}`;
const whole = {
  type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
  input_columns: [':table'],
  definition: 'sum(amount)',
  output_data_type: field('double'),
};

/** A change for each member of a metric. */
function changesOf(
  name: string,
  sides: Partial<Record<'recorded' | 'desired' | 'live', typeof whole>>,
): readonly Change[] {
  return Object.keys(whole).map((member): Change => {
    const values = Object.entries(sides).map(([side, metric]) => [side, (metric as Record<string, Json>)[member]]);
    return { path: `custom_metrics[name=${name}].${member}`, reason: 'config', ...Object.fromEntries(values) };
  });
}

describe('custom metrics as people read them', () => {
  test.each<readonly [Partial<typeof whole>, string]>([
    [{}, 'aggregate: sum(amount)'],
    [{ input_columns: ['a', 'b'] }, 'aggregate of a, b: sum(amount)'],
    [{ input_columns: ['a'], output_data_type: field('string') }, 'aggregate of a as string: sum(amount)'],
    [{ type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_DRIFT', definition: '{{base_df}}.x' }, 'drift: {{base_df}}.x'],
    [{ output_data_type: '{"metadata": nonsense' }, 'aggregate as {"metadata": nonsense: sum(amount)'],
  ])('%j', (members, text) => {
    expect(metricText({ ...whole, ...members })).toBe(text);
  });

  const told = (changes: readonly Change[]): readonly unknown[] =>
    readableChanges(changes).map(({ label, recorded, desired, live }) => [label, recorded, desired, live]);
  const text = 'aggregate: sum(amount)';

  test('one that comes or goes is one change, whatever is around it', () => {
    const other: Change = { path: 'slicing_exprs', label: 'slicing_exprs', desired: ['a'], reason: 'config' };
    expect(
      told([...changesOf('new', { desired: whole }), ...changesOf('old', { recorded: whole, live: whole }), other]),
    ).toEqual([
      ['metric new', undefined, text, undefined],
      ['metric old', text, undefined, text],
      ['slicing_exprs', undefined, ['a'], undefined],
    ]);
  });

  test('one that changes in part is a change for each part, by the keys of the config', () => {
    const changed = changesOf('rev', { recorded: whole, desired: { ...whole, definition: 'max(x)' }, live: whole });
    expect(told(changed.filter(({ path }) => /definition|output/u.test(path)))).toEqual([
      ['metric rev definition', 'sum(amount)', 'max(x)', 'sum(amount)'],
      ['metric rev output_type', field('double'), field('double'), field('double')],
    ]);
  });

  test('parts that change for different reasons stay apart', () => {
    const [first, ...rest] = changesOf('rev', { recorded: whole, desired: whole });
    const mixed: readonly Change[] = first === undefined ? [] : [{ ...first, reason: 'drift' }, ...rest];
    expect(readableChanges(mixed)).toHaveLength(4);
  });

  test('D014 in a plan, new and changed', () => {
    const spec = {
      custom_metrics: [
        { name: 'rev', ...whole },
        { name: 'most', ...whole, input_columns: ['a'] },
      ],
    };
    const made = plan({
      ops: [
        created('main.sales.a', spec),
        op('update', 'main.sales.b', {
          changes: [
            ...changesOf('new', { desired: whole }),
            {
              path: 'custom_metrics[name=rev].output_data_type',
              recorded: field('double'),
              live: field('double'),
              desired: field('string'),
              reason: 'config',
            },
          ],
        }),
      ],
    });
    const lines = renderPlan(made, { color: false, unicode: true, width: 100 }).split('\n');
    expect(lines.filter((line) => line.includes('metric '))).toEqual([
      '      metric new              (not set)  →  aggregate: sum(amount)',
      '      metric rev output_type  double     →  string',
      '      metric rev: aggregate: sum(amount) · metric most: aggregate of a: sum(amount)',
    ]);
  });
});
