import { describe, expect, test } from '@jest/globals';
import { addressOf, type Desired, type MetricColumns, type Plan, type SettledColumns, type Spec } from '@dpo/core';
import { collectEvents } from '../../core/test/event-schema.ts';
import { makePlan } from '../src/make-plan.ts';
import type { SettleColumns } from '../src/settle-columns.ts';
import { absentAs, entryOf, presentAs, providersOf, recordedOf, target } from './doubles.ts';
import { createClock } from './fake-clock.ts';

const name = 'prod.views.unified_profile_metrics_ml';
const address = addressOf('view', name);
const place = { file: 'dpo.yaml', start: { line: 3, column: 3 } };

const branchOf = (table: string): Spec => ({
  source: `prod.ml.${table}`,
  metrics: `prod.out.${table}_profile_metrics`,
  facts: {
    monitor_group: 'ml',
    owner: 'us',
    department: null,
    priority: 1,
    runbook_url: null,
    lineage_url: null,
    drift_threshold: 0.2,
    numeric_drift_threshold: 0.2,
    alert_granularity: null,
    freshness_days: 30,
  },
  roles: {},
});

const columnsOf: MetricColumns = (table) =>
  table.startsWith('prod.out.bare') ? 'absent' : [{ name: 'count', type: 'bigint' }];

interface World {
  readonly tables: readonly string[];
  readonly settle: (tables: readonly string[]) => SettledColumns;
  /** As the view is; absent unless given. */
  readonly definition?: string;
  readonly owner?: string;
}

async function make({
  tables,
  settle,
  definition,
  owner = 'us',
}: World): Promise<{ plan: Plan; asked: readonly string[][] }> {
  const asked: string[][] = [];
  const clock = createClock();
  const spec: Spec = { name, family: 'profile', branches: tables.map(branchOf) };
  const desired: Desired = {
    owner: { project: 'dpo', target: 'test' },
    target,
    resources: [{ address, spec, place, origins: {}, notes: ['a note of its own'] }],
    skipped: [],
    undecided: [],
    problems: [],
  };
  const settleColumns: SettleColumns = async (names) => {
    asked.push([...names]);
    return settle(names);
  };
  const live = { name, owner, ...(definition === undefined ? {} : { definition }) };
  const plan = await makePlan({
    desired,
    recorded:
      definition === undefined
        ? recordedOf()
        : recordedOf({ [address]: entryOf({ id: 'v', applied: { ...spec, definition } }) }),
    providers: providersOf([], {
      observe: (lookup) => (definition === undefined ? absentAs(lookup) : presentAs(lookup, { id: 'v', fields: live })),
    }),
    context: { limit: async (work) => work(), signal: new AbortController().signal, clock },
    clock,
    emit: collectEvents(),
    readColumns: async () => columnsOf,
    settler: { columns: settleColumns, owns: (principal) => principal === 'us' },
    options: { mode: 'apply', version: '0.0.0', consent: {} },
  });
  return { plan, asked };
}

const nothing: World['settle'] = () => ({ columnsOf, denied: [], failed: [] });
const denying =
  (...names: readonly string[]): World['settle'] =>
  () => ({
    columnsOf: (table) => (names.includes(table) ? 'denied' : columnsOf(table)),
    denied: names.map((table) => ({ name: table, hint: `GRANT ${table}` })),
    failed: [],
  });
const brief = ({ problems }: Plan): readonly string[] =>
  problems
    .filter(({ code }) => code.startsWith('PLAN.METRIC'))
    .map(({ code, severity, message, hint }) => `${severity} ${code}: ${message}; ${hint ?? ''}`);
const definitionIn = ({ ops }: Plan): string => {
  const definition = ops[0]?.spec?.['definition'];
  return typeof definition === 'string' ? definition : '';
};

