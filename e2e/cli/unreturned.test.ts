import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
monitored_tables:
  prod.ml.churn_predictions:
    profile_type: INFERENCE
    output_schema_name: monitoring
    problem_type: PROBLEM_TYPE_CLASSIFICATION
    timestamp_column: timestamp
    prediction_column: churned
    model_id_column: model
    prediction_probability_column: churn_probability
`;

describe('W019 a setting that the service may never return', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  test('is told once, is no difference for ever, and is still changed by the config', async () => {
    const dropped = world.behaviour.monitor_probability_column === 'dropped';
    const notice = 'the service does not return prediction_probability_column';
    const told = async (...args: readonly string[]): Promise<boolean> =>
      (await world.dpo('apply', '--auto-approve', ...args)).stdout.includes(notice);

    expect(await told()).toBe(dropped);
    expect((await world.read('state/local.json')).includes('"unreturned"')).toBe(dropped);
    expect((await world.dpo('plan', '--detailed-exitcode')).code).toBe(0);
    expect((await world.dpo('drift')).code).toBe(0);

    await world.write('dpo.yaml', config.replace(': churn_probability', ': id'));
    const changed = await world.dpo('plan', '--full');
    expect(changed.stdout).toMatch(/prediction_probability_column +churn_probability +→ +id/u);
    expect(await told()).toBe(false);
    expect((await world.dpo('plan', '--detailed-exitcode')).code).toBe(0);
  });
});
