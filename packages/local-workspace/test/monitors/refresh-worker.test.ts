import { describe, expect, test } from '@jest/globals';
import { createRefreshWorker } from '../../src/monitors/refresh-worker.ts';
import type { RefreshProfile } from '../../src/monitors/run-refresh.ts';
import { putMonitor } from '../../src/monitors/monitor.ts';
import { addRefresh, allRefreshes, putRefresh } from '../../src/monitors/refresh.ts';
import type { Refresh } from '../../src/monitors/refresh.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createUnity } from '../../src/unity/create-unity.ts';
import { createIds } from '../../src/unity/ids.ts';

const clock = (): Date => new Date('2026-03-04T09:00:00Z');

describe('refresh worker', () => {
  test('a refresh that a crash left RUNNING is started again, before those that wait', async () => {
    const order: string[] = [];
    const { storage, worker, begin } = await prepare(async ({ connection, profileMetricsTable }) => {
      order.push(profileMetricsTable);
      await connection.run(`CREATE OR REPLACE TABLE ${profileMetricsTable} AS SELECT 1 AS count`);
      return { profileRows: 1, driftRows: null };
    });
    await begin('a');
    const crashed = await begin('b');
    await storage.transaction((transaction) => putRefresh(transaction, { ...crashed, state: 'RUNNING' }));
    worker.wake();
    await worker.idle();
    expect(order).toEqual(['"c.s"."b_profile_metrics"', '"c.s"."a_profile_metrics"']);
    expect(allRefreshes(storage).map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS']);
    await storage.close();
  });

  test('a computation that fails leaves neither tables nor registrations, and the next one runs', async () => {
    const { storage, unity, worker, begin } = await prepare(async ({ connection, profileMetricsTable }) => {
      await connection.run(`CREATE OR REPLACE TABLE ${profileMetricsTable} AS SELECT 1 AS count`);
      if (profileMetricsTable.includes('a_')) throw new Error('no memory');
      return { profileRows: 1, driftRows: null };
    });
    await begin('a');
    await begin('b');
    worker.wake();
    await worker.idle();
    expect(inOrder(storage).map(({ state, message }) => [state, message])).toEqual([
      ['FAILED', 'no memory'],
      ['SUCCESS', undefined],
    ]);
    expect(unity.tables('c', 's').map(({ name }) => name)).toEqual(['a', 'b', 'b_profile_metrics']);
    const tables = await storage.query(async (connection) =>
      (
        await connection.runAndReadAll('SELECT table_name FROM duckdb_tables() WHERE schema_name = $1', ['c.s'])
      ).getRows(),
    );
    expect(tables).toEqual([['b_profile_metrics']]);
    await storage.close();
  });

  test('a running refresh that is canceled leaves no tables', async () => {
    let started: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const { storage, unity, worker, begin } = await prepare(async ({ connection, profileMetricsTable }) => {
      started();
      const endless = 'SELECT sum(a.i * b.i) AS count FROM range(10000000) a(i), range(10000000) b(i)';
      await connection.run(`CREATE OR REPLACE TABLE ${profileMetricsTable} AS ${endless}`);
      return { profileRows: 1, driftRows: null };
    });
    const refresh = await begin('a');
    worker.wake();
    await running;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await worker.cancel(refresh);
    await worker.idle();
    expect(allRefreshes(storage)).toMatchObject([{ state: 'CANCELED' }]);
    expect(unity.table('c.s.a_profile_metrics')).toBeUndefined();
    await storage.close();
  });

  test('closing breaks off a refresh and leaves it to the next worker', async () => {
    let runs = 0;
    const { storage, worker, begin, createWorker } = await prepare(async ({ connection, profileMetricsTable }) => {
      runs += 1;
      const numbers = runs === 1 ? 10_000_000 : 1;
      const rows = `SELECT sum(a.i * b.i) AS count FROM range(${numbers}) a(i), range(${numbers}) b(i)`;
      await connection.run(`CREATE OR REPLACE TABLE ${profileMetricsTable} AS ${rows}`);
      return { profileRows: 1, driftRows: null };
    });
    await begin('a');
    worker.wake();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await worker.close();
    expect(allRefreshes(storage)).toMatchObject([{ state: 'RUNNING' }]);
    const next = createWorker();
    next.wake();
    await next.idle();
    expect([runs, allRefreshes(storage)[0]?.state]).toEqual([2, 'SUCCESS']);
    await storage.close();
  });
});

function inOrder(storage: Storage): readonly Refresh[] {
  return allRefreshes(storage).toSorted((left, right) => left.order - right.order);
}

async function prepare(refreshProfile: RefreshProfile) {
  const storage = await openStorage(':memory:');
  const ids = createIds();
  const unity = createUnity({ storage, ids, clock, metastoreId: ids.uuid() });
  const schema = await storage.transaction(async (transaction) => {
    await unity.createCatalog(transaction, { name: 'c', owner: 'o' });
    return unity.createSchema(transaction, { catalog: 'c', name: 's', owner: 'o' });
  });
  const createWorker = () =>
    createRefreshWorker({ storage, unity, refreshProfile, clock, now: () => Date.now(), firstRefresh: 'automatic' });
  let last = 0;
  const begin = (name: string) =>
    storage.transaction(async (transaction) => {
      const columns = [{ name: 'id', typeText: 'int', nullable: true }];
      const place = { catalog: 'c', schema: 's', name, owner: 'o', columns };
      const { tableId } = await unity.registerTable(transaction, { ...place, tableType: 'MANAGED' });
      await putMonitor(transaction, {
        objectId: tableId,
        config: { output_schema_id: schema.schemaId, snapshot: {} },
        creator: 'o',
        workspaceId: '1',
        version: 0,
        activeAt: 0,
        dashboardId: '',
        monitoredTable: `c.s.${name}`,
        profileMetricsTable: `c.s.${name}_profile_metrics`,
        driftMetricsTable: `c.s.${name}_drift_metrics`,
      });
      last += 1;
      const queued = { refreshId: last, first: false, trigger: 'MANUAL', dueAt: 0, startTimeMs: 0 } as const;
      return addRefresh(transaction, { objectId: tableId, ...queued });
    });
  return { storage, unity, worker: createWorker(), createWorker, begin };
}
