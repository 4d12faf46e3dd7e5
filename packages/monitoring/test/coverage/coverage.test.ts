import { describe, expect, test } from '@jest/globals';
import type { Address, Coverage, FoundTable, Observation, Problem, RefreshHistory, ScopeSchema } from '@dpo/core';
import { coverageOf, eligibleTables, monitorsMet } from '../../src/index.ts';
import { desireOf, load, tableOf, type Catalog } from '../support.ts';

const config = `profile_defaults: { profile_type: SNAPSHOT }
include_tagged_tables: true
discovery: { include_tags: { on: "true" } }
`;
const day = 86_400_000;
const now = Date.UTC(2027, 0, 31);
const fault: Problem = { code: 'API.FORBIDDEN', severity: 'error', message: 'refused', hint: 'grant it' };

interface World {
  readonly text?: string;
  readonly tagged?: Catalog;
  readonly schemas?: readonly ScopeSchema[];
  readonly monitors?: Readonly<Record<string, 'ours' | 'foreign' | 'unreadable'>>;
  readonly histories?: Readonly<Record<string, RefreshHistory>>;
  readonly recorded?: readonly string[];
  readonly contrary?: readonly { readonly name: string; readonly tag: string; readonly value: string }[];
  /** Schemas with anomaly detection → the tables that it leaves out. */
  readonly watched?: Readonly<Record<string, readonly string[]>>;
}

function schemaOf(schema: string, ...tables: readonly string[]): ScopeSchema {
  const listed = tables.map((entry) => {
    const [table = '', tableType = 'MANAGED'] = entry.split(' ');
    return {
      name: `prod.${schema}.${table}`,
      table,
      tableId: `id-of-prod.${schema}.${table}`,
      tableType,
      owner: 'ana',
    };
  });
  return { catalog: 'prod', schema, read: { status: 'listed', tables: listed } };
}

function observed(name: string, status: 'ours' | 'foreign' | 'unreadable' | undefined): Observation {
  const lookup = { by: 'id', address: `monitor:${name}`, id: `id-of-${name}` } as const;
  if (status === 'unreadable') return { status, lookup, problem: fault };
  if (status === undefined) return { status: 'absent', lookup };
  const marker = { owner: status === 'ours' ? 'dpo/test' : 'other/prod' };
  return { status: 'present', lookup, id: lookup.id, fields: {}, out: {}, marker };
}

function measured(world: World): Coverage {
  const { text = config, tagged = [], schemas = [], monitors = {}, histories = {}, contrary = [] } = world;
  const loaded = load(text);
  const desired = desireOf(text, tagged);
  const found = tagged.flatMap((table): readonly FoundTable[] =>
    'fullName' in table
      ? [{ name: table.fullName, catalog: 'prod', schema: '', table: '', match: { byTags: true, patterns: [] } }]
      : [],
  );
  const eligible = eligibleTables(loaded, schemas, { findings: new Map() });
  const names = [...new Set([...eligible.map(({ name }) => name), ...Object.keys(monitors)])];
  const watched = Object.entries(world.watched ?? {}).map(([schema, excluded]) => {
    const lookup = { by: 'id', address: `anomaly:${schema}`, id: schema } as const;
    const fields = { excluded_table_full_names: excluded };
    return [lookup.address, { status: 'present', lookup, id: schema, fields, out: {} }] as const;
  });
  const live = new Map<Address, Observation>([
    ...names.map((name) => [`monitor:${name}`, observed(name, monitors[name])] as const),
    ...watched,
  ]);
  const entry = { version: 1, status: 'ok', applied: {}, out: {}, needs: [] } as const;
  const recorded = {
    serial: 1,
    resources: new Map(
      (world.recorded ?? []).map((name) => [`monitor:${name}`, { ...entry, id: `id-of-${name}` }] as const),
    ),
    intents: [],
  } as unknown as Parameters<typeof monitorsMet>[0]['recorded'];
  const met = monitorsMet({ desired, recorded, live, discovered: [] });
  const fresh: RefreshHistory = { status: 'read', succeededAt: now - day };
  const known = new Map(met.wanted.map(({ id }) => [id, histories[id.slice('id-of-'.length)] ?? fresh] as const));
  const scope = { catalogs: ['prod'], schemas, leftOut: 2 };
  return coverageOf({
    loaded,
    catalog: { found, contrary },
    scope,
    desired,
    recorded,
    eligible,
    live,
    met,
    histories: known,
    now,
  });
}

const tagged = (name: string): Catalog[number] => tableOf({ fullName: `prod.ml.${name}`, tags: { on: 'true' } });