describe('W023 metric tables of a view that would be written', () => {
  test('W023 are asked about together, and nothing is said where all is well', async () => {
    const { plan, asked } = await make({ tables: ['a', 'bare'], settle: nothing });
    expect(asked).toEqual([['prod.out.a_profile_metrics', 'prod.out.bare_profile_metrics']]);
    expect([plan.ops.map(({ action, notes }) => [action, notes]), brief(plan)]).toEqual([
      [['create', ['a note of its own']]],
      [],
    ]);
  });

  test('W023 are not asked about where the view is as it is to be', async () => {
    const definition = definitionIn((await make({ tables: ['a', 'bare'], settle: nothing })).plan);
    const { plan, asked } = await make({
      tables: ['a', 'bare'],
      settle: denying('prod.out.a_profile_metrics'),
      definition,
    });
    expect([plan.ops, asked]).toEqual([[], []]);
  });

  test('W023 one that may not be read is named before the view is written, which has another text without it', async () => {
    const settle = denying('prod.out.bare_profile_metrics');
    const { plan } = await make({ tables: ['a', 'bare'], settle });
    expect(plan.ops[0]?.notes).toEqual([
      'a note of its own',
      'made without prod.ml.bare (prod.out.bare_profile_metrics), which may not be read',
    ]);
    expect(brief(plan)).toEqual([
      'warning PLAN.METRICS_DENIED: metric table prod.out.bare_profile_metrics may not be read with these credentials, so that the views are made without it; GRANT prod.out.bare_profile_metrics',
    ]);
    const usual = definitionIn((await make({ tables: ['a', 'bare'], settle: nothing })).plan);
    expect(definitionIn(plan)).not.toBe(usual);
    // Once it is so, it stays so: told again, and nothing to do.
    const again = await make({ tables: ['a', 'bare'], settle, definition: definitionIn(plan) });
    expect([again.plan.ops, brief(again.plan)]).toEqual([[], brief(plan)]);
  });

  test('W023 of many only the first are named one by one', async () => {
    const tables = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const names = tables.map((table) => `prod.out.${table}_profile_metrics`);
    const { plan } = await make({ tables, settle: denying(...names) });
    expect(plan.ops[0]?.notes.at(-1)).toMatch(/prod\.ml\.c .* and 6 more, which may not be read$/u);
    expect(brief(plan)).toHaveLength(6);
    expect(brief(plan).at(-1)).toMatch(
      /4 more metric tables: .*g_profile_metrics.* and 1 more; grant SELECT on their schema/u,
    );
  });

  test('W023 W020 what cannot be found out leaves the view as it was written', async () => {
    const failed = [{ code: 'API.SERVER', severity: 'error', message: 'busy', hint: 'later' } as const];
    const settle: World['settle'] = () => ({
      columnsOf: (table) => (table.startsWith('prod.out.bare') ? 'unknown' : columnsOf(table)),
      denied: [],
      failed,
    });
    const { plan } = await make({ tables: ['a', 'bare'], settle, definition: 'sha256:as it was' });
    expect(plan.ops).toEqual([]);
    expect(brief(plan)).toEqual([
      'warning PLAN.METRIC_COLUMNS: the columns of the metric tables cannot be read, so that the text of views is not compared: busy; later',
    ]);
  });

  test('W023 W002 what this identity may not read says nothing about a view of somebody else, which stays', async () => {
    const settle = denying('prod.out.bare_profile_metrics');
    const definition = 'sha256:as they wrote it';
    const { plan } = await make({ tables: ['a', 'bare'], settle, definition, owner: 'them' });
    expect(plan.ops).toEqual([]);
    expect(brief(plan)).toEqual([
      'warning PLAN.METRICS_DENIED: metric table prod.out.bare_profile_metrics may not be read with these credentials, so that the views over it, which somebody else owns, are not compared; GRANT prod.out.bare_profile_metrics',
    ]);
    const ours = await make({ tables: ['a', 'bare'], settle, definition });
    expect(ours.plan.ops.map(({ action }) => action)).toEqual(['update']);
  });
});
