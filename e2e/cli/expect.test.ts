import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults:
  profile_type: SNAPSHOT
  output_schema_name: monitoring
monitored_tables:
  prod.ml.orders: {}
`;
const grown = `${config}  prod.ml.churn: {}\n`;

describe('W007 apply --expect', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  async function approve(): Promise<{ readonly fingerprint: string; readonly approval: string }> {
    const planned = await world.dpo('plan', '--out', 'approved.json', '--json');
    const { plan, approval } = JSON.parse(planned.stdout) as { plan: { fingerprint: string }; approval: string };
    return { fingerprint: plan.fingerprint.slice(0, 16), approval };
  }

  test('with the fingerprint of this plan runs it without asking', async () => {
    const { fingerprint } = await approve();
    const applied = await world.dpo('apply', '--expect', `fp:${fingerprint.replaceAll(/.{4}(?=.)/gu, '$&-')}`);
    expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining('Applied 2 of 2') });
  });

  test('with the fingerprint of another plan writes nothing', async () => {
    const { fingerprint } = await approve();
    await world.write('dpo.yaml', grown);
    world.workspace.clearRequests();
    const refused = await world.dpo('apply', '--expect', fingerprint);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('PLAN.CHANGED') });
    expect([world.writes(), await world.stateFiles()]).toEqual([[], []]);
  });

  test('with an approval runs what was approved and leaves what is new to the next plan', async () => {
    const { approval } = await approve();
    await world.write('dpo.yaml', grown);
    const applied = await world.dpo('apply', '--expect', approval, '--json');
    const { plan, outcomes } = JSON.parse(applied.stdout) as {
      plan: { deferred: unknown };
      outcomes: readonly { address: string; status: string }[];
    };
    expect(applied.code).toBe(0);
    expect(outcomes.map(({ address, status }) => `${address} ${status}`)).toEqual([
      'schema:prod.monitoring done',
      'monitor:prod.ml.orders done',
    ]);
    expect(plan.deferred).toMatchObject([{ address: 'monitor:prod.ml.churn', action: 'create', why: 'new' }]);

    const again = await world.dpo('apply', '--expect', 'approved.json');
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/Deferred 1 .*\n.*monitor +prod\.ml\.churn/u);
    const rest = await world.dpo('plan');
    expect(rest.stdout).toContain('create 1');
  });

  test('ends with 1 when what was approved is something else by now, and writes nothing', async () => {
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', config.replace('orders: {}', 'orders: { slicing_exprs: [region] }'));
    await approve();
    await world.write('dpo.yaml', config.replace('orders: {}', 'orders: { slicing_exprs: [id] }'));
    world.workspace.clearRequests();
    const applied = await world.dpo('apply', '--expect', 'approved.json');
    expect(applied).toMatchObject({ code: 1, stdout: expect.stringContaining('no longer what was approved') });
    expect(world.writes()).toEqual([]);
  });

  test.each([
    ['fp:7f3a', "'fp:7f3a' is not a fingerprint"],
    ['no-such-plan.json', "plan file 'no-such-plan.json' cannot be read"],
    ['dpo.yaml', "'dpo.yaml' is not a plan file of dpo"],
  ])('refuses %s as an approval', async (text, message) => {
    const refused = await world.dpo('apply', '--expect', text);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
    expect(world.writes()).toEqual([]);
  });

  test('refuses an approval beside a saved plan', async () => {
    const { approval } = await approve();
    const refused = await world.dpo('apply', 'approved.json', '--expect', approval);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('its own approval') });
  });
});
