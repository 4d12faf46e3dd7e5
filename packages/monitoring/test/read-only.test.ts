import { loadConfig, type LoadedConfig } from '@dpo/config';
import { addressOf, type Address, type CatalogFindings, type Desired, type Live, type Observation } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { branchOf } from '../src/groups/view-branch.ts';
import { desire, keepReadOnly, readOnlyLookups, readOnlyTables, type DesireRequest } from '../src/index.ts';
import { readOnlyScope } from '../src/read-only.ts';
import { churn, head, tableOf } from './support.ts';

const dev = 'dev.ml.churn';
const tables = (target: string): string =>
  `${head}catalogs: [prod, dev]\ntargets: { test: { ${target} } }\nprofile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables: { ${churn}: { runbook_url: 'https://x' }, ${dev}: { output_schema_name: own }, prod.ml.bare: {} }\n`;

function load(target: string): LoadedConfig {
  return loadConfig({ file: 'dpo.yaml', text: tables(target), target: 'test', environment: {}, today: '2027-01-01' });
}

const findings: CatalogFindings = new Map(
  [churn, dev, 'prod.ml.bare'].map((fullName) => [fullName, { status: 'present', table: tableOf({ fullName }) }]),
);
const churnAddress = addressOf('monitor', churn);
const live: Observation = {
  status: 'present',
  lookup: { by: 'id', address: churnAddress, id: 't' },
  id: 't',
  fields: {
    object_id: 't',
    profile_type: 'INFERENCE',
    inference_log: {
      prediction_column: 'prediction',
      label_column: 'actual_label',
      timestamp_column: 'ts',
      granularities: ['AGGREGATION_GRANULARITY_1_HOUR'],
    },
  },
  out: { profile_metrics_table_name: 'prod.theirs.churn_profile_metrics' },
  marker: { owner: 'shop/prod' },
};
const bare = addressOf('monitor', 'prod.ml.bare');
const existing: Live = new Map<Address, Observation>([
  [churnAddress, live],
  [bare, { status: 'absent', lookup: { by: 'id', address: bare, id: 'b' } }],
]);

function desireOf(target: string, more: Partial<DesireRequest> = {}): Desired {
  return desire({
    loaded: load(target),
    findings,
    existing,
    owner: { project: 'dpo', target: 'test' },
    target: { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' },
    warehouseId: 'w',
    ...more,
  });
}

const monitors = ({ resources }: Desired): readonly string[] =>
  resources.map(({ address }) => address).filter((address) => address.startsWith('monitor:'));

describe('W017 which monitors a target only reads', () => {
  test.each<[string, string, readonly string[]]>([
    ['nothing is said', 'warehouse_id: w', []],
    ['the target says so', 'read_only_monitors: true', [churn, dev]],
    ['a development target, outside of its own catalogs', 'development: true, catalog_name: dev', [churn]],
    ['its outputs have a catalog of their own', 'development: true, catalog_name: prod, output_catalog: dev', []],
    ['a development target that says otherwise', 'development: true, catalog_name: dev, read_only_monitors: false', []],
    ['a development target that says so of all', 'development: true, read_only_monitors: true', [churn, dev]],
  ])('%s', (_what, target, names) => {
    expect([churn, dev].filter(readOnlyScope(load(target)))).toEqual(names);
  });
});

describe('W017 a target that only reads', () => {
  test('wants no monitor and no schema for one, but views over what is there; says why of each table, and judges none of them', () => {
    const desired = desireOf('read_only_monitors: true');
    const kinds = desired.resources.map(({ address }) => address.split(':')[0]);
    expect([...new Set(kinds)]).toEqual(['schema', 'view', 'alert', 'dashboard']);
    expect(desired.resources.filter(({ address }) => address.startsWith('schema:'))).toMatchObject([
      { address: 'schema:prod.global_monitoring' },
    ]);
    const profile = desired.resources.find(({ address }) => address.includes('unified_profile'));
    expect(profile?.spec['branches']).toMatchObject([{ source: churn, metrics: 'prod.theirs.churn_profile_metrics' }]);
    expect(desired.undecided).toEqual([]);
    expect(desired.skipped.map(({ address, code, reason }) => `${address} ${code} ${reason}`)).toEqual([
      `monitor:${churn} PLAN.READ_ONLY read only: monitors of this target are read, not managed`,
      `monitor:${dev} PLAN.READ_ONLY read only: monitors of this target are read, not managed`,
      'monitor:prod.ml.bare PLAN.READ_ONLY read only: monitors of this target are read, not managed; it has none',
    ]);
  });

  test('a table that is not there is an error all the same', () => {
    const missing = new Map([...findings, [dev, { status: 'absent' } as const]]);
    const desired = desireOf('read_only_monitors: true', { findings: missing });
    expect(desired.problems.map(({ code }) => code)).toContain('CATALOG.TABLE_NOT_FOUND');
  });

  test('a development target manages those of its own catalogs', () => {
    const desired = desireOf('development: true, catalog_name: dev', { development: { user: 'ann' } });
    expect(monitors(desired)).toEqual([`monitor:${dev}`]);
    expect(desired.skipped.map(({ address }) => address)).toEqual([`monitor:${churn}`, 'monitor:prod.ml.bare']);
  });

  test('its budget is not used up by what it only reads', () => {
    const desired = desireOf('development: true, catalog_name: dev, monitor_limit: 1');
    expect(monitors(desired)).toEqual([`monitor:${dev}`]);
  });

  test('keeps what the state knows, also what the config names no more, and what a destroy would name', () => {
    const loaded = load('read_only_monitors: true');
    const old: Address = 'monitor:prod.ml.old';
    const anomaly: Address = 'anomaly:prod.ml';
    const schema: Address = 'schema:prod.out';
    const wanted = desireOf('warehouse_id: w');
    const kept = keepReadOnly(loaded, wanted, [old, anomaly, schema]);
    expect(monitors(kept)).toEqual([]);
    expect(kept.skipped.map(({ address, untouched }) => [address, untouched])).toEqual([
      [churnAddress, true],
      [`monitor:${dev}`, true],
      [bare, true],
      [old, true],
      [anomaly, true],
    ]);
    const own = keepReadOnly(load('warehouse_id: w'), wanted, [old, anomaly, schema]);
    expect(own).toEqual(wanted);
  });
});

describe('W017 metrics of monitors that are only read', () => {
  const loaded = load('read_only_monitors: true');

  test('the monitors are looked up by the ids of their tables', () => {
    expect([...readOnlyLookups(loaded, { found: [], findings }).values()].map((lookup) => lookup)).toEqual(
      [churn, dev, 'prod.ml.bare'].map((name) => ({ by: 'id', address: `monitor:${name}`, id: `id-of-${name}` })),
    );
    expect(readOnlyLookups(load('warehouse_id: w'), { found: [], findings }).size).toBe(0);
  });

  test('views are built over the metric tables that there are, under the names that they have', () => {
    const [table, ...others] = readOnlyTables({ loaded, findings, existing });
    expect(others).toEqual([]);
    if (table === undefined) throw new Error('no table');
    const context = { loaded, host: undefined };
    expect(branchOf('profile', table, context)).toMatchObject({
      source: churn,
      metrics: 'prod.theirs.churn_profile_metrics',
      facts: { runbook_url: 'https://x', alert_granularity: '1 hour' },
    });
    expect(branchOf('performance', table, context)).toMatchObject({ metrics: 'prod.theirs.churn_profile_metrics' });
    expect(branchOf('drift', table, context)).toBeUndefined();
  });
});
