import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { callsOf } from '../support/workspace-calls.ts';

const rows = 'SELECT id, CAST(current_date AS TIMESTAMP) - INTERVAL 1 DAY AS ts FROM range(100) AS r(id)';
const seed = `
principals:
  bob@example.com: { tokens: [bobs-token] }
catalogs:
  prod:
    schemas:
      health:
        tables:
          a: { sql: "${rows}" }
          b: { sql: "${rows}" }
          c: { sql: "${rows}" }
          d: { sql: "${rows}" }
      readers: {}
`;

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local } }
profile_defaults: { profile_type: SNAPSHOT, schedule: null }
alerting: { default_notifications: [data@example.com] }
monitored_tables:
  prod.health.a: { monitor_group: ml }
  prod.health.b: { monitor_group: ml }
`;

const monitors = 'POST /api/data-quality/v1/monitors';
const view = (schema: string): string => `prod.${schema}.unified_profile_metrics_ml`;

describe('tables that are not well', () => {
  let world: SmallWorld;

  beforeAll(async () => {
    world = await createSmallWorld({}, 'automatic');
    await world.write('tables.yaml', seed);
    await world.workspace.seed(join(world.home, 'tables.yaml'));
    await world.write('dpo.yaml', config);
  }, 60_000);
  afterAll(async () => world.close());

  const run = async (statement: string, token?: string): Promise<readonly unknown[]> => {
    const { body } = await callsOf(world, token).call('POST', '/api/2.0/sql/statements', {
      warehouse_id: world.workspace.warehouseId,
      statement,
      wait_timeout: '30s',
    });
    expect(body['status']).toMatchObject({ state: 'SUCCEEDED' });
    return ((body['result'] as { readonly data_array?: readonly unknown[] } | undefined)?.data_array ?? []).flat();
  };
  const sourcesOf = (schema: string, token?: string): Promise<readonly unknown[]> =>
    run(`SELECT DISTINCT source_table_name FROM ${view(schema)} ORDER BY 1`, token);

  test('U142 U079 without a single monitor nothing of its group is made, and only tables that have one are in its views', async () => {
    world.workspace.faults.add({
      match: monitors,
      status: 400,
      errorCode: 'INVALID_PARAMETER_VALUE',
      times: 'unlimited',
    });
    const { code, stdout } = await world.dpo('apply', '--auto-approve');
    expect(code).toBe(3);
    expect(stdout).toMatch(/failed 2 +skipped 4/u);
    expect(stdout).toMatch(/alert +ml\/drift.*needs monitor:prod\.health\./u);
    world.workspace.faults.clear();
    world.workspace.faults.add({ match: monitors, status: 400, errorCode: 'INVALID_PARAMETER_VALUE' });
    const partly = await world.dpo('apply', '--auto-approve');
    expect(partly.code).toBe(3);
    expect(partly.stdout).toMatch(/failed 1 +skipped 0/u);
    expect(await sourcesOf('global_monitoring')).toHaveLength(1);
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    expect(await sourcesOf('global_monitoring')).toEqual(['prod.health.a', 'prod.health.b']);
  }, 60_000);

  test('W023 a metric table of somebody else that may not be read is named with its grant, and comes in after it', async () => {
    const others = config.replaceAll('health.a', 'health.c').replaceAll('health.b', 'health.d');
    const theirs = others
      .replace('project: shop', 'project: theirs\nmode: bulk_provision_only')
      .replace('{ local', '{ theirs');
    await world.write('theirs.yaml', theirs);
    expect((await world.dpo('apply', '--config', 'theirs.yaml', '--auto-approve')).code).toBe(0);
    await world.workspace.idle();
    const grants = [
      'USE CATALOG ON CATALOG prod',
      'USE SCHEMA, SELECT ON SCHEMA prod.health',
      'USE SCHEMA ON SCHEMA prod.monitoring_results',
      'SELECT ON TABLE prod.monitoring_results.c_profile_metrics',
      'USE SCHEMA, CREATE TABLE ON SCHEMA prod.readers',
    ];
    for (const grant of grants) await run(`GRANT ${grant} TO \`bob@example.com\``);
    const reading = others
      .replace('project: shop', 'project: readers\nobservability_schema: readers\ndeploy_aggregated_dashboard: false')
      .replace('{ local: { workspace: local } }', '{ readers: { read_only_monitors: true } }')
      .replace('{ default', '{ enable_aggregated_alerts: false, default');
    await world.write('readers.yaml', reading);
    const bob = {
      DATABRICKS_HOST: world.workspace.url,
      DATABRICKS_TOKEN: 'bobs-token',
      DATABRICKS_WAREHOUSE_ID: world.workspace.warehouseId,
    };
    const first = await world.dpoWith(bob, 'apply', '--config', 'readers.yaml', '--auto-approve');
    expect(first.code).toBe(0);
    expect(first.stderr).toContain('without what may not be read: prod.health.d');
    for (const part of [
      'PLAN.METRICS_DENIED',
      'made without prod.health.d (prod.monitoring_results.d_profile_metrics), which may not be read',
      'GRANT SELECT ON TABLE `prod`.`monitoring_results`.`d_profile_metrics` TO `bob@example.com`;',
    ])
      expect(first.stdout).toContain(part);
    expect(await sourcesOf('readers', 'bobs-token')).toEqual(['prod.health.c']);
    const second = await world.dpoWith(bob, 'plan', 'readers.yaml');
    expect(second.stdout).toContain('No changes.');
    expect(second.stdout).toContain('PLAN.METRICS_DENIED');
    await run('GRANT SELECT ON TABLE prod.monitoring_results.d_profile_metrics TO `bob@example.com`');
    const third = await world.dpoWith(bob, 'apply', '--config', 'readers.yaml', '--auto-approve');
    expect(third.stdout).not.toContain('PLAN.METRICS_DENIED');
    expect(await sourcesOf('readers', 'bobs-token')).toEqual(['prod.health.c', 'prod.health.d']);
  }, 60_000);
});
