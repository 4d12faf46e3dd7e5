import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
warehouse_id: local0000warehouse
targets: { local: { workspace: local, mode: bulk_provision_only } }
default_target: local
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
monitored_tables:
  prod.ml.orders: {}
  prod.ml.churn: {}
  prod.ml.churn_baseline: {}
`;
const less = config.replace('  prod.ml.churn_baseline: {}\n', '');
const apply = ['apply', '--auto-approve'];
const destroy = ['destroy', '--confirm', 'local'];
const statements = 'POST /api/2.0/sql/statements';
const me = 'GET /api/2.0/preview/scim/v2/Me';
const tables = 'GET /api/2.1/unity-catalog/tables/prod.ml.*';
const refused = { status: 403, errorCode: 'PERMISSION_DENIED', times: 'unlimited' } as const;
const missing = {
  status: 404,
  errorCode: 'TABLE_DOES_NOT_EXIST',
  message: 'no such table',
  times: 'unlimited',
} as const;

describe('U144 a discovery that fails never reaches apply', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
    expect((await world.dpo(...apply)).code).toBe(0);
    // From here on a monitor is to be deleted, as soon as everything can be read.
    await world.write('dpo.yaml', less);
    world.workspace.clearRequests();
  }, 60_000);
  afterEach(async () => world.close());

  const everyTable = { match: tables, ...refused };
  test.each([
    { name: 'every table is refused', rule: everyTable, code: 'CATALOG.UNREADABLE', command: destroy },
    { name: 'every table is refused to a plan', rule: everyTable, code: 'CATALOG.UNREADABLE', command: ['plan'] },
    { name: 'tags cannot be read', rule: { match: statements, ...refused }, code: 'API.FORBIDDEN', command: apply },
    {
      name: 'a grant was revoked',
      rule: { match: tables, ...missing },
      code: 'CATALOG.TABLE_NOT_FOUND',
      command: apply,
    },
    { name: 'nobody knows who we are', rule: { match: me, ...refused }, code: 'API.FORBIDDEN', command: apply },
  ])(
    '$name: exit 1, and nothing is written',
    async ({ rule, code, command }) => {
      const before = await world.stateFiles();
      world.workspace.faults.add(rule);
      const ran = await world.dpo(...command);
      expect(`${ran.stderr}${ran.stdout}`).toContain(code);
      expect(ran.code).toBe(1);
      expect(world.writes()).toEqual([]);
      expect(await world.stateFiles()).toEqual(before);
    },
    60_000,
  );

  test('N015 one table is refused: it is left alone, and the plan holds no delete', async () => {
    world.workspace.faults.add({ match: 'GET /api/2.1/unity-catalog/tables/prod.ml.orders', ...refused });
    const ran = await world.dpo(...apply);
    expect(ran.stdout).toContain('PLAN.INCOMPLETE');
    expect(ran.code).toBe(0);
    expect(world.writes()).toEqual([]);
    world.workspace.faults.clear();
    expect((await world.dpo(...apply)).code).toBe(0);
    expect(world.writes().map((write) => write.split(' ')[0])).toEqual(['DELETE']);
  }, 60_000);

  test('tables that are skipped because they cannot be seen keep their monitors', async () => {
    await world.write('dpo.yaml', `${config}on_invalid_table: skip\n`);
    world.workspace.faults.add({ match: tables, ...missing });
    const ran = await world.dpo(...apply);
    expect(ran.code).toBe(0);
    expect(world.writes()).toEqual([]);
  }, 60_000);
});
