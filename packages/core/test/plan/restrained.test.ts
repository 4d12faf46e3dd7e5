import { describe, expect, test } from '@jest/globals';
import type { DesiredResource } from '../../src/desired.ts';
import type { Json } from '../../src/json.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { Live, Observation } from '../../src/live.ts';
import { restrained } from '../../src/plan/restrained.ts';
import type { RecordedResource } from '../../src/recorded.ts';
import type { Spec } from '../../src/spec.ts';
import { ref } from '../../src/value.ts';

const view = 'view:prod.x.unified_drift_metrics_one';
const place = { file: 'dpo.yaml', start: { line: 1, column: 1 } } as const;
const going: Spec = { schedule: { pause_status: 'UNPAUSED', timezone_id: 'UTC' }, view: ref(view, 'name') };
const paused: Spec = { schedule: { pause_status: 'PAUSED', timezone_id: 'UTC' }, view: ref(view, 'name') };

/** Columns are known of the metric tables whose name begins with `there`; of those with `hidden` nothing is known. */
const metricColumns = (name: string) =>
  name.startsWith('hidden') ? 'unknown' : name.startsWith('there') ? [] : 'absent';

function monitor(name: string, profile: string, status = 'ACTIVE'): readonly [string, Observation] {
  const address = `monitor:prod.ml.${name}` as const;
  const out = { profile_metrics_table_name: profile, status: `DATA_PROFILING_STATUS_${status}` };
  return [address, { status: 'present', lookup: { by: 'id', address, id: name }, id: name, fields: {}, out }];
}

const live = new Map([
  monitor('slow', 'x.slow'),
  monitor('other', 'x.other'),
  monitor('done', 'there.done'),
  monitor('hidden', 'hidden.x'),
  monitor('broken', 'x.broken', 'ERROR'),
]) as unknown as Live;

const over = (name: string): Json => ({ metrics: ref(`monitor:prod.ml.${name}`, 'drift_metrics_table_name') });

interface Case {
  readonly branches: readonly Json[];
  readonly recorded?: Spec;
  readonly written?: boolean;
  readonly spec?: Spec;
}

function wish({ branches, recorded, written = false, spec = going }: Case): Spec {
  const wanted = (address: DesiredResource['address'], of: Spec): DesiredResource => ({
    address,
    spec: of,
    place,
    origins: {},
  });
  const entry: RecordedResource | undefined =
    recorded === undefined ? undefined : { version: 1, id: '1', status: 'ok', applied: recorded, out: {}, needs: [] };
  return restrained(
    { kind: kinds.alert, resource: wanted('alert:one/drift', spec), spec, recorded: entry },
    {
      wanted: new Map([[view, wanted(view, { branches: [...branches] })]]),
      live,
      metricColumns,
      written: { has: () => written },
    },
  );
}

describe('W013 an alert over a view', () => {
  test.each<[string, Case]>([
    ['of which no table has metrics, as an apply left it', { branches: [over('slow')], recorded: paused }],
    ['of several tables without metrics', { branches: [over('slow'), over('other')], recorded: paused }],
    ['of which no table has metrics, as a new one', { branches: [over('slow')] }],
    ['of a monitor that is only read', { branches: [{ metrics: 'x.read' }], recorded: paused }],
  ])('stays paused: %s', (_name, given) => {
    expect(wish(given)).toEqual(paused);
  });

  test.each<[string, Case]>([
    ['of which one table has metrics', { branches: [over('slow'), over('done')], recorded: paused }],
    ['of which one monitor failed', { branches: [over('slow'), over('broken')], recorded: paused }],
    ['whose metric tables nobody can look at', { branches: [over('hidden')], recorded: paused }],
    ['without tables', { branches: [], recorded: paused }],
    ['whose monitor is not made yet', { branches: [over('new')], recorded: paused }],
    ['that went on already', { branches: [over('slow')], recorded: going }],
    ['that this plan writes: then it is known', { branches: [over('slow')], recorded: paused, written: true }],
  ])('goes on: %s', (_name, given) => {
    expect(wish(given)).toBe(going);
  });

  test('is paused where the config wants it so', () => {
    expect(wish({ branches: [over('done')], spec: paused })).toBe(paused);
  });
});
