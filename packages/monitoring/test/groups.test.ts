import { describe, expect, test } from '@jest/globals';
import { addressOf, isRef, type Address, type Desired, type Json, type RecordedResource } from '@dpo/core';
import { loadConfig } from '@dpo/config';
import { desire, tablesToRead } from '../src/index.ts';
import { brief, tableOf } from './support.ts';

const unreadable = { code: 'API.FORBIDDEN', severity: 'error', message: 'no grant' } as const;
const drift = 'view:prod.global_monitoring.unified_drift_metrics_ml';

const head = 'catalog_name: prod\nwarehouse_id: w\nprofile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables:\n';
const two = `${head}  prod.ml.a: { monitor_group: ml }\n  prod.ml.b: { monitor_group: ml }\n`;

interface World {
  readonly hidden?: string;
  readonly recorded?: ReadonlyMap<Address, RecordedResource>;
  readonly destinations?: ReadonlyMap<string, readonly string[]>;
  readonly runner?: string;
}

function wanted(text: string, { hidden, recorded, destinations, runner }: World = {}): Desired {
  const loaded = loadConfig({ file: 'dpo.yaml', text, environment: {}, today: '2027-01-01' });
  return desire({
    loaded,
    findings: new Map(
      tablesToRead(loaded).map((name) => [
        name,
        name === hidden
          ? { status: 'unreadable', problem: unreadable }
          : { status: 'present', table: tableOf({ fullName: name }) },
      ]),
    ),
    owner: { project: 'dpo', target: 'test' },
    target: { name: 'test', host: 'https://w.example', workspaceId: '1', metastoreId: 'm' },
    warehouseId: 'w',
    ...(recorded === undefined ? {} : { recorded }),
    ...(destinations === undefined ? {} : { destinations }),
    ...(runner === undefined ? {} : { runner }),
  });
}

function branchesOf(desired: Desired, address: string): readonly Json[] {
  const branches = desired.resources.find((resource) => resource.address === address)?.spec['branches'];
  return Array.isArray(branches) ? (branches as readonly Json[]) : [];
}

function metricsOf(branch: Json | undefined): Json | undefined {
  return (branch as { readonly metrics?: Json } | undefined)?.metrics;
}

/** The state after an apply: references are what they stood for. */
function applied(desired: Desired): ReadonlyMap<Address, RecordedResource> {
  return new Map(
    desired.resources.map(({ address, spec }) => {
      const branches = branchesOf(desired, address).map((branch) => ({ ...(branch as object), metrics: 'prod.out.m' }));
      const kept = { ...spec, ...(branches.length === 0 ? {} : { branches }) };
      return [address, { version: 1, id: 'i', status: 'ok', applied: kept, out: {}, needs: [] }];
    }),
  );
}

