import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const place = 'volume:/Volumes/prod/ops/dpo/local';
const config = `catalog_name: prod
project: shop
mode: bulk_provision_only
targets:
  local:
    workspace: local
    state: { backend: volume, path: ${place.slice('volume:'.length)} }
profile_defaults: { profile_type: SNAPSHOT }
monitored_tables:
  prod.ml.orders: {}
`;

describe('a state in a volume', () => {
  let world: SmallWorld;
  beforeAll(async () => {
    world = await createSmallWorld();
    await world.write('ops.yaml', 'catalogs: { prod: { schemas: { ops: { volumes: { dpo: {} } } } } }\n');
    await world.workspace.seed(`${world.home}/ops.yaml`);
    await world.write('dpo.yaml', config);
  });
  afterAll(async () => world.close());

  test('W009 is read by a plan that writes nothing, written by an apply, and moved out and back', async () => {
    world.workspace.clearRequests();
    const first = await world.dpo('plan');
    expect([first.code, world.writes()]).toEqual([0, []]);
    expect(first.stderr + first.stdout).toContain(`the first apply writes ${place}`);

    const applied = await world.dpo('apply', '--auto-approve');
    expect([applied.code, applied.stdout]).toEqual([0, expect.stringContaining('State saved.')]);
    expect(await world.stateFiles()).toEqual([]);
    const plan = world.writes().findIndex((request) => request.includes('/runs/'));
    const monitor = world.writes().findIndex((request) => request.includes('/api/data-quality/'));
    expect(plan).toBeGreaterThanOrEqual(0);
    expect(plan).toBeLessThan(monitor);

    world.workspace.clearRequests();
    expect((await world.dpo('plan', '--detailed-exitcode')).code).toBe(0);
    expect(world.writes()).toEqual([]);
    const reads = world.workspace.requests().filter(({ path }) => path.includes('/api/2.0/fs/'));
    expect(reads.length).toBeLessThanOrEqual(4);

    expect((await world.dpo('doctor')).stdout).toContain(`${place}: 2 resources, serial 1`);

    const moved = await world.dpo('state', 'migrate', 'state/local.json');
    expect([moved.code, moved.stdout]).toEqual([0, expect.stringContaining('moved the state with 2 resources')]);
    world.workspace.clearRequests();
    const old = await world.dpo('apply', '--auto-approve');
    expect([old.code, world.writes()]).toEqual([1, []]);
    expect(old.stderr).toContain('STATE.MOVED');
    expect(old.stderr).toContain('--state state/local.json');
    expect((await world.dpo('plan', '--detailed-exitcode', '--state', 'state/local.json')).code).toBe(0);

    const back = await world.dpo('state', 'migrate', place, '--state', 'state/local.json');
    expect(back.code).toBe(0);
    const listed = await world.dpo('state', 'list');
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining('prod.ml.orders')]);
    expect((await world.dpo('state', 'history')).stdout).toContain('monitor:prod.ml.orders');
  }, 120_000);
});
