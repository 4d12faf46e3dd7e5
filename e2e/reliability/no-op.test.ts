import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Ran } from '../support/run-dpo.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: monitoring }
monitored_tables:
  prod.ml.orders: { slicing_exprs: [region] }
  prod.ml.churn_baseline: {}
  prod.ml.churn_predictions: { profile_type: TIMESERIES, timestamp_column: timestamp, granularity: 1 day }
`;

interface Watched {
  readonly ran: Ran;
  readonly reads: number;
  /** Requests that could have changed something, statements that are no query among them. */
  readonly writes: readonly string[];
  /** Names in the state folder that were made, changed or removed while it ran, a lock of a millisecond too. */
  readonly touched: readonly string[];
}

describe('1.24 an apply with nothing to do', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
    await mkdir(join(world.home, 'state'));
  });
  afterEach(async () => world.close());

  const watched = async (...args: readonly string[]): Promise<Watched> => {
    const touched = new Set<string>();
    const watcher = watch(join(world.home, 'state'), (_event, name) => touched.add(name ?? ''));
    world.workspace.clearRequests();
    const ran = await world.dpo(...args);
    // What the system tells of the last change may come after the process has ended.
    await wait(200);
    watcher.close();
    const requests = world.workspace.requests();
    const writes = requests.filter(({ method, body }) => method !== 'GET' && !isQuery(body));
    return {
      ran,
      reads: requests.length - writes.length,
      writes: writes.map(({ method, path }) => `${method} ${path}`),
      touched: [...touched].toSorted(),
    };
  };

  test('sends no write, takes no lock, and changes no byte, time or serial of the state', async () => {
    const first = await watched('apply', '--auto-approve');
    expect(first.ran.code).toBe(0);
    // What nothing is compared with: the same eyes see the writes and the lock of an apply that has something to do.
    expect(first.writes.length).toBeGreaterThan(3);
    expect(first.touched).toEqual(
      expect.arrayContaining(['local.json', 'local.json.journal', 'local.json.lock', 'local.history.ndjson']),
    );
    const settled = await world.stateFiles();
    const bytes = Buffer.byteLength(await world.read('state/local.json'));

    await world.dpo('plan', '--out', 'plan.json');
    const commands: readonly (readonly string[])[] = [
      ['apply', '--auto-approve'],
      ['apply', 'plan.json'],
      ['apply', '--refresh-only', '--auto-approve'],
      ['apply', '--auto-approve', '--lock-timeout', '10m'],
      ['plan', '--detailed-exitcode'],
      ['drift'],
    ];
    let reads = 0;
    for (const command of commands) {
      // One after the other: they share one folder.
      // oxlint-disable-next-line no-await-in-loop
      const idle = await watched(...command);
      expect({ command, ...idle, code: idle.ran.code }).toMatchObject({ command, code: 0, writes: [], touched: [] });
      if (reads === 0) reads = idle.reads;
    }
    expect(await world.stateFiles()).toEqual(settled);
    process.stderr.write(
      `no-op apply · 4 resources: ${String(reads)} reads, 0 writes, 0 of ${String(bytes)} bytes of the state changed, ` +
        `no lock file; ${String(commands.length)} commands tried\n`,
    );
  }, 240_000);
});

function isQuery(body: unknown): boolean {
  const statement = typeof body === 'object' && body !== null && 'statement' in body ? body.statement : undefined;
  return typeof statement === 'string' && /^\s*(SELECT|WITH|SHOW|DESCRIBE)\b/iu.test(statement);
}
