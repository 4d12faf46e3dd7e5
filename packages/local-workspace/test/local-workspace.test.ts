import { describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkspaceInUseError, findLocalWorkspace, resetLocalWorkspace, startLocalWorkspace } from '../src/index.ts';
import type { LocalWorkspaceOptions } from '../src/index.ts';
import {
  createMonitor,
  fixedClock,
  monitorsPath,
  seedText,
  unityPrefix,
  withCalls,
  withWorkspace,
} from './workspace-client.ts';
import type { TestWorkspace } from './workspace-client.ts';

describe('local workspace', () => {
  test('ids, resources and data of a directory survive a restart', async () => {
    await inDirectory(async (directory) => {
      const first = await start({ directory });
      await seed(first, directory);
      const { tableId } = await createMonitor(first);
      await first.idle();
      await first.close();
      const second = await start({ directory });
      expect([second.workspaceId, second.metastoreId]).toEqual([first.workspaceId, first.metastoreId]);
      expect(second.workspaceId).toMatch(/^\d+$/);
      const refreshes = await second.call('GET', `${monitorsPath}/table/${tableId}/refreshes`);
      expect(refreshes.body['refreshes']).toMatchObject([{ state: 'MONITOR_REFRESH_STATE_SUCCESS' }]);
      expect(await count(second, 'prod.ml.recent')).toBe('29');
      await second.close();
    });
  });

  test('a first refresh that was held starts with a workspace that does not hold it', async () => {
    await inDirectory(async (directory) => {
      const first = await start({ directory, firstRefresh: 'held' });
      await seed(first, directory);
      await createMonitor(first);
      await first.close();
      const second = await start({ directory });
      await second.idle();
      expect(await count(second, 'prod.monitoring.churn_profile_metrics')).not.toBe('0');
      await second.close();
    });
  });

  test('a running workspace is found by its file, which only the user can read', async () => {
    await inDirectory(async (directory) => {
      expect(await findLocalWorkspace(directory)).toBeUndefined();
      const workspace = await start({ directory });
      const file = join(directory, 'server.json');
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
        url: workspace.url,
        token: workspace.token,
        pid: process.pid,
        started_at: fixedClock().toISOString(),
      });
      expect(await findLocalWorkspace(directory)).toEqual({ url: workspace.url, token: workspace.token });
      await expect(start({ directory })).rejects.toBeInstanceOf(WorkspaceInUseError);
      await expect(resetLocalWorkspace(directory)).rejects.toBeInstanceOf(WorkspaceInUseError);
      await workspace.close();
      await expect(stat(file)).rejects.toThrow('ENOENT');
    });
  });

  test('the file of a server that was killed is ignored', async () => {
    await inDirectory(async (directory) => {
      const stale = { url: 'http://127.0.0.1:9', token: 't', pid: 1, started_at: '' };
      await writeFile(join(directory, 'server.json'), JSON.stringify(stale));
      expect(await findLocalWorkspace(directory)).toBeUndefined();
      const workspace = await start({ directory });
      expect(await findLocalWorkspace(directory)).toMatchObject({ url: workspace.url });
      await workspace.close();
    });
  });

  test('a reset removes everything but the ids of workspace and metastore', async () => {
    await inDirectory(async (directory) => {
      const first = await start({ directory });
      await seed(first, directory);
      await first.close();
      await resetLocalWorkspace(directory);
      const second = await start({ directory });
      expect([second.workspaceId, second.metastoreId]).toEqual([first.workspaceId, first.metastoreId]);
      expect((await second.call('GET', `${unityPrefix}/catalogs`)).body['catalogs']).toEqual([]);
      await seed(second, directory);
      expect(await count(second, 'prod.ml.churn')).toBe('60');
      await second.close();
    });
  });

  test('a snapshot brings back resources and views as often as wanted', async () => {
    await withWorkspace({ firstRefresh: 'held' }, async (workspace) => {
      const { call } = workspace;
      const { tableId } = await createMonitor(workspace);
      const before = await describeAll(workspace, tableId);
      const snapshot = await workspace.snapshot();
      for (let round = 0; round < 2; round += 1) {
        await call('DELETE', `${monitorsPath}/table/${tableId}`);
        await call('DELETE', `${unityPrefix}/tables/prod.ml.recent`);
        await call('POST', `${unityPrefix}/schemas`, { name: 'extra', catalog_name: 'prod' });
        await call('DELETE', `${unityPrefix}/schemas/prod.monitoring`);
        await call('POST', '/api/2.0/workspace/mkdirs', { path: '/Shared/extra' });
        await run(workspace, 'CREATE VIEW prod.extra.v AS SELECT 1 AS n');
        await run(workspace, 'CREATE OR REPLACE VIEW prod.ml.recent AS SELECT 2 AS n');
        await workspace.restore(snapshot);
        expect(await describeAll(workspace, tableId)).toEqual(before);
        expect(await count(workspace, 'prod.ml.recent')).toBe('29');
      }
    });
  });

  test('the same random source gives the same ids', async () => {
    const ids: string[] = [];
    for (let run = 0; run < 2; run += 1) {
      let next = 0;
      const random = (size: number): Uint8Array => Uint8Array.from({ length: size }, () => (next += 1) % 256);
      await withWorkspace({ random }, async (workspace) => {
        ids.push(await workspace.field(`${unityPrefix}/tables/prod.ml.churn`, 'table_id'));
      });
    }
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

async function describeAll(workspace: TestWorkspace, tableId: string): Promise<readonly unknown[]> {
  const paths = [
    `${monitorsPath}/table/${tableId}/refreshes`,
    `${unityPrefix}/schemas?catalog_name=prod`,
    `${unityPrefix}/tables?catalog_name=prod&schema_name=ml`,
    '/api/2.0/workspace/list?path=/Shared',
  ];
  const bodies: unknown[] = [];
  for (const path of paths) bodies.push((await workspace.call('GET', path)).body);
  return bodies;
}

async function run(workspace: TestWorkspace, statement: string): Promise<Record<string, unknown>> {
  const reply = await workspace.call('POST', '/api/2.0/sql/statements', {
    statement,
    warehouse_id: workspace.warehouseId,
  });
  expect(reply.body['status']).toEqual({ state: 'SUCCEEDED' });
  return reply.body;
}

async function count(workspace: TestWorkspace, table: string): Promise<string | undefined> {
  const { result } = await run(workspace, `SELECT count(*) FROM ${table}`);
  return (result as { data_array: string[][] }).data_array[0]?.[0];
}

async function start(options: LocalWorkspaceOptions): Promise<TestWorkspace> {
  return withCalls(await startLocalWorkspace({ clock: fixedClock, ...options }));
}

async function seed(workspace: TestWorkspace, directory: string): Promise<void> {
  await writeFile(join(directory, 'workspace.yaml'), seedText);
  await workspace.seed(join(directory, 'workspace.yaml'));
}

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'dpo-local-'));
  try {
    await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
