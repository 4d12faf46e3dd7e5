import { describe, expect, test } from '@jest/globals';
import { kinds } from '../../src/kinds/index.ts';
import type { Spec } from '../../src/spec.ts';
import {
  absent,
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  recordedMonitor,
  recordedSchema,
  schema,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

const folder = '/Workspace/Shared/DPO/dpo/test/monitors/prod.ml.churn';
const birth: Spec = { assets_dir: folder, skip_builtin_dashboard: false, warehouse_id: 'w-1' };
const moved: Spec = {
  assets_dir: '/Workspace/Else/dpo/test/monitors/x',
  skip_builtin_dashboard: true,
  warehouse_id: 'w-2',
};
const createOnly = Object.entries(kinds.monitor.rules).flatMap(([path, { rules }]) =>
  rules.some((rule) => 'createOnly' in rule) ? [path] : [],
);

function world(spec: Spec, more: Partial<World> = {}): World {
  return {
    desired: [wantedSchema(), wantedMonitor({ ...birth, ...spec })],
    recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor(birth) },
    live: { [schema]: liveSchema(ours), [monitor]: liveMonitor(birth) },
    ...more,
  };
}

describe('what a replace says', () => {
  test('N010 C24 the field that forces it, what is lost and what survives, and the flag that it needs', () => {
    const made = planOf(world({ profile_type: 'TIMESERIES', time_series: { timestamp_column: 'ts' } }));
    const [op] = made.ops;
    expect(op).toMatchObject({ action: 'replace', reasons: ['config'], severity: 'destructive' });
    expect(op?.changes.filter(({ forces }) => forces === true)).toEqual([
      expect.objectContaining({
        path: 'profile_type',
        label: 'profile_type',
        recorded: 'SNAPSHOT',
        desired: 'TIMESERIES',
      }),
    ]);
    expect(op?.lost).toEqual([
      'profile history restarts at the last 30 days; metric tables and the generated dashboard stay',
    ]);
    expect(made.requires).toEqual([{ flag: '--allow-replace', message: expect.stringContaining(monitor) }]);
    expect(made.applyable).toBe(false);
  });

  test('N009 C24 a replace by identity says that the table is another one; if nothing is left, it loses nothing and needs no flag', () => {
    const other = wantedMonitor({ ...birth, object_id: 'table-2' });
    const renewed = world(
      {},
      { desired: [wantedSchema(), other], live: { [schema]: liveSchema(ours), [monitor]: absent(monitor) } },
    );
    const nothing = planOf({ ...renewed, previous: { [monitor]: absent(monitor) } });
    expect(nothing).toMatchObject({ requires: [], applyable: true });
    expect(nothing.ops).toMatchObject([
      { action: 'replace', severity: 'behaviour', lost: [], changes: [{ path: 'object_id', forces: true }] },
    ]);
    const something = planOf({ ...renewed, previous: { [monitor]: liveMonitor(birth) } });
    expect(something.requires).toMatchObject([{ flag: '--allow-replace' }]);
    expect(something.ops).toMatchObject([{ lost: [expect.stringContaining('history')] }]);
  });

  test('there are fields that are sent at create only', () => {
    expect(createOnly).toEqual(['assets_dir', 'skip_builtin_dashboard', 'warehouse_id']);
  });

  test.each(createOnly)('%s is sent at create only: another value never changes or replaces anything', (path) => {
    const made = planOf(world({ [path]: moved[path] ?? null }));
    expect(made.ops).toEqual([]);
    expect(made.drift).toEqual([]);
  });

  test('what an update records keeps the values of the birth; what a replace makes is born as the config says now', () => {
    const updated = planOf(world({ ...moved, slicing_exprs: ['x'] }));
    const kept = {
      warehouse_id: birth['warehouse_id'],
      assets_dir: folder.replace('/Workspace', ''),
    };
    expect(updated.ops).toMatchObject([{ action: 'update', mask: ['slicing_exprs'], spec: kept }]);
    const asked = planOf(world(moved, { replace: new Set([monitor]) }));
    expect(asked.ops).toMatchObject([{ action: 'replace', reasons: ['requested'], changes: [], spec: moved }]);
    const forced = planOf(world({ ...moved, profile_type: 'TIMESERIES' }));
    expect(forced.ops).toMatchObject([{ action: 'replace', spec: moved }]);
  });
});
