import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { expectGolden } from '../support/golden.ts';
import { createSmallWorld, steady, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults:
  profile_type: SNAPSHOT
  output_schema_name: monitoring
monitored_tables:
  prod.ml.orders: {}
  prod.ml.churn_baseline: {}
`;

const changed = `${config.replace('prod.ml.churn_baseline: {}', 'prod.ml.churn_predictions: {}').replace('orders: {}', 'orders: { slicing_exprs: [region] }')}`;

describe('the life of a project', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  // The steps build on each other, so they are one test.
  test('D001 R001 R020 plan, apply, plan again, change, destroy', async () => {
    const first = await world.dpo('plan');
    expect(first.code).toBe(0);
    await expectGolden('plan-first.txt', steady(first.stdout));
    expect(world.writes()).toEqual([]);
    expect(await world.stateFiles()).toEqual([]);

    const again = await world.dpo('plan');
    expect(again.stdout).toBe(first.stdout);

    const asked = await world.dpo('plan', '--detailed-exitcode', '--json');
    expect(asked.code).toBe(2);
    expect(JSON.parse(asked.stdout)).toMatchObject({
      command: 'plan',
      status: 'finding',
      config: 'dpo.yaml',
      plan: { format: 'dpo.plan/1', summary: { create: 3 } },
    });

    const applied = await world.dpo('apply', '--auto-approve');
    expect(applied.code).toBe(0);
    await expectGolden('apply-first.txt', steady(applied.stdout));
    expect(world.writes().filter((line) => line.startsWith('POST /api/data-quality'))).toHaveLength(2);

    // Nothing to do: no write, not one byte or time of the state.
    world.workspace.clearRequests();
    const settled = await world.stateFiles();
    const idle = await world.dpo('plan', '--detailed-exitcode');
    expect(idle).toMatchObject({ code: 0 });
    expect(idle.stdout).toContain('No changes.');
    const nothing = await world.dpo('apply', '--auto-approve');
    expect(nothing.code).toBe(0);
    expect(world.writes()).toEqual([]);
    expect(await world.stateFiles()).toEqual(settled);

    await world.write('dpo.yaml', changed);
    const next = await world.dpo('plan', '--out', 'plan.json');
    await expectGolden('plan-changed.txt', steady(next.stdout));
    const shown = await world.dpo('show', 'plan.json');
    expect(shown.stdout).toBe(next.stdout);
    const done = await world.dpo('apply', 'plan.json');
    expect(done.code).toBe(0);
    const stale = await world.dpo('apply', 'plan.json');
    expect(stale).toMatchObject({ code: 1 });
    expect(stale.stderr).toContain('PLAN.STALE');

    world.workspace.clearRequests();
    const refused = await world.dpo('destroy');
    expect(refused.code).toBe(4);
    const mistaken = await world.dpo('destroy', '--confirm', 'prod');
    expect(mistaken.code).toBe(4);
    expect(world.writes()).toEqual([]);
    const gone = await world.dpo('destroy', '--confirm', 'local');
    expect(gone.code).toBe(0);
    await expectGolden('destroy.txt', steady(gone.stdout));
    expect(world.writes().filter((line) => line.startsWith('DELETE'))).toHaveLength(3);
    const twice = await world.dpo('destroy', '--confirm', 'local');
    expect(twice).toMatchObject({ code: 0 });
    expect(twice.stdout).toContain('Nothing to destroy.');
  }, 120_000);

  test('D009 a config that is faulty by now does not keep destroy from removing what the state knows', async () => {
    await world.write('dpo.yaml', config);
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', config.replace('prod.ml.orders', 'prod.ml.gone'));
    const plan = await world.dpo('plan', '--json');
    expect(plan.code).toBe(1);
    const gone = await world.dpo('destroy', '--confirm', 'local');
    expect(gone).toMatchObject({ code: 0 });
    expect(gone.stdout).toContain('Destroyed 3 of 3');
  }, 60_000);
});
