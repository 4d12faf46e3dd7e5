import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ofType, readEvents } from '../support/events.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: monitoring }
monitored_tables:
  prod.ml.orders: {}
`;

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

describe('the commands of the Python tool', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('shop.yaml', config);
  });
  afterEach(async () => world.close());

  test('U003 dry-run is plan, to the letter, and says so once', async () => {
    const plan = await world.dpo('plan', 'shop.yaml', '--detailed-exitcode');
    const ran = await world.dpo('dry-run', 'shop.yaml', '--detailed-exitcode');
    expect(ran).toMatchObject({ code: plan.code, stdout: plan.stdout });
    expect(countOf(ran.stderr, 'dpo plan shop.yaml --detailed-exitcode')).toBe(1);
    expect(world.writes()).toEqual([]);
  }, 60_000);

  test('U004 run without --confirm shows the plan, exits 4, says what to run, and writes nothing', async () => {
    const ran = await world.dpo('run', 'shop.yaml');
    expect(ran.code).toBe(4);
    expect(ran.stdout).toContain('Create 2');
    expect(ran.stderr).toContain('CONSENT.MISSING');
    expect(ran.stderr).toContain('hint: approve it in advance: dpo apply --auto-approve --config shop.yaml');
    expect(world.writes()).toEqual([]);
    expect(await world.stateFiles()).toEqual([]);
  }, 60_000);

  test('U004 run --confirm shows the plan and applies it; then there is nothing to consent to', async () => {
    const ran = await world.dpo('run', '--confirm', 'shop.yaml', '--events', 'events.ndjson');
    expect(ran.code).toBe(0);
    expect(ran.stdout.indexOf('Create 2')).toBeLessThan(ran.stdout.indexOf('Applied 2 of 2'));
    expect(countOf(ran.stderr, 'dpo apply --auto-approve --config shop.yaml')).toBe(1);
    expect(ofType(await readEvents(world), 'problem')[0]).toMatchObject({ problem: { code: 'RUN.RENAMED' } });
    expect((await world.dpo('run', 'shop.yaml')).code).toBe(0);
    const told = JSON.parse((await world.dpo('run', 'shop.yaml', '--json')).stdout) as { problems: object[] };
    expect(told).toMatchObject({ command: 'run', status: 'ok', problems: [{ code: 'RUN.RENAMED' }] });
  }, 60_000);
});
