import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { callsOf, type WorkspaceCalls } from '../support/workspace-calls.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only }, second: { mode: bulk_provision_only } }
default_target: local
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
monitored_tables:
  prod.ml.churn: {}
`;
const second = `
principals:
  eve@example.com: { admin: true, metastore_admin: true, tokens: [eve-token], workspace: second }
`;

describe('two workspaces on one metastore', () => {
  let world: SmallWorld;
  let here: WorkspaceCalls;
  let there: WorkspaceCalls;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('second.yaml', second);
    await world.workspace.seed(join(world.home, 'second.yaml'));
    for (const privilege of ['ALL_PRIVILEGES', 'MANAGE'] as const) {
      // oxlint-disable-next-line no-await-in-loop
      await world.workspace.grant({ type: 'catalog', name: 'prod' }, 'eve@example.com', privilege);
    }
    here = callsOf(world);
    there = callsOf(world, 'eve-token');
    await world.write('dpo.yaml', config);
    world.workspace.clearRequests();
  });
  afterEach(async () => world.close());

  /** dpo as it works in the second workspace, which is a real one to it. */
  const dpoThere = (...args: readonly string[]): ReturnType<SmallWorld['dpo']> =>
    world.dpoWith(
      { DATABRICKS_HOST: world.workspace.url, DATABRICKS_TOKEN: 'eve-token' },
      ...args,
      '--target',
      'second',
    );

  test('W026 the second sees that the monitor is not its own, and neither changes, replaces nor imports it', async () => {
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', config.replace('churn: {}', 'churn: { adopt: true, slicing_exprs: [prediction] }'));
    world.workspace.clearRequests();
    for (const args of [
      ['plan'],
      ['apply', '--auto-approve'],
      ['apply', '--auto-approve', '--replace', 'monitor:prod.ml.churn', '--allow-replace'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop
      const ran = await dpoThere(...args);
      expect(ran).toMatchObject({ code: 1 });
      expect(ran.stdout + ran.stderr).toContain('PLAN.OTHER_WORKSPACE');
    }
    const imported = await dpoThere('import', 'monitor:prod.ml.churn');
    expect(imported).toMatchObject({ code: 1 });
    expect(imported.stderr).toContain('IMPORT.OTHER_WORKSPACE');
    const gone = await dpoThere('destroy', '--confirm', 'second');
    expect(gone).toMatchObject({ code: 0 });
    expect(gone.stdout).toContain('Nothing to destroy.');
    expect(world.writes()).toEqual([]);
    expect(await here.monitorOf(await here.idOf('churn'))).toBe(200);
  }, 120_000);

  test('W026 a monitor that the second made in the place of ours is neither refreshed, changed nor deleted', async () => {
    await world.dpo('apply', '--auto-approve');
    const id = await here.idOf('churn');
    await here.call('DELETE', `/api/data-quality/v1/monitors/table/${id}`);
    const schema = String((await here.call('GET', '/api/2.1/unity-catalog/schemas/prod.out')).body['schema_id']);
    const profile = { output_schema_id: schema, assets_dir: '/Workspace/Shared/eve', snapshot: {} };
    await there.call('POST', '/api/2.0/workspace/mkdirs', { path: profile.assets_dir });
    const monitor = { object_type: 'table', object_id: id, data_profiling_config: profile };
    // A deletion may go on in the background.
    // oxlint-disable-next-line no-await-in-loop
    while ((await there.call('POST', '/api/data-quality/v1/monitors', monitor)).status === 409) await sleep(20);
    expect(await there.monitorOf(id)).toBe(200);
    world.workspace.clearRequests();

    const plan = await world.dpo('plan');
    expect(plan).toMatchObject({ code: 1 });
    expect(plan.stdout).toContain('PLAN.OTHER_WORKSPACE');
    const gone = await world.dpo('destroy', '--confirm', 'local');
    expect(gone.stdout).toContain('PLAN.OTHER_WORKSPACE');
    expect(world.writes()).toEqual([]);
    const refreshed = await world.dpo('refresh');
    expect(refreshed.code).not.toBe(0);
    expect(refreshed.stdout + refreshed.stderr).toMatch(/REFUSED.*workspace/su);
    expect(await here.monitorOf(id)).toBe(200);
  }, 120_000);

  test('U041 a destroy of a real workspace keeps what only the marker names, if the project has no name', async () => {
    await world.write(
      'dpo.yaml',
      config.replace('project: shop\n', '').replace('second: { ', 'second: { project: dpo, '),
    );
    await dpoThere('apply', '--auto-approve');
    await world.write('dpo.yaml', config.replace('project: shop\n', '').replace('churn', 'orders'));
    const kept = await dpoThere('destroy', '--confirm', 'second', '--state', 'none.json');
    expect(kept).toMatchObject({ code: 0 });
    expect(kept.stdout).toContain('the config names no project');
    expect(kept.stdout).not.toContain('Nothing to destroy.');
    expect(await here.monitorOf(await here.idOf('churn'))).toBe(200);
  }, 90_000);
});
