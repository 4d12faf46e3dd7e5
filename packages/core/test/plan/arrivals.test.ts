import { describe, expect, test } from '@jest/globals';
import { approvalOf } from '../../src/plan/approval.ts';
import { decodePlan, encodePlan } from '../../src/plan/decode-plan.ts';
import {
  kinds,
  operationsOf,
  parseSelection,
  type Address,
  type CatalogColumn,
  type DesiredResource,
  type Plan,
} from '../../src/index.ts';
import type { RecordedResource } from '../../src/recorded.ts';
import type { Observation } from '../../src/live.ts';
import type { Spec } from '../../src/spec.ts';
import { liveSchema, ours, planOf, recordedSchema, schema, wantedSchema, type World } from './world.ts';

const view: Address = 'view:prod.out.drift';
const alert: Address = 'alert:all/drift';
const place = { file: 'dpo.yaml', start: { line: 1, column: 1 } } as const;

const facts = {
  monitor_group: 'all',
  owner: 'data',
  department: null,
  priority: 1,
  runbook_url: null,
  lineage_url: null,
  drift_threshold: 0.2,
  numeric_drift_threshold: 0.2,
  alert_granularity: null,
  freshness_days: 7,
};
const branch = (name: string, priority = 1): Spec => ({
  source: `prod.ml.${name}`,
  metrics: `prod.out.${name}_drift_metrics`,
  facts: { ...facts, priority },
  roles: {},
});
const few: readonly CatalogColumn[] = [{ name: 'column_name', type: 'string' }];
const more: readonly CatalogColumn[] = [...few, { name: 'js_distance', type: 'double' }];

type Tables = Readonly<Record<string, readonly CatalogColumn[]>>;
const columnsIn =
  (tables: Tables) =>
  (metrics: string): readonly CatalogColumn[] | 'absent' =>
    tables[metrics.replace(/^prod\.out\.(.*)_drift_metrics$/u, '$1')] ?? 'absent';

const specOf = (...branches: readonly Spec[]): Spec => ({
  name: 'prod.out.drift',
  schema_id: { $ref: schema, path: 'schema_id' },
  family: 'drift',
  branches,
});
const wanted = (spec: Spec): DesiredResource => ({ address: view, spec, place, origins: {} });
const written = (spec: Spec, tables: Tables): Spec => ({
  ...(kinds.view.compose?.(spec, columnsIn(tables)) ?? spec),
  schema_id: 's-1',
});

/** A view that was written over some metric tables, where there are others by now. */
function world(
  before: Tables,
  now: Tables,
  { spec = specOf(branch('a'), branch('b')), live = {} as Spec } = {},
): World {
  const applied = written(specOf(branch('a'), branch('b')), before);
  const entry: RecordedResource = {
    version: 1,
    id: 'v-1',
    status: 'ok',
    applied,
    out: { name: 'prod.out.drift' },
    needs: [schema],
  };
  const seen: Observation = {
    status: 'present',
    lookup: { by: 'name', address: view, name: 'prod.out.drift' },
    id: 'v-1',
    fields: { name: 'prod.out.drift', definition: applied['definition'] ?? null, ...live },
    out: { name: 'prod.out.drift' },
    marker: ours,
  };
  return {
    desired: [wantedSchema(), wanted(spec)],
    recorded: { [schema]: recordedSchema(), [view]: entry },
    live: {
      [schema]: liveSchema(ours),
      [view]: seen,
    },
    metricColumns: columnsIn(now),
  };
}

const notesOf = ({ readiness = [] }: Plan): readonly string[] => readiness.flatMap(({ notes }) => notes);
const reasonsOf = ({ ops }: Plan): readonly string[] => ops.flatMap(({ reasons }) => reasons);

