import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { callsOf } from '../support/workspace-calls.ts';
import { createTaggedWorld, monitorsIn, planIn, type TaggedWorld } from './tagged-world.ts';

const config = `catalog_name: prod
project: shop
warehouse_id: local0000warehouse
targets: { local: { workspace: local, mode: bulk_provision_only }, reader: { mode: bulk_provision_only } }
default_target: local
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
include_tagged_tables: true
discovery: { exclude_schemas: [tmp_*] }
catalogs: [sal*]
`;
const refused = { status: 403, errorCode: 'PERMISSION_DENIED', times: 'unlimited' } as const;

describe('W020 a search that finds less than before', () => {
  let world: TaggedWorld;
  beforeEach(async () => {
    world = await createTaggedWorld();
    await world.write('dpo.yaml', config);
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    world.workspace.clearRequests();
  }, 60_000);
  afterEach(async () => world.close());

  /** An apply in which nothing may be lost: what it planned, while it wrote nothing. */
  const harmless = async (...args: readonly string[]): ReturnType<TaggedWorld['dpo']> => {
    world.workspace.clearRequests();
    const applied = await world.dpo('apply', '--auto-approve', ...args);
    expect(applied.code).toBe(0);
    expect(world.writes()).toEqual([]);
    return world.dpo('plan', '--json', ...args);
  };

  test('a table that lost the tag and keeps others is a guarded delete', async () => {
    await world.sql("ALTER TABLE prod.ml.tagged UNSET TAGS ('monitor_enabled')");
    const ran = await world.dpo('plan', '--json');
    expect(monitorsIn(ran)).toEqual(['delete prod.ml.tagged']);
    expect(planIn(ran).scope.complete).toBe(true);
  }, 60_000);

  test('all tags of a table gone at once: kept, and no delete at all, until it is said that it is meant', async () => {
    await world.sql("ALTER TABLE prod.ml.tagged UNSET TAGS ('monitor_enabled', 'monitor_group', 'owner', 'team')");
    await world.sql("ALTER TABLE prod.ml.important UNSET TAGS ('monitor_enabled')");
    const ran = await harmless();
    expect(monitorsIn(ran)).toEqual([]);
    expect(planIn(ran).blocked).toContainEqual(
      expect.objectContaining({ address: 'monitor:prod.ml.tagged', code: 'CATALOG.SHRUNKEN' }),
    );
    expect(planIn(ran).problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      expect.arrayContaining(['warning CATALOG.SHRUNKEN', 'warning PLAN.INCOMPLETE']),
    );
    const both = ['delete prod.ml.important', 'delete prod.ml.tagged'];
    expect(monitorsIn(await world.dpo('plan', '--json', '--allow-deletes', '2'))).toEqual(both);
    await world.write('dpo.yaml', `${config}monitored_tables: { prod.ml.tagged: { enabled: false } }\n`);
    expect(monitorsIn(await world.dpo('plan', '--json'))).toEqual(both);
  }, 60_000);

  test('every tag gone, as a lost grant shows it: nothing is written', async () => {
    await world.sql("ALTER TABLE prod.ml.tagged UNSET TAGS ('monitor_enabled', 'monitor_group', 'owner', 'team')");
    await world.sql("ALTER TABLE sales.shop.carts UNSET TAGS ('monitor_enabled', 'y')");
    await world.sql(
      "ALTER TABLE prod.ml.important UNSET TAGS ('monitor_enabled', 'monitor_priority', 'monitor_slicing_exprs')",
    );
    const ran = await harmless();
    expect(planIn(ran).blocked.filter(({ code }) => code === 'CATALOG.SHRUNKEN')).toHaveLength(3);
  }, 60_000);

  test('a table that was dropped is gone for sure: only the state lets go of it', async () => {
    await world.sql('DROP TABLE prod.ml.tagged');
    expect(monitorsIn(await world.dpo('plan', '--json'))).toEqual(['forget prod.ml.tagged']);
  }, 60_000);

  test('a config that looks for less says so itself', async () => {
    await world.write('dpo.yaml', config.replace('tmp_*', 'tmp_*, ml'));
    await world.sql("ALTER TABLE prod.ml.tagged UNSET TAGS ('monitor_enabled', 'monitor_group', 'owner', 'team')");
    expect(monitorsIn(await world.dpo('plan', '--json'))).toEqual([
      'delete prod.ml.important',
      'delete prod.ml.tagged',
    ]);
  }, 60_000);

  test('U055 W002 the list of one schema is refused: its tables are kept, with no delete anywhere', async () => {
    await world.sql("ALTER TABLE prod.ml.tagged UNSET TAGS ('monitor_enabled')");
    world.workspace.faults.add({ match: 'GET /api/2.1/unity-catalog/tables', ...refused, times: 1 });
    const ran = await world.dpo('plan', '--json');
    expect([ran.code, monitorsIn(ran), planIn(ran).scope.complete]).toEqual([0, [], false]);
    expect(planIn(ran).blocked.map(({ code }) => code)).toContain('API.FORBIDDEN');
  }, 60_000);

  test.each([
    ['statements are refused', 'POST /api/2.0/sql/statements', 'CATALOG.UNREADABLE'],
    ['every list is refused', 'GET /api/2.1/unity-catalog/tables', 'CATALOG.UNREADABLE'],
    ['the list of catalogs is refused', 'GET /api/2.1/unity-catalog/catalogs', 'API.FORBIDDEN'],
  ])(
    'U144 T26 %s: the plan fails with exit 1',
    async (_name, match, code) => {
      world.workspace.faults.add({ match, ...refused });
      const before = await world.stateFiles();
      const ran = await world.dpo('apply', '--auto-approve');
      expect([ran.code, world.writes()]).toEqual([1, []]);
      expect(ran.stderr).toContain(code);
      expect(await world.stateFiles()).toEqual(before);
    },
    60_000,
  );

  test('W002 an identity with USE and BROWSE only plans to the end, and changes nothing', async () => {
    await world.write('reader.yaml', 'principals:\n  eve@example.com: { tokens: [eve-token] }\n');
    await world.workspace.seed(`${world.home}/reader.yaml`);
    for (const name of ['prod', 'sales']) {
      for (const privilege of ['USE_CATALOG', 'USE_SCHEMA', 'BROWSE'] as const) {
        // oxlint-disable-next-line no-await-in-loop
        await world.workspace.grant({ type: 'catalog', name }, 'eve@example.com', privilege);
      }
    }
    const env = { DATABRICKS_HOST: world.workspace.url, DATABRICKS_TOKEN: 'eve-token' };
    const ran = await world.dpoWith(env, 'plan', '--json', '--target', 'reader', '--state', 'state/reader.json');
    expect([ran.code, monitorsIn(ran)]).toEqual([0, []]);
    expect(planIn(ran).blocked.map(({ address, code }) => `${address} ${code}`)).toEqual(
      expect.arrayContaining(['monitor:prod.ml.important PLAN.UNREADABLE', 'monitor:sales.shop.carts PLAN.UNREADABLE']),
    );
    expect(planIn(ran).scope.complete).toBe(false);
  }, 60_000);

  test('a catalog without grants fails the plan and names what is missing', async () => {
    await world.write('reader.yaml', 'principals:\n  eve@example.com: { tokens: [eve-token] }\n');
    await world.workspace.seed(`${world.home}/reader.yaml`);
    const env = { DATABRICKS_HOST: world.workspace.url, DATABRICKS_TOKEN: 'eve-token' };
    const ran = await world.dpoWith(env, 'plan', '--target', 'reader', '--state', 'state/reader.json');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('CATALOG.UNREADABLE');
    expect(ran.stderr).toContain('grant USE CATALOG and BROWSE on catalog prod');
    expect((await callsOf(world).call('GET', '/api/2.1/unity-catalog/catalogs/prod')).status).toBe(200);
  }, 60_000);
});
