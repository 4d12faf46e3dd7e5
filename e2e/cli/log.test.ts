import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ofType, readEvents } from '../support/events.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: monitoring_results }
monitored_tables: { prod.ml.orders: {}, prod.ml.churn: {}, prod.ml.fraud_detection: {}, prod.ml.churn_predictions: {} }
`;

let world: SmallWorld;

afterEach(() => world.close());

async function opened(realism: Parameters<typeof createSmallWorld>[0] = {}): Promise<void> {
  world = await createSmallWorld(realism);
  await world.write('dpo.yaml', config);
}

describe('what is sent to the workspace', () => {
  test('U006: --verbose shows it on stderr, one line a request, with the id that the workspace gave it', async () => {
    await opened();
    const quiet = await world.dpo('plan');
    expect(quiet.code).toBe(0);
    expect(quiet.stderr).not.toContain(' request ');
    const from = world.workspace.requests().length;
    const loud = await world.dpo('plan', '--verbose');
    expect([loud.code, loud.stdout]).toEqual([0, quiet.stdout]);
    const asked = world.workspace.requests().slice(from);
    const lines = loud.stderr.split('\n').filter((line) => line.includes(' request '));
    expect(lines).toHaveLength(asked.length);
    for (const { requestId, method, path } of asked) {
      const line = lines.find((one) => one.includes(requestId));
      expect(line).toContain(` request ${method} ${path}`);
    }
    expect(loud.stderr).toContain(`disconnected requests=${asked.length} writes=0`);
  });

  test('--log-file holds the same as JSON lines, for its owner only, and stdout stays the document', async () => {
    await opened();
    const ran = await world.dpoWith({ DPO_LOG_FILE: 'dpo.log', DPO_DEBUG_HTTP: 'true' }, 'plan', '--json');
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(JSON.parse(ran.stdout)).toMatchObject({ command: 'plan', status: 'ok' });
    const lines = (await world.read('dpo.log'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ event }) => event === 'request')).toHaveLength(world.workspace.requests().length);
    expect(lines.find(({ event }) => event === 'request')).toMatchObject({
      level: 'info',
      status: 200,
      attempt: 1,
      request_headers: { authorization: '[redacted]' },
      response_body: expect.stringContaining('userName'),
    });
    expect(lines.at(-1)).toMatchObject({ event: 'summary', status: 'ok', exit_code: 0 });
    expect((await stat(join(world.home, 'dpo.log'))).mode & 0o777).toBe(0o600);
  });

  test('U006: what failed is at level error, with its request', async () => {
    await opened({ faults: [{ match: 'GET /api/2.0/preview/scim/v2/Me', status: 403, message: 'no', times: 1 }] });
    const ran = await world.dpo('plan', '--log-file', 'dpo.log', '--log-level', 'warn');
    expect(ran.code).toBe(1);
    const [refused] = world.workspace.requests();
    expect(ran.stderr).toContain(`(request ${refused?.requestId ?? 'none'})`);
    const lines = (await world.read('dpo.log')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['warn', 'error']);
    expect(lines[0]).toContain(`"request_id":"${refused?.requestId ?? 'none'}"`);
  });
});

describe('a workspace that limits requests', () => {
  test('U067: the run goes on more slowly, and says so', async () => {
    await opened({ rateLimits: [{ match: 'GET /api/2.1/unity-catalog/tables*', perSecond: 2, burst: 2 }] });
    const ran = await world.dpo('plan', '--events', 'events.ndjson');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('Create 5');
    expect(ran.stderr).toMatch(/slowed down by the workspace: \d+ requests\/s/u);
    const throttled = ofType(await readEvents(world), 'throttled');
    expect(throttled.length).toBeGreaterThan(0);
    expect(throttled[0]).toMatchObject({ rate: expect.any(Number), milliseconds: 1000 });
    const limited = world.workspace.requests().filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(0);
  });
});