describe('W008 metrics that arrive', () => {
  test.each<{ what: string; before: Tables; now: Tables; notes: readonly string[] }>([
    {
      what: 'a table',
      before: { a: few },
      now: { a: few, b: few },
      notes: ['metrics appeared: prod.out.b_drift_metrics'],
    },
    {
      what: 'a column',
      before: { a: few },
      now: { a: more },
      notes: ['other columns than before: prod.out.a_drift_metrics'],
    },
    {
      what: 'both',
      before: { a: few },
      now: { a: more, b: few },
      notes: ['metrics appeared: prod.out.b_drift_metrics', 'other columns than before: prod.out.a_drift_metrics'],
    },
    {
      what: 'the first of a view',
      before: {},
      now: { a: few, b: few },
      notes: ['metrics appeared: prod.out.a_drift_metrics, prod.out.b_drift_metrics'],
    },
  ])('stand apart: $what', ({ before, now, notes }) => {
    const made = planOf(world(before, now));
    expect(made.ops).toEqual([]);
    expect(notesOf(made)).toEqual(notes);
    expect(made.readiness?.[0]).toMatchObject({
      action: 'update',
      severity: 'safe',
      reasons: ['inputs'],
      mask: ['definition'],
    });
    expect(made).toMatchObject({ applyable: true, summary: { update: 0, drift: 0 }, unchanged: 1 });
  });

  test.each<[string, World, readonly string[]]>([
    ['a metric table is gone', world({ a: few, b: few }, { a: few }), ['config']],
    [
      'the config changed too',
      world({ a: few }, { a: few, b: few }, { spec: specOf(branch('a', 2), branch('b')) }),
      ['config'],
    ],
    ['somebody edited the view', world({ a: few }, { a: few }, { live: { definition: 'x' } }), ['drift']],
    [
      'somebody edited it, and metrics arrived',
      world({ a: few }, { a: more }, { live: { definition: 'x' } }),
      ['config+drift'],
    ],
  ])('an ordinary change stays one: %s', (_what, given, reasons) => {
    const made = planOf(given);
    expect(made.readiness).toBeUndefined();
    expect(reasonsOf(made)).toEqual(reasons);
  });

  test('columns that no query uses change nothing', () => {
    const made = planOf(world({ a: few }, { a: [...few, { name: 'unused', type: 'string' }] }));
    expect([made.ops, made.readiness]).toEqual([[], undefined]);
  });

  test('they are neither in the fingerprint nor in what is approved', () => {
    const [before, after] = [planOf(world({ a: few }, { a: few })), planOf(world({ a: few }, { a: few, b: few }))];
    expect(after.fingerprint).toBe(before.fingerprint);
    expect(after.digest).not.toBe(before.digest);
    const approved = planOf({ ...world({ a: few }, { a: few, b: few }), approval: approvalOf(before) });
    expect(approved.readiness).toHaveLength(1);
    expect(approved.deferred).toBeUndefined();
  });

  test('nor do they make another decision of what the config changes', () => {
    const spec = specOf(branch('a', 2), branch('b'));
    const [before, after] = [
      planOf(world({ a: few }, { a: few }, { spec })),
      planOf(world({ a: few }, { a: few, b: few }, { spec })),
    ];
    expect(after.ops).not.toEqual(before.ops);
    expect(after.fingerprint).toBe(before.fingerprint);
    expect(planOf(world({ a: few }, { a: few }, { spec: specOf(branch('a', 3), branch('b')) })).fingerprint).not.toBe(
      before.fingerprint,
    );
  });

  test('they run beside a part that was approved, and what was not is left', () => {
    const given = world({ a: few }, { a: few, b: few });
    const one: DesiredResource = { address: 'schema:prod.other', spec: { name: 'prod.other' }, place, origins: {} };
    const approval = approvalOf(planOf(given));
    const made = planOf({ ...given, desired: [...(given.desired ?? []), one], approval });
    expect(made.ops).toEqual([]);
    expect(made.deferred).toMatchObject([{ address: 'schema:prod.other', why: 'new' }]);
    expect(operationsOf(made).map(({ address }) => address)).toEqual([view]);
  });

  test('they can be run alone', () => {
    const given = world({ a: few }, { a: few, b: few });
    const one: DesiredResource = { address: 'schema:prod.other', spec: { name: 'prod.other' }, place, origins: {} };
    const made = planOf({ ...given, desired: [...(given.desired ?? []), one], readinessOnly: true });
    expect(made).toMatchObject({ ops: [], scope: { partial: true, readiness: true, left: 1 }, applyable: true });
    expect(operationsOf(made).map(({ address }) => address)).toEqual([view]);
  });

  test('they follow a selection', () => {
    const select = { text: 'kind:alert', selection: parseSelection('kind:alert') };
    const made = planOf({ ...world({ a: few }, { a: few, b: few }), scope: { select } });
    expect([made.readiness, made.scope.left]).toEqual([undefined, 1]);
  });

  test('what rests on such a view waits for it, and is the same decision with and without', () => {
    const spec: Spec = { view: { $ref: view, path: 'name' }, display_name: 'a', query_text: 'SELECT 1' };
    const more_: DesiredResource = { address: alert, spec, place, origins: {} };
    const plans = [{ a: few }, { a: few, b: few }].map((now) => {
      const given = world({ a: few }, now);
      return planOf({ ...given, desired: [...(given.desired ?? []), more_] });
    });
    expect(plans.map(({ ops }) => ops[0]?.needs.map(({ address }) => address))).toEqual([[], [view]]);
    expect(plans[0]?.fingerprint).toBe(plans[1]?.fingerprint);
  });

  test('a plan that holds some is read back as it was written', () => {
    const made = planOf(world({ a: few }, { a: few, b: few }));
    expect(decodePlan(encodePlan(made), 'plan.json')).toEqual(made);
  });
});
