import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: monitoring }
monitored_tables:
  prod.ml.orders: {}
  prod.ml.churn: {}
`;
const changed = config.replace('orders: {}', 'orders: { slicing_exprs: [region] }');

describe('plan --refresh', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', changed);
  });
  afterEach(async () => world.close());

  async function monitorsRead(...args: readonly string[]): Promise<number> {
    world.workspace.clearRequests();
    const { code, stdout } = await world.dpo('plan', ...args);
    expect([code, stdout]).toEqual([0, expect.stringContaining('update 1')]);
    return world.workspace.requests().filter(({ path }) => path.includes('/data-quality/v1/monitors/table/')).length;
  }

  test('reads all monitors, those that the config changed, or none, for the same plan', async () => {
    expect([
      await monitorsRead(),
      await monitorsRead('--refresh', 'changed'),
      await monitorsRead('--refresh', 'none'),
    ]).toEqual([2, 1, 0]);
  });

  test('an apply still refuses what changed outside and was not read', async () => {
    const planned = await world.dpo('plan', '--refresh', 'none', '--out', 'plan.json');
    expect(planned.stdout).toContain('--refresh none: 3 resources taken from the state unread');
    const orders = JSON.parse(await world.read('plan.json')) as { ops: readonly { id: string }[] };
    const path = `/api/data-quality/v1/monitors/table/${orders.ops[0]?.id ?? ''}`;
    const headers = { Authorization: `Bearer ${world.workspace.token}` };
    expect((await fetch(`${world.workspace.url}${path}`, { method: 'DELETE', headers })).ok).toBe(true);
    const refused = await world.dpo('apply', 'plan.json');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('PLAN.STALE') });
  });

  test('is refused together with --refresh-only', async () => {
    const refused = await world.dpo('plan', '--refresh-only', '--refresh', 'none');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('no meaning with it') });
  });
});
