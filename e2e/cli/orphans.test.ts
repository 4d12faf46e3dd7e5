import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { callsOf, type WorkspaceCalls } from '../support/workspace-calls.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only }, other: { workspace: local, mode: bulk_provision_only } }
default_target: local
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
monitored_tables:
  prod.ml.orders: {}
  prod.ml.churn: {}
`;
const less = config.replace('  prod.ml.churn: {}\n', '');
const cleaning = `${less}cleanup_orphans: true\n`;

/** Requests that only a search for our marker sends. */
const searching = [
  'GET /api/data-quality/v1/monitors',
  'GET /api/2.0/workspace/list',
  'GET /api/2.1/unity-catalog/schemas',
];

describe('what the state does not know', () => {
  let world: SmallWorld;
  let idOf: WorkspaceCalls['idOf'];
  let monitorOf: WorkspaceCalls['monitorOf'];
  let call: WorkspaceCalls['call'];
  beforeEach(async () => {
    world = await createSmallWorld();
    ({ call, idOf, monitorOf } = callsOf(world));
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  const searches = (): readonly string[] => {
    const sent = world.workspace.requests().map(({ method, path }) => `${method} ${path}`);
    return searching.filter((request) => sent.includes(request));
  };
  const loseState = (): Promise<void> => rm(join(world.home, 'state'), { recursive: true });
  const aliveOf = async (...tables: readonly string[]): Promise<readonly number[]> =>
    Promise.all(tables.map(async (table) => monitorOf(await idOf(table))));
  const refuse = (match: string): void => {
    const error = { status: 403, errorCode: 'PERMISSION_DENIED', message: 'no', times: 'unlimited' } as const;
    world.workspace.faults.add({ match, ...error });
  };

  test('U143 an ordinary plan does not look for it; one without a state does, and deletes nothing', async () => {
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', less);
    world.workspace.clearRequests();
    const ordinary = await world.dpo('plan', '--json');
    expect(searches()).toEqual([]);
    expect(JSON.parse(ordinary.stdout)).toMatchObject({ plan: { orphans: [], summary: { delete: 1 } } });

    await loseState();
    world.workspace.clearRequests();
    const plan = await world.dpo('plan');
    expect(searches()).toEqual(searching);
    expect(plan.stdout).toContain('Orphans 1');
    expect(plan.stdout).toMatch(/monitor +prod\.ml\.churn/);
    expect(plan.stdout).toContain('cleanup_orphans is not set');
    expect(plan.stdout).toContain('removed tables are not planned for deletion');
    await world.dpo('apply', '--auto-approve');
    expect(await aliveOf('churn', 'orders')).toEqual([200, 200]);
    world.workspace.clearRequests();
    await world.dpo('drift');
    expect(searches()).toEqual([]);
  }, 90_000);

  test('U041 cleanup_orphans deletes it by its name, within the limit of deletes, and then there is nothing to do', async () => {
    await world.dpo('apply', '--auto-approve');
    await loseState();
    await world.write('dpo.yaml', cleaning);
    const plan = await world.dpo('plan', '--json');
    expect(JSON.parse(plan.stdout)).toMatchObject({
      plan: {
        summary: { adopt: 2, delete: 1 },
        orphans: [{ address: 'monitor:prod.ml.churn', id: await idOf('churn'), fate: 'deleted' }],
      },
    });
    const refused = await world.dpo('apply', '--auto-approve', '--allow-deletes', '0');
    expect(refused.code).toBe(4);
    const ran = await world.dpo('apply', '--auto-approve');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain('ours by its marker only');
    expect(await aliveOf('churn', 'orders')).toEqual([404, 200]);
    const settled = await world.dpo('plan', '--detailed-exitcode');
    expect(settled).toMatchObject({ code: 0 });
  }, 90_000);

  test.each([
    ['target', 'shop/other', config, ['--target', 'other']],
    ['project', 'bakery/local', config.replace('shop', 'bakery'), []],
  ])(
    'N024 U041 a cleanup and a destroy of one %s leave the other alone, and each sees whose it is',
    async (...[, owner, text, target]) => {
      await world.write('dpo.yaml', less);
      await world.dpo('apply', '--auto-approve');
      await world.write('other.yaml', text.replace('  prod.ml.orders: {}\n', ''));
      await world.dpo('apply', '--auto-approve', '-c', 'other.yaml', ...target, '--state', 'other.json');

      await world.write('dpo.yaml', config);
      const ours = await world.dpo('plan');
      expect(ours).toMatchObject({ code: 1 });
      expect(ours.stdout).toContain(`belongs to '${owner}'`);

      await loseState();
      await world.write('dpo.yaml', cleaning.replace('orders', 'churn_baseline'));
      const cleaned = await world.dpo('apply', '--auto-approve');
      expect(cleaned).toMatchObject({ code: 0 });
      expect(await aliveOf('orders', 'churn', 'churn_baseline')).toEqual([404, 200, 200]);
      const gone = await world.dpo('destroy', '--confirm', 'local');
      expect(gone).toMatchObject({ code: 0 });
      expect(await aliveOf('churn', 'churn_baseline')).toEqual([200, 404]);
    },
    120_000,
  );

  test('D009 a destroy without a state names everything with our marker before it asks, and removes it', async () => {
    await world.dpo('apply', '--auto-approve');
    await loseState();
    await world.write('dpo.yaml', less);
    const asked = await world.dpo('destroy');
    expect(asked).toMatchObject({ code: 4 });
    expect(asked.stdout).toContain('what is found with our marker is destroyed');
    for (const name of ['prod.ml.orders', 'prod.ml.churn', 'prod.out']) expect(asked.stdout).toContain(name);
    const gone = await world.dpo('destroy', '--confirm', 'local');
    expect(gone).toMatchObject({ code: 0 });
    expect(gone.stdout).toContain('Destroyed 3 of 3');
    expect(await aliveOf('churn', 'orders')).toEqual([404, 404]);
    expect((await call('GET', '/api/2.1/unity-catalog/schemas/prod.out')).status).toBe(404);
  }, 90_000);

  test('W002 a destroy without a state that cannot look everywhere deletes nothing; with a state it goes on and says so', async () => {
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', less);
    await world.dpo('state', 'rm', 'monitor:prod.ml.churn', '--yes');
    const state = await world.read('state/local.json');
    await loseState();
    refuse('GET /api/2.0/workspace/list');
    world.workspace.clearRequests();
    const blind = await world.dpo('destroy', '--confirm', 'local');
    expect(blind).toMatchObject({ code: 1 });
    expect(blind.stderr).toContain('PLAN.INCOMPLETE');
    expect(world.writes()).toEqual([]);

    await world.write('left.json', state);
    const knowing = await world.dpo('destroy', '--confirm', 'local', '--state', 'left.json');
    expect(knowing).toMatchObject({ code: 0 });
    expect(knowing.stdout).toContain('PLAN.INCOMPLETE');
    expect(await aliveOf('churn', 'orders')).toEqual([200, 404]);
  }, 90_000);

  test('U141 a config whose tables are all out deletes what the state knows and cleans nothing up', async () => {
    await world.dpo('apply', '--auto-approve');
    await world.dpo('state', 'rm', 'monitor:prod.ml.churn', '--yes');
    await world.write('dpo.yaml', cleaning.replace('orders: {}', 'orders: { enabled: false }'));
    const plan = await world.dpo('plan');
    expect(plan.stdout).toContain('the config monitors no table');
    await world.dpo('apply', '--auto-approve');
    expect(await aliveOf('churn', 'orders')).toEqual([200, 404]);
  }, 90_000);

  test('U041 a project without a name is not cleaned up', async () => {
    await world.write('dpo.yaml', cleaning.replace('project: shop\n', ''));
    const ran = await world.dpo('plan');
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.stderr).toContain('CONFIG.PROJECT_REQUIRED');
    expect(world.workspace.requests()).toEqual([]);
  }, 30_000);
});
