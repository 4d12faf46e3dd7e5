import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ofType, readEvents } from '../support/events.ts';
import { binary, startProgram, type Started } from '../support/run-dpo.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const tables = ['churn', 'churn_baseline', 'churn_predictions', 'fraud_detection', 'orders'];
const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: monitoring }
monitored_tables:
${tables.map((table) => `  prod.ml.${table}: {}\n`).join('')}`;

/** For how long the first monitor is being made: long enough for signals on a busy machine. */
const slowMs = 8000;

describe('interrupts', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld({ faults: [{ match: 'POST /api/data-quality/v1/monitors', latencyMs: slowMs }] });
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  /** One operation at a time, so that it is known what runs when the first monitor is begun. */
  const startApply = (): Started => {
    const words = ['apply', '--auto-approve', '--parallelism', '1', '--events', 'events.ndjson'];
    return startProgram(binary, words, { home: world.home });
  };
  const until = async (text: string): Promise<void> => {
    const file = join(world.home, 'events.ndjson');
    // oxlint-disable-next-line no-await-in-loop
    while (!(await readFile(file, 'utf8').catch(() => '')).includes(text)) await sleep(20);
  };
  /** Only the line of its start ends so. */
  const untilMonitor = (): Promise<void> => until('"address":"monitor:prod.ml.churn","action":"create"}');
  const creates = (): number =>
    world.workspace
      .requests()
      .filter(({ method, path, status }) => method === 'POST' && path.endsWith('/monitors') && status === 200).length;
  const converge = async (): Promise<void> => {
    const again = await world.dpo('apply', '--auto-approve');
    expect(again).toMatchObject({ code: 0 });
    expect((await world.dpo('plan', '--detailed-exitcode')).code).toBe(0);
    expect(creates()).toBe(tables.length);
  };

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'the first %s lets what runs end and starts nothing new; the next apply does the rest',
    async (signal) => {
      const running = startApply();
      await untilMonitor();
      running.signal(signal);
      const ran = await running.ended;
      expect(ran.code).toBe(130);
      expect(ran.stderr).toContain('1 running, 4 not started');
      expect(ran.stdout).toMatch(/Applied 2 of 6 operations: .*not started 4/u);
      const events = await readEvents(world);
      expect(ofType(events, 'stopping')).toEqual([
        expect.objectContaining({ signal, running: 1, not_started: 4, cut_off: false }),
      ]);
      expect(events.at(-1)).toMatchObject({
        status: 'interrupted',
        exit_code: 130,
        done: 2,
        failed: 0,
        not_started: 4,
        state: { status: 'saved' },
      });
      expect(creates()).toBe(1);
      expect((await world.stateFiles()).map((line) => line.split(' ')[0])).not.toContain('local.json.lock');
      await converge();
    },
    120_000,
  );

  test('the second one cuts off what runs, which counts as unknown; the next apply looks before it writes', async () => {
    // The folder of a monitor is made before it: what is cut off here is the request for the monitor itself.
    const held = world.hold('POST', '/api/data-quality/v1/monitors');
    const running = startApply();
    await held.came;
    held.letGo();
    running.signal('SIGINT');
    await until('"stopping"');
    const cutAt = Date.now();
    running.signal('SIGTERM');
    const ran = await running.ended;
    expect(Date.now() - cutAt).toBeLessThan(slowMs / 2);
    expect(ran.code).toBe(130);
    expect(ran.stderr).toContain('stopping now: 1 running, 4 not started');
    expect(ran.stdout).toContain('API.OUTCOME_UNKNOWN');
    const events = await readEvents(world);
    expect(events.at(-1)).toMatchObject({ exit_code: 130, done: 1, failed: 1, not_started: 4 });
    const state = JSON.parse(await world.read('state/local.json')) as { intents: { address: string; at: string }[] };
    expect(state.intents).toMatchObject([{ address: 'monitor:prod.ml.churn', action: 'create' }]);

    // The request that was cut off may take effect for as long as its deadline says: wait for it, on paper.
    const text = await world.read('state/local.json');
    await world.write('state/local.json', text.replaceAll(/"at":"[^"]+"/gu, '"at":"2026-01-01T00:00:00.000Z"'));
    await sleep(slowMs);
    await converge();
  }, 120_000);

  test('before anything was written there is nothing to clear up', async () => {
    const running = startApply();
    await until('"version"');
    running.signal('SIGINT');
    const ran = await running.ended;
    expect(ran.code).toBe(130);
    expect(world.writes()).toEqual([]);
    expect(await world.stateFiles()).toEqual([]);
    expect((await readEvents(world)).at(-1)).toMatchObject({ status: 'interrupted', exit_code: 130 });
  }, 60_000);
});
