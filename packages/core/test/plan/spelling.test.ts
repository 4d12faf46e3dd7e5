import { describe, expect, test } from '@jest/globals';
import type { Plan } from '../../src/plan-file.ts';
import type { Spec } from '../../src/spec.ts';
import {
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
const sets = (items: readonly string[]): Spec => ({ slicing_exprs: items, time_series: { granularities: items } });

/** The same live monitor as the service may answer it the one time and the next. */
const spellings: readonly Spec[] = [
  {
    assets_dir: folder,
    ...sets(['b', 'a']),
    baseline_table_name: 'Prod.ML.base',
    schedule: { quartz_cron_expression: '0 0 6 * * ?' },
    notification_settings: { on_failure: { email_addresses: [] } },
  },
  {
    assets_dir: `${folder.replace('/Workspace', '')}/`,
    skip_builtin_dashboard: false,
    ...sets(['a', 'b']),
    slicing_exprs: ['a', '`b`'],
    baseline_table_name: 'prod.ml.base',
    schedule: { quartz_cron_expression: '0 0  6 * * ?' },
  },
];

const declared: Spec = {
  ...sets(['c']),
  baseline_table_name: 'prod.ml.other',
  schedule: { quartz_cron_expression: '0 0 1 * * ?' },
  notification_settings: { on_failure: { email_addresses: ['a@example.com'] } },
};

function plans(world: World): readonly Plan[] {
  return spellings.map((spelling) =>
    planOf({ ...world, live: { [schema]: liveSchema(ours), [monitor]: liveMonitor(spelling) } }),
  );
}

describe('N001 the fingerprint of a plan does not depend on how the service spells a value', () => {
  test.each<[string, World]>([
    [
      'that drifted',
      {
        desired: [wantedSchema(), wantedMonitor(declared)],
        recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor(declared) },
      },
    ],
    ['of a monitor that is adopted by its marker', { desired: [wantedSchema(), wantedMonitor(declared)] }],
    [
      'that a refresh takes into the state',
      { recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor(declared) }, mode: 'refresh-only' },
    ],
  ])('%s', (_name, world) => {
    const [one, other] = plans(world);
    expect(one?.ops.map(({ action }) => action)).not.toEqual([]);
    expect(other?.ops).toEqual(one?.ops);
    expect(other?.fingerprint).toBe(one?.fingerprint);
  });
});

test('an adopted monitor is recorded with the folder as the config spells it, if it is that folder', () => {
  const [, other] = plans({ desired: [wantedSchema(), wantedMonitor(declared)] });
  expect(other?.ops.find(({ address }) => address === monitor)?.spec?.['assets_dir']).toBe(folder);
});
