import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Ran } from '../support/run-dpo.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { callsOf, type WorkspaceCalls } from '../support/workspace-calls.ts';

const config = `catalog_name: prod
warehouse_id: local0000warehouse
project: shop
targets: { dev: { development: true, mode: bulk_provision_only }, prod: { mode: bulk_provision_only } }
default_target: dev
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out, schedule: "0 0 6 * * ?" }
monitored_tables:
  prod.ml.churn: {}
`;
const people = `
principals:
  anna.b@example.com: { admin: true, metastore_admin: true, tokens: [anna-token] }
  anna-b@example.com: { admin: true, metastore_admin: true, tokens: [other-token] }
`;
const anna = /owner shop\/dev-anna-b-[0-9a-f]{6} /u;

describe('ruling 20 a development target', () => {
  let world: SmallWorld;
  let calls: WorkspaceCalls;
  beforeEach(async () => {
    world = await createSmallWorld();
    calls = callsOf(world);
    await world.write('people.yaml', people);
    await world.workspace.seed(join(world.home, 'people.yaml'));
    for (const name of ['anna.b@example.com', 'anna-b@example.com']) {
      for (const privilege of ['ALL_PRIVILEGES', 'MANAGE'] as const) {
        // oxlint-disable-next-line no-await-in-loop
        await world.workspace.grant({ type: 'catalog', name: 'prod' }, name, privilege);
      }
    }
    await world.write('dpo.yaml', config);
    world.workspace.clearRequests();
  });
  afterEach(async () => world.close());

  const as =
    (token: string) =>
    (...args: readonly string[]): Promise<Ran> =>
      world.dpoWith({ DATABRICKS_HOST: world.workspace.url, DATABRICKS_TOKEN: token }, ...args);
  const one = as('anna-token');
  const other = as('other-token');

  const monitor = async (table: string): Promise<Record<string, unknown>> => {
    const id = await calls.idOf(table);
    const { body } = await calls.call('GET', `/api/data-quality/v1/monitors/table/${id}`);
    return body['data_profiling_config'] as Record<string, unknown>;
  };

  test('belongs to who runs it, has no schedule and says so, and is destroyed by the name of the target', async () => {
    const planned = await one('plan');
    expect(planned.stdout).toMatch(anna);
    expect(planned.stdout).toContain('note CONFIG.DEVELOPMENT  dpo.yaml:4:32');
    expect(planned.stdout).not.toContain('schedule.cron');
    expect(await one('apply', '--auto-approve')).toMatchObject({ code: 0 });
    const made = await monitor('churn');
    expect(made).not.toHaveProperty('schedule');
    expect(made['assets_dir']).toMatch(/\/shop\/dev-anna-b-[0-9a-f]{6}\/monitors\/prod\.ml\.churn$/u);
    expect(await one('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect((await world.dpo('state', 'list')).stdout).toContain('prod.ml.churn');
    expect(await one('destroy', '--confirm', 'dev')).toMatchObject({ code: 0 });
  }, 120_000);

  test('two people with two states do not touch what the other one made', async () => {
    await one('apply', '--auto-approve');
    await world.write('dpo.yaml', config.replace('prod.ml.churn', 'prod.ml.orders').replace('name: out', 'name: own'));
    const state = ['--state', 'state/own.json'];
    expect(await other('apply', '--auto-approve', ...state)).toMatchObject({ code: 0 });
    expect((await monitor('orders'))['assets_dir']).not.toBe((await monitor('churn'))['assets_dir']);

    world.workspace.clearRequests();
    await world.write('dpo.yaml', config);
    const claimed = await other('plan', ...state);
    expect(claimed).toMatchObject({ code: 1 });
    expect(claimed.stdout).toContain('PLAN.OWNED_ELSEWHERE');
    expect(claimed.stdout).toMatch(/belongs to 'shop\/dev-anna-b-[0-9a-f]{6}', not to 'shop\/dev-anna-b-[0-9a-f]{6}'/u);
    expect(world.writes()).toEqual([]);

    // Not even what is looked for without a state: the other one's is no orphan of ours.
    const gone = await other('destroy', '--confirm', 'dev', '--state', 'state/none.json');
    expect(gone).toMatchObject({ code: 0 });
    expect(gone.stdout).toContain('prod.ml.orders');
    expect(gone.stdout).not.toContain('prod.ml.churn ');
    expect(await calls.monitorOf(await calls.idOf('churn'))).toBe(200);
  }, 120_000);

  test('a state or a plan of somebody else is refused, and the way out is told', async () => {
    await one('apply', '--auto-approve');
    await world.write('dpo.yaml', `${config}  prod.ml.orders: {}\n`);
    await one('plan', '--out', 'plan.json');
    world.workspace.clearRequests();
    for (const args of [['plan'], ['refresh'], ['import', 'monitor:prod.ml.orders']]) {
      // oxlint-disable-next-line no-await-in-loop
      const ran = await other(...args);
      expect(ran).toMatchObject({ code: 1 });
      expect(ran.stderr).toContain('STATE.OTHER_OWNER');
      expect(ran.stderr).toMatch(/--state state\/dev-anna-b-[0-9a-f]{6}\.json/u);
    }
    const applied = await other('apply', 'plan.json');
    expect(applied).toMatchObject({ code: 1 });
    expect(applied.stderr).toContain('PLAN.OTHER_TARGET');
    expect(world.writes()).toEqual([]);
  }, 120_000);

  test('costs no request: an ordinary target makes as many', async () => {
    const requests = async (...args: readonly string[]): Promise<readonly string[]> => {
      world.workspace.clearRequests();
      expect(await one('plan', ...args)).toMatchObject({ code: 0 });
      // How often a statement is asked after depends on how busy the machine is.
      return world.workspace
        .requests()
        .filter(({ path }) => !path.startsWith('/api/2.0/sql/statements'))
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted();
    };
    expect(await requests()).toEqual(await requests('--target', 'prod'));
  }, 60_000);

  test('what was ordinary before is made one by a plan that names the two owners', async () => {
    await world.write('dpo.yaml', config.replace('development: true', 'development: false'));
    await one('apply', '--auto-approve');
    await world.write('dpo.yaml', config);
    const ran = await one('plan');
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.stderr).toContain('the state belongs to owner shop/dev, this run uses owner shop/dev-anna-b-');
    await rename(join(world.home, 'state'), join(world.home, 'former'));
    expect((await one('plan')).stdout).toContain("belongs to 'shop/dev'");
  }, 120_000);

  test('validate needs no workspace', async () => {
    expect(await world.dpo('validate')).toMatchObject({ code: 0 });
    expect(world.workspace.requests()).toEqual([]);
  }, 60_000);
});
