import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@dpo/core';
import { metricsAfter, metricsOf } from '../../src/providers/monitor-metrics.ts';
import { bodyOf, maskOf, sideEffects } from '../../src/providers/monitor-update.ts';

const struct = '{"metadata":{},"name":"output","nullable":true,"type":"double"}';

function metric(name: string, definition = 'sum(x)', type = 'AGGREGATE'): JsonObject {
  const long = `DATA_PROFILING_CUSTOM_METRIC_TYPE_${type}`;
  return { type: long, name, input_columns: [':table'], definition, output_data_type: struct };
}

function namesAfter(live: readonly JsonObject[], ours: readonly JsonObject[], mask: readonly string[]): unknown {
  const spec = ours.length === 0 ? {} : { custom_metrics: ours };
  return metricsAfter({ live: { custom_metrics: live }, spec, mask }).map(({ name, definition }) => [name, definition]);
}

describe('custom metrics of a monitor', () => {
  test('read as the five members that a spec can say, without what has no name', () => {
    const odd = [{ ...metric('a'), comment: 'new' }, { definition: 'x' }, 'text', null];
    expect(metricsOf({ custom_metrics: odd })).toEqual([metric('a')]);
    expect(metricsOf({})).toEqual([]);
  });

  test.each<{
    readonly name: string;
    readonly live: readonly JsonObject[];
    readonly ours: readonly JsonObject[];
    readonly mask: readonly string[];
    readonly after: readonly (readonly (string | undefined)[])[];
  }>([
    {
      name: 'one that nobody declared stays',
      live: [metric('theirs')],
      ours: [metric('a')],
      mask: ['custom_metrics[name=a].type'],
      after: [
        ['theirs', 'sum(x)'],
        ['a', 'sum(x)'],
      ],
    },
    {
      name: 'one that is declared no more goes, the others stay',
      live: [metric('theirs'), metric('old'), metric('a')],
      ours: [metric('a')],
      mask: ['custom_metrics[name=old].definition', 'custom_metrics[name=old].type'],
      after: [
        ['theirs', 'sum(x)'],
        ['a', 'sum(x)'],
      ],
    },
    {
      name: 'the last of ours goes and theirs stays',
      live: [metric('theirs'), metric('old')],
      ours: [],
      mask: ['custom_metrics[name=old].definition'],
      after: [['theirs', 'sum(x)']],
    },
    {
      name: 'a name in other capitals is the same column, so the same metric',
      live: [metric('Revenue', 'sum(old)')],
      ours: [metric('revenue', 'sum(new)')],
      mask: ['custom_metrics[name=revenue].definition'],
      after: [['revenue', 'sum(new)']],
    },
    {
      name: 'without a change of them all stay',
      live: [metric('theirs'), { definition: 'no name' }],
      ours: [],
      mask: ['slicing_exprs'],
      after: [
        ['theirs', 'sum(x)'],
        [undefined, 'no name'],
      ],
    },
    {
      name: 'aggregates come before what reads them',
      live: [metric('their_rate', 'a / b', 'DERIVED')],
      ours: [metric('jump', '{{current_df}}.a', 'DRIFT'), metric('a')],
      mask: ['custom_metrics[name=a].type'],
      after: [
        ['a', 'sum(x)'],
        ['their_rate', 'a / b'],
        ['jump', '{{current_df}}.a'],
      ],
    },
  ])('ruling 35: $name', ({ live, ours, mask, after }) => {
    expect(namesAfter(live, ours, mask)).toEqual(after);
  });

  const parts = {
    live: { slicing_exprs: ['region'], custom_metrics: [metric('theirs'), metric('a')] },
    spec: {
      object_id: 'id',
      profile_type: 'SNAPSHOT',
      slicing_exprs: ['region'],
      custom_metrics: [metric('a', 'max(x)')],
    },
    mask: ['custom_metrics[name=a].definition'],
  };

  test('ruling 30: the mask names the list, the body holds the whole of it', () => {
    expect(maskOf(parts)).toEqual(['custom_metrics']);
    expect(bodyOf(parts, ['custom_metrics'])['custom_metrics']).toEqual([metric('theirs'), metric('a', 'max(x)')]);
  });

  test('W018 a metric of somebody else that is gone afterwards is a side effect, another spelling of it is none', () => {
    const after = { ...parts.live, custom_metrics: [metric('a', 'max(x)')] };
    expect(sideEffects(parts, ['custom_metrics'], after)).toEqual(['custom_metrics[name=theirs]']);
    const spelt = {
      ...metric('theirs'),
      output_data_type: '{"type":"double", "name":"output","nullable":true,"metadata":{}}',
    };
    const kept = { ...parts.live, custom_metrics: [metric('a', 'max(x)'), spelt] };
    expect(sideEffects(parts, ['custom_metrics'], kept)).toEqual([]);
  });
});
