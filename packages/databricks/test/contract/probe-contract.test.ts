import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { shippedBehaviours, type Behaviour } from '@dpo/local-workspace';
import { getMe, probe, type Probed } from '../../src/index.ts';
import { startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';

const schema = 'prod.scratch';

/** Monitors come up after a while, so that what holds only before can be seen. */
const lifecycle = { activeAfterMs: 300, deleteDelayMs: 400 };

async function probeUnder(behaviour: Partial<Behaviour>): Promise<{ probed: Probed; workspace: ContractWorkspace }> {
  const workspace = await startContractWorkspace({
    behaviour: { ...shippedBehaviours.documented, ...behaviour },
    lifecycle,
  });
  const clock = {
    now: () => Date.now(),
    sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, Math.min(ms, 50))),
  };
  const request = {
    client: workspace.client,
    warehouseId: workspace.local.warehouseId,
    schema,
    mark: 'dpo_probe_1',
    tell: () => {},
    patienceMs: 700,
  };
  const { userName } = await getMe(workspace.client);
  const probed = await probe({ ...request, userName }, { ...workspace.write, clock });
  return { probed, workspace };
}

function switchesOf({ seen }: Probed): Partial<Behaviour> {
  return Object.fromEntries(seen.map(({ name, value }) => [name, value]));
}

describe.each(['documented', 'contrary'] as const)('a probe of a workspace that behaves as %s', (name) => {
  let first: Probed;
  let workspace: ContractWorkspace;
  beforeAll(async () => {
    ({ probed: first, workspace } = await probeUnder(shippedBehaviours[name]));
  });
  afterAll(() => workspace.close());

  test('W005 sees what the workspace does, and says of everything else why not', () => {
    expect(switchesOf(first)).toEqual(
      Object.fromEntries(Object.entries(shippedBehaviours[name]).filter(([key]) => key in switchesOf(first))),
    );
    const told = [...first.seen, ...first.unseen].map((one) => one.name);
    expect(told.toSorted()).toEqual(Object.keys(shippedBehaviours[name]).toSorted());
    expect(first.unseen.map((one) => one.name)).toEqual([
      'view_text_by_rest',
      'view_properties',
      'monitor_quota_error',
      'alert_limit_error',
      'alert_empty_result',
      // The folder of a user is managed by the user, so that no change of permissions takes that away.
      'permission_own_management',
    ]);
  });

  test('W005 leaves nothing behind', async () => {
    expect(first.left).toEqual([]);
    const { client } = workspace;
    const schemas = await client.send({
      method: 'GET',
      path: '/api/2.1/unity-catalog/schemas',
      query: { catalog_name: 'prod' },
    });
    expect(JSON.stringify(schemas.body)).not.toMatch(/scratch|dpo_probe/u);
    const alerts = await client.send({ method: 'GET', path: '/api/2.0/alerts' });
    expect(alerts.body['alerts'] ?? []).toEqual([]);
    const dashboards = await client.send({ method: 'GET', path: '/api/2.0/lakeview/dashboards' });
    expect(dashboards.body['dashboards'] ?? []).toEqual([]);
  });

  test('W005 a workspace that replays what was seen gives the same profile again', async () => {
    const again = await probeUnder(switchesOf(first));
    try {
      expect(again.probed.seen).toEqual(first.seen);
    } finally {
      await again.workspace.close();
    }
  });
});
