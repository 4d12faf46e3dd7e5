import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
warehouse_id: local0000warehouse
targets: { local: { workspace: local } }
default_target: local
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
monitored_tables:
  prod.ml.orders: {}
  prod.ml.churn: {}
  prod.ml.churn_baseline: {}
`;
const less = config.replace('  prod.ml.churn_baseline: {}\n', '');
const tables = 'GET /api/2.1/unity-catalog/tables/prod.ml.*';
const refused = { status: 403, errorCode: 'PERMISSION_DENIED', times: 'unlimited' } as const;
const missing = { status: 404, errorCode: 'TABLE_DOES_NOT_EXIST', message: 'no such table', times: 'unlimited' } as const;

describe('U144 a discovery that fails never reaches apply', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    // From here on a monitor is to be deleted, as soon as everything can be read.
    await world.write('dpo.yaml', less);
    world.workspace.clearRequests();
  }, 60_000);
  afterEach(async () => world.close());

  test.each([
    ['every table is refused', { match: tables, ...refused }, 'CATALOG.UNREADABLE'],
    ['tags cannot be read', { match: 'POST /api/2.0/sql/statements', ...refused }, 'API.FORBIDDEN'],
    ['every table is gone, as after a revoked grant', { match: tables, ...missing }, 'CATALOG.TABLE_NOT_FOUND'],
    ['nobody knows who we are', { match: 'GET /api/2.0/preview/scim/v2/Me', ...refused }, 'API.FORBIDDEN'],
  ])('%s: exit 1, and nothing is written', async (_name, rule, code) => {
    const before = await world.stateFiles();
    world.workspace.faults.add(rule);
    for (const command of [['plan'], ['apply', '--auto-approve'], ['destroy', '--confirm', 'local']]) {
      // One after the other: they share a state.
      // oxlint-disable-next-line no-await-in-loop
      const ran = await world.dpo(...command);
      // A destroy does not ask for tags, and what is gone is no reason not to destroy the rest.
      if (command[0] === 'destroy' && !['CATALOG.UNREADABLE', 'API.FORBIDDEN'].includes(code)) continue;
      if (command[0] === 'destroy' && rule.match.startsWith('POST')) continue;
      expect(`${ran.stderr}${ran.stdout}`).toContain(code);
      expect(ran.code).toBe(1);
    }
  }, 60_000);

  test('N015 one table is refused: it is left alone, and the plan holds no delete', async () => {
    world.workspace.faults.add({ match: 'GET /api/2.1/unity-catalog/tables/prod.ml.orders', ...refused });
    const ran = await world.dpo('apply', '--auto-approve');
    expect(ran.stdout).toContain('PLAN.INCOMPLETE');
    expect(ran.code).toBe(0);
    expect(world.writes()).toEqual([]);
    world.workspace.faults.clear();
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    expect(world.writes().map((write) => write.split(' ')[0])).toEqual(['DELETE']);
  }, 60_000);

  test('tables that are skipped because they cannot be seen keep their monitors', async () => {
    await world.write('dpo.yaml', `${config}on_invalid_table: skip\n`);
    world.workspace.faults.add({ match: tables, ...missing });
    const ran = await world.dpo('apply', '--auto-approve');
    expect(ran.code).toBe(0);
    expect(world.writes()).toEqual([]);
  }, 60_000);
});
