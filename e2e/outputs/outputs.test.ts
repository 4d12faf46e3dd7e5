import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectGolden } from '../support/golden.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { callsOf, type WorkspaceCalls } from '../support/workspace-calls.ts';

const day = (value: string, daysAgo: number): string =>
  `SELECT id, ${value} AS value, CAST(current_date AS TIMESTAMP) - INTERVAL ${String(daysAgo)} DAY AS ts FROM range(100) AS r(id)`;

/** The day before yesterday and yesterday. */
const days = (before: string, after: string): string => JSON.stringify(`${day(before, 2)} UNION ALL ${day(after, 1)}`);

const tables = `
catalogs:
  prod:
    schemas:
      drift:
        tables:
          amounts: { sql: ${days('CAST(id AS DOUBLE)', 'CAST(id + 1000 AS DOUBLE)')} }
          regions: { sql: ${days("CASE WHEN id < 50 THEN 'eu' ELSE 'us' END", "CASE WHEN id < 70 THEN 'eu' ELSE 'us' END")} }
          young: { sql: ${JSON.stringify(day('CAST(id AS DOUBLE)', 2))} }
          calm: { sql: ${days("CASE WHEN id < 50 THEN 'eu' ELSE 'us' END", "CASE WHEN id < 50 THEN 'eu' ELSE 'us' END")} }
`;

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local } }
profile_defaults: { profile_type: TIMESERIES, timeseries_timestamp_column: ts, granularity: 1 day }
alerting: { default_notifications: [data@example.com], ignore_columns: [id] }
monitored_tables:
  prod.drift.amounts: { monitor_group: Numbers, owner: finance, runbook_url: "https://wiki.example.com/amounts" }
  prod.drift.regions: { monitor_group: Names }
  prod.drift.calm: { monitor_group: Calm }
  prod.drift.young: { monitor_group: Calm }
`;

/** Other owners, recipients, thresholds and groups. */
const changed = `catalog_name: prod
project: shop
targets: { local: { workspace: local } }
profile_defaults: { profile_type: TIMESERIES, timeseries_timestamp_column: ts, granularity: 1 day }
alerting:
  default_notifications: [data@example.com]
  group_notifications: { Names: [] }
  ignore_columns: [id, ts]
  null_rate_threshold: 0.1
  alert_cron_schedule: 0 30 6 * * ?
monitored_tables:
  prod.drift.amounts: { monitor_group: Numbers, owner: sales, drift_threshold: 0.3 }
  prod.drift.regions: { monitor_group: Names }
  prod.drift.calm: { monitor_group: Names }
  prod.drift.young: { monitor_group: Names }