describe('the outputs of a group', () => {
  test('R007 R009 R044 R045 R046 R089 U114 each group has views, an alert and a dashboard of its own, and several have one together', () => {
    const { resources } = wanted(two.replace('ml }\n', 'Risk }\n'));
    expect(resources.map(({ address }) => address).filter((address) => !address.startsWith('monitor:'))).toEqual([
      'schema:prod.monitoring_results',
      'schema:prod.global_monitoring',
      ...['ml', 'risk'].flatMap((group) => [
        ...['drift', 'profile', 'performance'].map(
          (family) => `view:prod.global_monitoring.unified_${family}_metrics_${group}`,
        ),
        `alert:${group}/drift`,
        `dashboard:${group}`,
      ]),
      'dashboard:*',
    ]);
  });

  test('R006 R049 bulk mode has monitors and their schema only, with the generated dashboard of each unless it is switched off', () => {
    const bulk = `mode: bulk_provision_only\n${two.replace('b: { ', 'b: { create_builtin_dashboard: false, ')}`;
    const { resources } = wanted(bulk);
    expect(resources.map(({ address, spec }) => [address, spec['skip_builtin_dashboard']])).toEqual([
      ['monitor:prod.ml.a', false],
      ['monitor:prod.ml.b', true],
      ['schema:prod.monitoring_results', undefined],
    ]);
  });

  test('U079 a table that cannot be read keeps its branch as it was written last', () => {
    const before = wanted(two);
    expect(branchesOf(before, drift).map((branch) => isRef(metricsOf(branch)))).toEqual([true, true]);
    const now = wanted(two, { hidden: 'prod.ml.b', recorded: applied(before) });
    expect(branchesOf(now, drift).map(metricsOf).map(isRef)).toEqual([true, false]);
    expect(metricsOf(branchesOf(now, drift)[1])).toBe('prod.out.m');
    expect(branchesOf(wanted(two, { hidden: 'prod.ml.b' }), drift)).toHaveLength(1);
  });

  test('U090 U116 T25 without a single group nothing of them is deleted', () => {
    const none = `${head}  prod.ml.a: { enabled: false }\n`;
    const { skipped } = wanted(none, { recorded: applied(wanted(two)) });
    expect(skipped.map(({ address, code }) => `${address} ${code}`)).toContain(`${drift} PLAN.NO_GROUP`);
    expect(skipped).toHaveLength(5);
    expect(wanted(`${none}mode: bulk_provision_only\n`, { recorded: applied(wanted(two)) }).skipped).toEqual([]);
  });

  test('a renamed group keeps its objects, and leaves alone what it says', () => {
    const { resources } = wanted(`${two}groups: { ml: { renamed_from: Old ML, ignore: [dashboard.display_name] } }\n`);
    const renamed = resources.flatMap(({ renamedFrom }) => renamedFrom ?? []);
    expect(renamed).toEqual([
      ...['drift', 'profile', 'performance'].map((family) =>
        addressOf('view', `prod.global_monitoring.unified_${family}_metrics_old_ml`),
      ),
      'alert:old_ml/drift',
      'dashboard:old_ml',
    ]);
    expect(resources.find(({ address }) => address === 'dashboard:ml')?.ignore).toEqual(['display_name']);
  });

  test.each<readonly [string, readonly (readonly [string, readonly string[]])[], readonly string[]]>([
    ['one', [['#data', ['id-1']]], []],
    ['none', [], ["dpo.yaml:7:37 error CATALOG.DESTINATION: there is no notification destination '#data'"]],
    [
      'two',
      [['#data', ['id-1', 'id-2']]],
      ["dpo.yaml:7:37 error CATALOG.DESTINATION: 2 notification destinations are called '#data'"],
    ],
  ])('U099 T41 a name that %s has', (_count, known, told) => {
    const text = `${two}alerting: { default_notifications: ["#data"] }\n`;
    const { resources, problems } = wanted(text, { destinations: new Map(known) });
    expect(problems.map(brief)).toEqual(told);
    const alert = resources.find(({ address }) => address === 'alert:ml/drift');
    const subscriptions = told.length === 0 ? [{ destination_id: 'id-1' }] : [];
    expect(alert?.spec['evaluation']).toMatchObject({ notification: { subscriptions } });
  });

  test('W012 each alert is to run as whom the config says, and what that would fail of is told once', () => {
    const text = `${two.replace('ml }\n', 'Risk }\n')}alerting: { run_as: ann@example.com }\n`;
    const { resources, problems } = wanted(text, { runner: 'bob@example.com' });
    const alerts = resources.filter(({ address }) => address.startsWith('alert:'));
    expect(alerts.map(({ spec }) => spec['run_as'])).toEqual([
      { user_name: 'ann@example.com' },
      { user_name: 'ann@example.com' },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['PLAN.RUN_AS']);
  });

  test('U142 where no table is healthy nothing of a group is planned, with a warning', () => {
    const one = `${head}  prod.ml.a: { monitor_group: ml }\n`;
    const { resources, problems } = wanted(one, { hidden: 'prod.ml.a' });
    expect(resources).toEqual([]);
    expect(problems.map(brief)).toEqual([
      'dpo.yaml:1:1 warning PLAN.NO_GROUP: no table can be monitored now, so that no views, alerts and dashboards are planned',
    ]);
    // What is there stays.
    const before = applied(wanted(one));
    expect(branchesOf(wanted(one, { hidden: 'prod.ml.a', recorded: before }), drift)).toHaveLength(1);
  });
});
