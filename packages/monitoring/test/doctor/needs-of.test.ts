import { describe, expect, test } from '@jest/globals';
import { addressOf, nothingRecorded, type DesiredResource, type Recorded, type Spec } from '@dpo/core';
import { loadConfig, type LoadedConfig } from '@dpo/config';
import { examineBudget, needsOf, ownershipNeedsOf } from '../../src/index.ts';

function loadedOf(more: string): LoadedConfig {
  const text = `catalog_name: prod\nmonitored_tables: { prod.ml.churn: {} }\nprofile_defaults: { profile_type: SNAPSHOT }\n${more}`;
  return loadConfig({ file: 'dpo.yaml', text, environment: { DATABRICKS_WAREHOUSE_ID: 'w' }, today: '2026-11-27' });
}

function resource(kind: 'monitor' | 'schema', name: string, spec: Spec = {}): DesiredResource {
  return { address: addressOf(kind, name), spec, place: { default: true }, origins: {} };
}

const resources = [
  resource('monitor', 'prod.ml.churn', { baseline_table_name: 'prod.ml.churn_baseline' }),
  resource('schema', 'prod.monitoring_results'),
];

const entry = { version: 1, id: 'i', status: 'ok', applied: {}, needs: [] } as const;
const recorded: Recorded = {
  ...nothingRecorded,
  lineage: 'l',
  resources: new Map([
    [
      addressOf('monitor', 'prod.ml.churn'),
      { ...entry, out: { profile_metrics_table_name: 'prod.m.churn_profile_metrics' } },
    ],
    [addressOf('view', 'prod.global_monitoring.unified_profile_metrics_ml'), { ...entry, out: {} }],
  ]),
};

const linesOf = (more: string): readonly string[] =>
  needsOf({ loaded: loadedOf(more), desired: { resources }, recorded }).map(
    ({ securable, privileges }) => `${securable.type} ${securable.name}: ${privileges.join(', ')}`,
  );

describe('what an apply needs', () => {
  test('U137 in bulk mode: the tables, their baselines and the output schema', () => {
    expect([...new Set(linesOf('mode: bulk_provision_only'))]).toEqual([
      'catalog prod: USE_CATALOG',
      'schema prod.ml: USE_SCHEMA',
      'schema prod.monitoring_results: USE_SCHEMA, CREATE_TABLE',
      'table prod.ml.churn: SELECT, MANAGE',
      'table prod.ml.churn_baseline: SELECT',
    ]);
  });

  test('U137 W023 in full mode also the schema of the views and the metric tables', () => {
    const bulk = new Set(linesOf('mode: bulk_provision_only'));
    expect([...new Set(linesOf('mode: full'))].filter((line) => !bulk.has(line))).toEqual([
      'schema prod.m: USE_SCHEMA',
      'schema prod.global_monitoring: USE_SCHEMA, CREATE_TABLE',
      'table prod.m.churn_profile_metrics: SELECT',
    ]);
  });

  test('W004 the views that dpo made have to belong to the identity; bulk mode has none', () => {
    const names = (mode: string): readonly string[] =>
      ownershipNeedsOf({ loaded: loadedOf(`mode: ${mode}`), recorded }).map(({ securable }) => securable.name);
    expect(names('full')).toEqual(['prod.global_monitoring.unified_profile_metrics_ml']);
    expect(names('bulk_provision_only')).toEqual([]);
  });

  test.each([
    ['', 'pass', 'at least 1 monitors of the 100'],
    ['monitor_limit: null', 'pass', 'which is no limit'],
  ])('W011 the budget, with %p', (more, verdict, words) => {
    const found = examineBudget({ loaded: loadedOf(more), desired: { resources, skipped: [] }, recorded });
    expect(found).toMatchObject({ verdict, message: expect.stringContaining(words) });
  });

  test('W011 what is beyond the budget is counted too', () => {
    const skipped = [{ address: addressOf('monitor', 'prod.ml.more'), code: 'PLAN.MONITOR_LIMIT', reason: 'beyond' }];
    const found = examineBudget({ loaded: loadedOf('monitor_limit: 1'), desired: { resources, skipped }, recorded });
    expect(found).toMatchObject({ verdict: 'warn', message: expect.stringContaining('at least 2 monitors of the 1') });
  });
});