`;

/** Without ids, which differ in every run. */
function lasting(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{32}\b/gu, '<id>')
    .replaceAll(/state serial \d+/gu, 'state serial 1')
    .replace(/fp:[0-9a-f-]+/u, 'fp:…');
}

interface Made {
  readonly id: string;
  readonly display_name: string;
}

interface Shown {
  readonly dashboard_id: string;
  readonly display_name: string;
}

describe('mode full', () => {
  let world: SmallWorld;
  let calls: WorkspaceCalls;
  let changedPlan: string;
  beforeAll(async () => {
    world = await createSmallWorld({}, 'automatic');
    calls = callsOf(world);
    await world.write('tables.yaml', tables);
    await world.workspace.seed(join(world.home, 'tables.yaml'));
    await world.write('dpo.yaml', config);
    const applied = await world.dpo('apply', '--auto-approve');
    expect(applied.stderr + applied.stdout).toContain('failed 0');
    expect(applied.code).toBe(0);
    // Before any metrics arrive, whatever the order of the tests is.
    await world.write('changed.yaml', changed);
    changedPlan = (await world.dpo('plan', '--config', 'changed.yaml')).stdout;
  }, 120_000);
  afterAll(async () => world.close());

  const alerts = async (): Promise<readonly Made[]> =>
    (await calls.call('GET', '/api/2.0/alerts')).body['alerts'] as readonly Made[];
  const idOf = async (group: string): Promise<string> =>
    (await alerts()).find(({ display_name: name }) => name === `[DPO] Drift Alert - prod - ${group}`)?.id ?? '';
  const sql = async (statement: string): Promise<{ status?: unknown; code?: unknown }> => {
    const { body } = await calls.call('POST', '/api/2.0/sql/statements', {
      warehouse_id: world.workspace.warehouseId,
      statement,
      wait_timeout: '30s',
    });
    const status = body['status'] as { state?: unknown; error?: unknown } | undefined;
    return { status: status?.state, code: status?.error };
  };
  const planned = async (): Promise<string> => (await world.dpo('plan')).stdout;

  test('R044 R045 R046 nothing is left to do after an apply', async () => {
    expect(await planned()).toContain('No changes.');
  }, 60_000);

  test('U095 U097 drift in a numeric and in a categorical column fires one alert each, an undrifted table fires none', async () => {
    const results = await world.workspace.evaluateAlerts();
    const stateOf = async (group: string): Promise<string | undefined> => {
      const id = await idOf(group);
      return results.find(({ alertId }) => alertId === id)?.state;
    };
    expect([await stateOf('Numbers'), await stateOf('Names'), await stateOf('Calm')]).toEqual([
      'TRIGGERED',
      'TRIGGERED',
      'OK',
    ]);
    const notices = world.workspace.outbox();
    expect(notices).toHaveLength(2);
    const text = JSON.stringify(notices);
    expect(text).toMatch(/Drift in group Numbers: level 2/u);
    expect(text).toMatch(/Drift in group Names: level 1/u);
    for (const part of ['prod.drift.amounts', 'finance', 'https://wiki.example.com/amounts', 'critical', 'warning'])
      expect(text).toContain(part);
    expect(text).not.toContain('prod.drift.calm');
  });

  test('W008 metrics that arrive are no change, and views follow them without approval', async () => {
    const { status, code } = await sql(`INSERT INTO prod.drift.young ${day('CAST(id AS DOUBLE)', 1)}`);
    expect([status, code]).toEqual(['SUCCEEDED', undefined]);
    expect((await world.dpo('refresh', 'prod.drift.young', '--wait')).code).toBe(0);
    const plan = await world.dpo('plan', '--detailed-exitcode');
    expect(plan.stdout).toMatch(
      /Metrics arrived 1 [^]*unified_drift_metrics_calm[^]*metrics appeared: [^ ]*young_drift/u,
    );
    expect(plan.code).toBe(0);
    expect((await world.dpo('plan', '--readiness-only', '--detailed-exitcode')).code).toBe(2);
    const applied = await world.dpo('apply', '--readiness-only');
    expect(applied.stdout).toContain('Applied 1 of 1 operation: update 1');
    expect(await planned()).not.toContain('Metrics arrived');
  }, 60_000);

  test('D003 W003 N014 a hand edit of a monitor, a view, an alert or a dashboard shows as drift and is set back', async () => {
    const table = await calls.call('GET', '/api/2.1/unity-catalog/tables/prod.drift.amounts');
    const monitor = `/api/data-quality/v1/monitors/table/${String(table.body['table_id'])}`;
    const { body: made } = await calls.call('GET', monitor);
    const path = `${monitor}?update_mask=data_profiling_config.time_series`;
    await calls.call('PATCH', path, {
      ...made,
      data_profiling_config: {
        ...(made['data_profiling_config'] as object),
        time_series: { timestamp_column: 'ts', granularities: ['AGGREGATION_GRANULARITY_1_HOUR'] },
      },
    });
    const view = 'prod.global_monitoring.unified_drift_metrics_numbers';
    await sql(`ALTER VIEW ${view} AS SELECT 1 AS edited`);
    await calls.call('PATCH', `/api/2.0/alerts/${await idOf('Numbers')}?update_mask=custom_summary`, {
      custom_summary: 'edited',
    });
    const { body } = await calls.call('GET', '/api/2.0/lakeview/dashboards');
    const shown = (body['dashboards'] as readonly Shown[]).find(
      ({ display_name: name }) => name === 'DPO Health - Numbers',
    );
    await calls.call('PATCH', `/api/2.0/lakeview/dashboards/${String(shown?.dashboard_id)}`, {
      display_name: 'DPO Health - Numbers',
      serialized_dashboard: '{"pages":[]}',
    });
    const text = await planned();
    await expectGolden('outputs-drift.txt', lasting(text));
    expect(text).toContain('Drift 4');
    for (const name of ['monitor    prod.drift.amounts', view, 'numbers/drift', 'dashboard  numbers'])
      expect(text).toContain(name);
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    expect(await planned()).toContain('No changes.');
  }, 120_000);

  test('D014 a changed config is shown by tables, recipients, queries, pages and datasets, never by hashes', async () => {
    await expectGolden('outputs-changed.txt', lasting(changedPlan));
    expect(changedPlan).not.toContain('sha256');
  });

  test('R050 C18 bulk mode plans the deletes of views, alerts and dashboards, and nothing about monitors', async () => {
    await world.write('bulk.yaml', `${config}mode: bulk_provision_only\n`);
    const { stdout } = await world.dpo('plan', '--config', 'bulk.yaml');
    expect(stdout).toMatch(/create 0 +adopt 0 +update 0 +replace 0 +delete 17/u);
    expect(stdout).toContain('--allow-deletes');
    expect(stdout).not.toMatch(/- monitor/u);
  }, 60_000);
});
