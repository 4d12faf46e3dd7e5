import { describe, expect, test } from '@jest/globals';
import { addressOf } from '../../src/address.ts';
import type { Observation } from '../../src/live.ts';
import type { RecordedResource } from '../../src/recorded.ts';
import type { Spec } from '../../src/spec.ts';
import { ours, planOf } from './world.ts';

const address = addressOf('alert', 'ml/drift');
const place = { file: 'dpo.yaml', start: { line: 1, column: 1 } };
const robot = { run_as: { service_principal_name: 'robot' } };
const spec: Spec = { display_name: 'x', query_text: 'SELECT 1' };

/** Action, reasons and mask of what is done, and how much of it is drift. */
function story(wanted: Spec, recorded: Spec, live: Spec): readonly unknown[] {
  const applied = { ...spec, ...recorded };
  const entry: RecordedResource = { version: 1, id: 'a', status: 'ok', applied, out: { id: 'a' }, needs: [] };
  const found: Observation = {
    status: 'present',
    lookup: { by: 'id', address, id: 'a' },
    id: 'a',
    fields: { ...spec, ...live },
    out: { id: 'a' },
    marker: ours,
  };
  const plan = planOf({
    desired: [{ address, spec: { ...spec, ...wanted }, place, origins: {} }],
    recorded: { [address]: entry },
    live: { [address]: found },
  });
  return [plan.ops.map(({ action, reasons, mask }) => [action, reasons, mask]), plan.drift.length];
}

describe('W012 whom an alert runs as', () => {
  test.each<[string, Spec, Spec, Spec, readonly unknown[]]>([
    ['as declared, spelt in another way', robot, robot, { run_as: { service_principal_name: 'ROBOT' } }, [[], 0]],
    [
      'somebody else than declared',
      robot,
      robot,
      { run_as: { user_name: 'eve@x.com' } },
      [[['update', ['drift'], ['run_as.service_principal_name']]], 1],
    ],
    ['whoever it is, where nothing is declared', {}, {}, { run_as: { user_name: 'eve@x.com' } }, [[], 0]],
    ['as it did, once it is no longer declared', {}, robot, robot, [[['absorb', ['config'], undefined]], 0]],
  ])('W012 %s', (...[, wanted, recorded, live, expected]) => {
    expect(story(wanted, recorded, live)).toEqual(expected);
  });
});
