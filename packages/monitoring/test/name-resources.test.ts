import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '@dpo/config';
import type { CatalogFinding } from '@dpo/core';
import { desire } from '../src/desire.ts';
import { nameResources, tablesToName } from '../src/name-resources.ts';

const owner = { project: 'shop', target: 'dev' };
const target = { name: 'dev', host: 'h', workspaceId: '1', metastoreId: 'm' };

function present(fullName: string): readonly [string, CatalogFinding] {
  return [
    fullName,
    {
      status: 'present',
      table: { fullName, tableId: `id of ${fullName}`, tableType: 'MANAGED', columns: [], tags: {} },
    },
  ];
}

function loaded(tables: string): ReturnType<typeof loadConfig> {
  const text = `catalog_name: prod\nmode: bulk_provision_only\nprofile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables:\n${tables}`;
  return loadConfig({ file: 'dpo.yaml', text, environment: {}, today: '2027-01-01' });
}

describe('what a config names, for a destroy', () => {
  test('D009 its monitors and output schemas, whatever is wrong with their settings', () => {
    const config = loaded('  prod.ml.a: { slicing_exprs: [nowhere] }\n  prod.ml.gone: { output_schema_name: other }\n');
    const findings = new Map([present('prod.ml.a'), ['prod.ml.gone', { status: 'absent' }] as const]);
    const named = nameResources({ loaded: config, findings, owner, target });
    expect(named).toMatchObject({ problems: [], skipped: [], undecided: [] });
    expect(named.resources.map(({ address, spec }) => [address, spec])).toEqual([
      ['schema:prod.monitoring_results', { name: 'prod.monitoring_results' }],
      [
        'monitor:prod.ml.a',
        {
          object_id: 'id of prod.ml.a',
          output_schema_id: { $ref: 'schema:prod.monitoring_results', path: 'schema_id' },
        },
      ],
      ['schema:prod.other', { name: 'prod.other' }],
    ]);
  });
});

test('D009 a table that is disabled by now is looked for in a destroy: its monitor may still be there', () => {
  const config = loaded('  prod.ml.A: { enabled: false }\n  prod.ml.b: {}\n');
  expect(tablesToName(config)).toEqual(['prod.ml.a', 'prod.ml.b']);
  const findings = new Map([present('prod.ml.a'), present('prod.ml.b')]);
  const named = nameResources({ loaded: config, findings, owner, target });
  expect(named.resources.map(({ address }) => address)).toContain('monitor:prod.ml.a');
});

test('D009 of a table that cannot be read nobody can tell whether its monitor is ours', () => {
  const problem = { code: 'API.FORBIDDEN', severity: 'error' as const, message: 'no' };
  const findings = new Map([present('prod.ml.a'), ['prod.ml.b', { status: 'unreadable', problem }] as const]);
  const named = nameResources({ loaded: loaded('  prod.ml.a: {}\n  prod.ml.b: {}\n'), findings, owner, target });
  expect(named.undecided).toEqual([{ address: 'monitor:prod.ml.b', problem }]);
});

describe('N004 what a config protects, for a destroy', () => {
  test('is named with it, so that a lost state does not lose the protection', () => {
    const config = loaded('  prod.ml.a: { prevent_destroy: true }\n  prod.ml.b: {}\n');
    const findings = new Map([present('prod.ml.a'), present('prod.ml.b')]);
    const { resources } = nameResources({ loaded: config, findings, owner, target });
    expect(resources.map(({ address, preventDestroy }) => [address, preventDestroy?.value])).toEqual([
      ['schema:prod.monitoring_results', undefined],
      ['monitor:prod.ml.a', true],
      ['monitor:prod.ml.b', undefined],
    ]);
  });
});

describe('D009 tables that are found, for a destroy', () => {
  const named = (tables: string, blind = true) =>
    nameResources({ loaded: loaded(tables), findings: new Map(), owner, target, blind });

  test('are not looked for; the schemas that they write into are named, so that their marker is', () => {
    const { resources, problems } = named("  prod.ml.*: { output_schema_name: Other }\n  'prod.x.*': {}\n");
    expect(resources.map(({ address }) => address)).toEqual([
      'schema:prod.other',
      'schema:prod.monitoring_results',
      // Somebody else's schema may hold views of ours.
      'schema:prod.global_monitoring',
    ]);
    expect(problems).toEqual([]);
    expect(tablesToName(loaded('  prod.ml.*: {}\n  prod.ml.a: {}\n'))).toEqual(['prod.ml.a']);
  });

  test('N004 are not torn down without a state where something protects them', () => {
    const text = '  prod.ml.*: { prevent_destroy: true }\n';
    expect(named(text).problems).toMatchObject([{ code: 'PLAN.PROTECTED', severity: 'error' }]);
    expect(named(text, false).problems).toEqual([]);
    expect(named('  prod.ml.*: { prevent_destroy: false }\n').problems).toEqual([]);
    expect(named('  prod.ml.a: { prevent_destroy: true }\n').problems).toEqual([]);
  });
});

describe('W024 metric tables', () => {
  test('two tables of one name in one output schema are an error that names both', () => {
    const findings = new Map([present('prod.ml.a'), present('prod.shop.a')]);
    const request = { findings, owner, target, warehouseId: undefined };
    const clash = desire({ ...request, loaded: loaded('  prod.ml.a: {}\n  prod.shop.a: {}\n') });
    expect(clash.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'CATALOG.OUTPUT_COLLISION', message: expect.stringContaining("'prod.shop.a' and 'prod.ml.a'") },
    ]);
    const apart = desire({
      ...request,
      loaded: loaded('  prod.ml.a: {}\n  prod.shop.a: { output_schema_name: shop_monitoring }\n'),
    });
    expect(apart.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
