import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { callsOf, type WorkspaceCalls } from '../support/workspace-calls.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
monitored_tables:
  prod.ml.orders: {}
anomaly_detection:
  "m*": { excluded_tables: ["or*"] }
`;

describe('W010 W017 anomaly detection, and a target that only reads', () => {
  let world: SmallWorld;
  let calls: WorkspaceCalls;
  beforeEach(async () => {
    world = await createSmallWorld();
    calls = callsOf(world);
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  const anomaly = async (): Promise<Record<string, unknown> | undefined> => {
    const id = String((await calls.call('GET', '/api/2.1/unity-catalog/schemas/prod.ml')).body['schema_id']);
    const { status, body } = await calls.call('GET', `/api/data-quality/v1/monitors/schema/${id}`);
    return status === 404 ? undefined : (body['anomaly_detection_config'] as Record<string, unknown>);
  };

  test('from plan to destroy, and what is only read stays through all of it', async () => {
    expect(await world.dpo('apply', '--auto-approve')).toMatchObject({ code: 0 });
    expect(await anomaly()).toMatchObject({ excluded_table_full_names: ['prod.ml.orders'] });
    expect(await world.dpo('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });

    // The state knows both, and the config wants neither any more.
    const reading = config.replace('workspace: local, ', 'workspace: local, read_only_monitors: true, ');
    await world.write('dpo.yaml', reading.slice(0, reading.indexOf('anomaly_detection')).replace('orders', 'churn'));
    expect(await world.dpo('apply', '--auto-approve')).toMatchObject({ code: 0 });
    expect(await world.dpo('destroy', '--confirm', 'local')).toMatchObject({ code: 0 });
    expect(await calls.monitorOf(await calls.idOf('orders'))).toBe(200);
    expect(await calls.monitorOf(await calls.idOf('churn'))).toBe(404);
    expect(await anomaly()).toMatchObject({ excluded_table_full_names: ['prod.ml.orders'] });

    await world.write('dpo.yaml', config);
    expect(await world.dpo('destroy', '--confirm', 'local')).toMatchObject({ code: 0 });
    expect(await anomaly()).toBeUndefined();
  }, 120_000);
});
