import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

describe('whose objects are touched', () => {
  let world: SmallWorld;
  let call: WorkspaceCalls['call'];
  let idOf: WorkspaceCalls['idOf'];
  let monitorOf: WorkspaceCalls['monitorOf'];
  beforeEach(async () => {
    world = await createSmallWorld();
    ({ call, idOf, monitorOf } = callsOf(world));
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  /** A stranger takes our monitor away and makes one of their own in its place. */
  const usurp = async (table: string): Promise<void> => {
    const id = await idOf(table);
    const schema = String((await call('GET', '/api/2.1/unity-catalog/schemas/prod.out')).body['schema_id']);
    await call('DELETE', `/api/data-quality/v1/monitors/table/${id}`);
    const profile = { output_schema_id: schema, assets_dir: '/Workspace/Users/stranger/mine', snapshot: {} };
    await call('POST', '/api/2.0/workspace/mkdirs', { path: profile.assets_dir });
    const monitor = { object_type: 'table', object_id: id, data_profiling_config: profile };
    // A deletion may go on in the background.
    // oxlint-disable-next-line no-await-in-loop
    while ((await call('POST', '/api/data-quality/v1/monitors', monitor)).status === 409) await sleep(20);
    expect(await monitorOf(id)).toBe(200);
    world.workspace.clearRequests();
  };

  test('D004 a plan made for one target is not carried out on another', async () => {
    await world.dpo('plan', '--out', 'plan.json');
    const ran = await world.dpo('apply', 'plan.json', '--target', 'other');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('PLAN.OTHER_TARGET');
    expect(world.writes()).toEqual([]);
  }, 30_000);

  test('T27 a saved delete does not hit the monitor that a stranger made in the place of ours', async () => {
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', less);
    await world.dpo('plan', '--out', 'plan.json');
    await usurp('churn');
    const ran = await world.dpo('apply', 'plan.json');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('PLAN.STALE');
    expect(world.writes()).toEqual([]);
    await world.dpo('apply', '--auto-approve');
    expect(await monitorOf(await idOf('churn'))).toBe(200);
  }, 60_000);

  test('N011 nor is it updated: the plan is refused until somebody decides', async () => {
    await world.dpo('apply', '--auto-approve');
    await usurp('churn');
    const ran = await world.dpo('apply', '--auto-approve');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('PLAN.FOREIGN');
    expect(world.writes()).toEqual([]);
  }, 30_000);

  test('C11 after a lost state, destroy removes what carries our marker; apply adopts it', async () => {
    await world.dpo('apply', '--auto-approve');
    await rm(join(world.home, 'state'), { recursive: true });
    const plan = await world.dpo('plan');
    expect(plan.stdout).toContain('Adopt 3');
    const gone = await world.dpo('destroy', '--confirm', 'local');
    expect(gone).toMatchObject({ code: 0 });
    expect(await monitorOf(await idOf('churn'))).toBe(404);
    expect(await monitorOf(await idOf('orders'))).toBe(404);
  }, 60_000);

  test('N009 a table dropped and created again: its former monitor is replaced, or destroyed by its id', async () => {
    await world.dpo('apply', '--auto-approve');
    const former = await idOf('churn');
    await world.dpo('local', 'sql', 'DROP TABLE prod.ml.churn');
    await world.dpo('local', 'sql', 'CREATE TABLE prod.ml.churn AS SELECT 1 AS id');
    expect(await idOf('churn')).not.toBe(former);
    const plan = await world.dpo('plan');
    expect(plan.stdout).toContain('Replace 1');
    const gone = await world.dpo('destroy', '--confirm', 'local');
    expect(gone).toMatchObject({ code: 0 });
    expect(await monitorOf(former)).toBe(404);
  }, 60_000);

  test('a monitor moves to another output schema before the old one is deleted', async () => {
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', config.replace('output_schema_name: out', 'output_schema_name: elsewhere'));
    if (world.behaviour.monitor_output_schema === 'refused') {
      const refused = await world.dpo('apply', '--auto-approve');
      expect(refused.code).toBe(3);
      expect(refused.stderr).toContain('output_schema_id: it cannot be changed');
      expect(await monitorOf(await idOf('churn'))).toBe(200);
    }
    const replace = ['--replace', 'monitor:prod.ml.churn', '--replace', 'monitor:prod.ml.orders', '--allow-replace'];
    world.workspace.clearRequests();
    const ran = await world.dpo(
      'apply',
      '--auto-approve',
      ...(world.behaviour.monitor_output_schema === 'refused' ? replace : []),
    );
    expect(ran).toMatchObject({ code: 0 });
    const writes = world.writes();
    const oldSchema = writes.findIndex((line) => line.startsWith('DELETE /api/2.1/unity-catalog/schemas/'));
    expect(oldSchema).toBe(writes.length - 1);
    const settled = await world.dpo('plan', '--detailed-exitcode');
    expect(settled.code).toBe(0);
  }, 60_000);

  test('W002 a monitor that cannot be read stops a destroy before it deletes anything', async () => {
    await world.dpo('apply', '--auto-approve');
    world.workspace.clearRequests();
    const match = `GET /api/data-quality/v1/monitors/table/${await idOf('churn')}`;
    world.workspace.faults.add({ match, status: 403, errorCode: 'PERMISSION_DENIED', message: 'no SELECT' });
    const ran = await world.dpo('destroy', '--confirm', 'local');
    world.workspace.faults.clear();
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('PLAN.INCOMPLETE');
    expect(world.writes()).toEqual([]);
  }, 60_000);
});
