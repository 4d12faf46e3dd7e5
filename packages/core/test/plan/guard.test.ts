import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/json.ts';
import { monitorKind } from '../../src/kinds/monitor.ts';
import type { Observation } from '../../src/live.ts';
import { guardedPaths, guardOf } from '../../src/plan/guard.ts';

const metric = (name: string, definition = 'sum(x)'): JsonObject => ({ name, definition, input_columns: [':table'] });

function seen(...metrics: readonly Json[]): Observation {
  const lookup = { by: 'id', address: 'monitor:a.b.c', id: 'x' } as const;
  return { status: 'present', lookup, id: 'x', fields: { object_id: 'x', custom_metrics: metrics }, out: {} };
}

describe('ruling 35: a guard covers a list of elements with a key as a whole', () => {
  const spec = { object_id: 'x', custom_metrics: [metric('rev'), metric('cost')] };
  const paths = guardedPaths({ kind: monitorKind, ignored: [] }, spec);
  const guard = guardOf(monitorKind, seen(metric('rev'), metric('cost')), paths);

  test('once, whatever elements the plan speaks of', () => {
    expect(paths).toEqual(['custom_metrics', 'object_id']);
    expect(guardedPaths({ kind: monitorKind, ignored: ['custom_metrics'] }, spec)).toEqual(['object_id']);
  });

  test.each<[string, readonly Json[], boolean]>([
    ['the same in another order', [metric('cost'), metric('rev')], true],
    ['one of ours that changed', [metric('rev'), metric('cost', 'max(x)')], false],
    ['one that somebody added', [metric('rev'), metric('cost'), metric('theirs')], false],
    ['one that is gone', [metric('rev')], false],
  ])('%s', (_name, metrics, same) => {
    const now = guardOf(monitorKind, seen(...metrics), paths);
    expect(JSON.stringify(now) === JSON.stringify(guard)).toBe(same);
  });

  test('a plan that says nothing about them does not mind who changes them', () => {
    const others = guardedPaths({ kind: monitorKind, ignored: [] }, { object_id: 'x' });
    expect(guardOf(monitorKind, seen(metric('a')), others)).toEqual(guardOf(monitorKind, seen(), others));
  });
});
