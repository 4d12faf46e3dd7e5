import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ofType, readEvents } from '../support/events.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: monitoring }
monitored_tables:
  prod.ml.orders: {}
  prod.ml.churn: {}
`;
const file = ['--events', 'events.ndjson'] as const;

describe('--events', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  // The steps build on each other, so they are one test.
  test('plan, apply, drift, refresh and destroy write what they do, beside the same text', async () => {
    const quiet = await world.dpo('plan');
    const planned = await world.dpo('plan', ...file);
    expect(planned.stdout).toBe(quiet.stdout);
    const plan = await readEvents(world);
    // A slow machine tells more than once how far it has read.
    expect(ofType(plan, 'reading').at(-1)).toMatchObject({ done: 3, total: 3 });
    expect(plan.map(({ type }) => type).filter((type) => type !== 'reading')).toEqual([
      'version',
      'planned_change',
      'planned_change',
      'planned_change',
      'problem',
      'change_summary',
      'summary',
    ]);
    expect(plan.at(-1)).toMatchObject({ status: 'ok', exit_code: 0, not_started: 0, state: { status: 'unchanged' } });
    expect(planned.stdout).toContain(String(plan.at(-2)?.['fingerprint']).slice(0, 4));

    await world.dpo('apply', '--auto-approve', ...file);
    const applied = await readEvents(world);
    expect(ofType(applied, 'op_started')).toHaveLength(3);
    expect(ofType(applied, 'op_done')).toHaveLength(3);
    expect(applied.at(-1)).toMatchObject({ status: 'ok', done: 3, failed: 0, state: { status: 'saved' } });

    await world.dpo('apply', '--auto-approve', ...file);
    const idle = await readEvents(world);
    expect(ofType(idle, 'planned_change')).toEqual([]);
    expect(idle.at(-1)).toMatchObject({ done: 0, state: { status: 'unchanged' } });

    await world.dpo('refresh', '--wait', ...file);
    const refreshes = ofType(await readEvents(world), 'refresh');
    expect(refreshes).toHaveLength(4);
    expect(refreshes.slice(-2)).toEqual([
      expect.objectContaining({ state: 'SUCCESS' }),
      expect.objectContaining({ state: 'SUCCESS' }),
    ]);

    await world.dpo('drift', ...file);
    expect((await readEvents(world)).at(-1)).toMatchObject({ status: 'ok' });

    await world.dpo('destroy', '--confirm', 'local', '--json', ...file);
    expect((await readEvents(world)).at(-1)).toMatchObject({ done: 3, exit_code: 0 });
  }, 120_000);

  test('an error and missing consent end with their problem and a summary', async () => {
    const ran = await world.dpo('apply', ...file);
    expect(ran.code).toBe(4);
    const missing = await readEvents(world);
    expect(ofType(missing, 'problem').at(-1)).toMatchObject({ problem: { code: 'CONSENT.MISSING' } });
    expect(missing.at(-1)).toMatchObject({ status: 'consent', exit_code: 4, done: 0, not_started: 3 });

    await world.write('dpo.yaml', config.replace('SNAPSHOT', 'SNAPSHTO'));
    await world.dpo('plan', ...file);
    const faulty = await readEvents(world);
    expect(faulty.map(({ type }) => type)).toEqual(['version', 'problem', 'summary']);
    expect(faulty.at(-1)).toMatchObject({ status: 'error', exit_code: 1 });
  }, 60_000);

  test('a file that cannot be opened is one problem, and nothing is written', async () => {
    for (const name of ['no/such/folder', 'dpo.yaml']) {
      // oxlint-disable-next-line no-await-in-loop
      const ran = await world.dpo('apply', '--auto-approve', '--events', name);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('EVENTS.NOT_WRITTEN');
      expect(ran.stderr).toContain('1 error');
    }
    expect(await world.read('dpo.yaml')).toBe(config);
    expect(world.workspace.requests()).toEqual([]);
    expect(await world.stateFiles()).toEqual([]);
  }, 60_000);

  test('N018 the token is never in it, also where the service repeats it', async () => {
    const { url, token } = world.workspace;
    const message = `no monitor for ${token}`;
    const rules = [{ match: 'POST /api/data-quality/v1/monitors', status: 400, message, times: 'unlimited' }];
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    await fetch(`${url}/__local/faults`, { method: 'POST', headers, body: JSON.stringify({ rules }) });
    const ran = await world.dpo('apply', '--auto-approve', ...file);
    expect(ran.code).toBe(3);
    const events = await readEvents(world);
    expect(ofType(events, 'op_failed')).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ status: 'failed', exit_code: 3, done: 1, failed: 2 });
    const text = await world.read('events.ndjson');
    expect(text).toContain('no monitor for ');
    expect(text).not.toContain(token);
  }, 60_000);
});