describe('the coverage of a catalog', () => {
  test('U130 T37 only tables that can be profiled count, and dpo never counts what it made itself', () => {
    const found = measured({
      schemas: [
        schemaOf('ml', 'a', 'b', 'f FOREIGN', 'm METRIC_VIEW'),
        schemaOf('monitoring_results', 'a_profile_metrics', 'a_drift_metrics', 'mine'),
        schemaOf('global_monitoring', 'v VIEW'),
      ],
      tagged: [tagged('a')],
      monitors: { 'prod.ml.a': 'ours' },
    });
    expect(found.summary).toMatchObject({ eligible: 3, monitored: 1, unmonitored: 2 });
    expect(found.coverage).toBeCloseTo(1 / 3);
  });

  test('ruling 74 without an eligible table it is 1', () => {
    expect(measured({ schemas: [schemaOf('ml')] })).toMatchObject({ coverage: 1, summary: { eligible: 0 } });
  });

  test('U126 each unmonitored table has its schema, owner and reason', () => {
    const text = `${config}monitor_limit: 1\nmonitored_tables: { prod.ml.off: { enabled: false }, prod.ml.bad: { profile_type: TIMESERIES, timestamp_column: none } }\n`;
    const { unmonitored } = measured({
      text,
      tagged: [tagged('a'), tagged('z'), tableOf({ fullName: 'prod.ml.bad' })],
      schemas: [schemaOf('ml', 'a', 'z', 'off', 'bad', 'plain', 'said_no')],
      contrary: [{ name: 'prod.ml.said_no', tag: 'on', value: 'false' }],
    });
    expect(unmonitored[0]).toMatchObject({ table: 'prod.ml.a', schema: 'prod.ml', owner: 'ana' });
    expect(unmonitored.map(({ table, reason }) => `${table.slice(8)} ${reason}`)).toEqual([
      'a not_applied',
      'bad faulty',
      'off disabled',
      'plain not_tagged',
      'said_no excluded',
      'z over_limit',
    ]);
  });

  test('U126 without a search a table is just not listed', () => {
    const text = 'monitored_tables: { prod.ml.a: { profile_type: SNAPSHOT } }\n';
    const { unmonitored } = measured({ text, tagged: [tagged('a')], schemas: [schemaOf('ml', 'b')] });
    expect(unmonitored.map(({ reason }) => reason)).toEqual(['not_listed']);
  });

  test('T37 what cannot be read stays in the denominator, in a class of its own', () => {
    const found = measured({ schemas: [schemaOf('ml', 'a', 'b')], monitors: { 'prod.ml.a': 'unreadable' } });
    expect(found).toMatchObject({ coverage: 0, summary: { eligible: 2, unknown: 1, unmonitored: 1 }, complete: true });
    expect(found.unknown).toEqual([
      { table: 'prod.ml.a', code: 'API.FORBIDDEN', message: 'refused', hint: 'grant it' },
    ]);
  });

  test('U131 a schema that cannot be listed makes it incomplete', () => {
    const schemas: readonly ScopeSchema[] = [
      { catalog: 'prod', schema: 'shut', read: { status: 'unreadable', problem: fault } },
    ];
    expect(measured({ schemas })).toMatchObject({ complete: false, unknown_schemas: [{ schema: 'prod.shut' }] });
  });

  test.each<readonly [string, RefreshHistory, Partial<Coverage>]>([
    ['30 days are not stale', { status: 'read', succeededAt: now - 30 * day }, {}],
    [
      '31 days are',
      { status: 'read', succeededAt: now - 31 * day },
      { stale: [{ table: 'prod.ml.a', days: 31, last_refresh: '2026-12-31T00:00:00.000Z' }] },
    ],
    [
      'U128 none succeeded',
      { status: 'read', lastState: 'FAILED' },
      { never_refreshed: [{ table: 'prod.ml.a', last_state: 'FAILED' }] },
    ],
    ['U128 none was started', { status: 'read' }, { never_refreshed: [{ table: 'prod.ml.a', last_state: null }] }],
    [
      'U128 nobody can tell',
      { status: 'unreadable', problem: fault },
      { history_unavailable: [{ table: 'prod.ml.a', code: 'API.FORBIDDEN', message: 'refused', hint: 'grant it' }] },
    ],
  ])('U127 T10 %s', (_name, history, lists) => {
    const found = measured({
      schemas: [schemaOf('ml', 'a')],
      tagged: [tagged('a')],
      monitors: { 'prod.ml.a': 'ours' },
      histories: { 'prod.ml.a': history },
    });
    const { stale, never_refreshed, history_unavailable } = found;
    const none = { stale: [], never_refreshed: [], history_unavailable: [] };
    expect({ stale, never_refreshed, history_unavailable }).toEqual({ ...none, ...lists });
    expect(found.coverage).toBe(1);
  });

  test('U129 T27 an orphan is ours and not wanted; a stranger is named, and covers its table', () => {
    const found = measured({
      schemas: [schemaOf('ml', 'gone', 'theirs', 'recorded')],
      monitors: { 'prod.ml.gone': 'ours', 'prod.ml.theirs': 'foreign', 'prod.ml.recorded': 'ours' },
      recorded: ['prod.ml.recorded'],
    });
    expect(found.orphans).toEqual([
      { table: 'prod.ml.gone', recorded: false },
      { table: 'prod.ml.recorded', recorded: true },
    ]);
    expect(found.others).toEqual([{ table: 'prod.ml.theirs', owner: 'other/prod' }]);
    expect(found.coverage).toBe(1);
  });

  test('W010 a table that its schema watches is a class of its own, and covered', () => {
    const found = measured({
      schemas: [schemaOf('ml', 'a', 'b', 'left_out'), schemaOf('shop', 'c')],
      tagged: [tagged('a')],
      monitors: { 'prod.ml.a': 'ours' },
      watched: { 'prod.ml': ['prod.ml.left_out'] },
    });
    expect(found.by_schema).toEqual([{ table: 'prod.ml.b', schema: 'prod.ml' }]);
    expect(found.summary).toMatchObject({ eligible: 4, monitored: 1, by_schema: 1, unmonitored: 2 });
    expect(found.coverage).toBeCloseTo(2 / 4);
  });
});
