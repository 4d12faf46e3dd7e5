import { describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PresetError, findLocalWorkspace, presetNames, readPreset, startLocalWorkspace } from '../../src/index.ts';
import type { FaultRule } from '../../src/index.ts';
import { withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const mkdirs = '/api/2.0/workspace/mkdirs';

describe('presets', () => {
  test('every name that is listed can be read, and no other', () => {
    for (const name of presetNames) expect(readPreset(name.replace('<n>', '3'))).toBeDefined();
    for (const name of ['none', 'crash-after-0-writes', 'crash-after-x-writes', 'constructor']) {
      expect(() => readPreset(name)).toThrow(PresetError);
    }
    expect(() => readPreset('none')).toThrow('instant, flaky, rate-limited, slow, eventual');
  });

  test('instant is what a workspace does unless told otherwise', () => {
    expect(readPreset('instant')).toEqual({});
  });

  test('flaky spoils one call in twenty, with lost answers among them, and the same ones for a seed', async () => {
    const run = async (seed: number): Promise<readonly number[]> => {
      let statuses: readonly number[] = [];
      await withWorkspace({ realism: readPreset('flaky', { seed }) }, async (workspace) => {
        for (let count = 0; count < 400; count += 1) {
          await workspace.call('GET', '/api/2.0/preview/scim/v2/Me').catch(() => undefined);
        }
        statuses = workspace.requests().map(({ status }) => status);
      });
      return statuses;
    };
    const statuses = await run(2);
    expect(new Set(statuses)).toEqual(new Set([200, 429, 503, 0]));
    const spoiled = statuses.filter((status) => status !== 200).length;
    expect(spoiled).toBeGreaterThan(8);
    expect(spoiled).toBeLessThan(36);
    expect(await run(2)).toEqual(statuses);
  });

  test('crash-after-2-writes keeps two effects and answers no write from the second on', async () => {
    await withWorkspace({ realism: readPreset('crash-after-2-writes') }, async (workspace) => {
      const { call } = workspace;
      expect((await call('POST', mkdirs, { path: '/a' })).status).toBe(200);
      for (const path of ['/b', '/c', '/d'])
        await expect(call('POST', mkdirs, { path })).rejects.toThrow('fetch failed');
      expect(await folders(workspace)).toEqual(['/Shared', '/Users', '/a', '/b']);
    });
  });

  test('queries are no writes for it', async () => {
    await withWorkspace({ realism: readPreset('crash-after-1-writes') }, async ({ call, warehouseId }) => {
      for (const statement of ['SELECT 1', '-- why\n(WITH a AS (SELECT 1 AS n) SELECT n FROM a)', 'SHOW CATALOGS']) {
        const reply = await call('POST', '/api/2.0/sql/statements', { statement, warehouse_id: warehouseId });
        expect(reply.status).toBe(200);
      }
      const made = { statement: 'CREATE SCHEMA prod.x', warehouse_id: warehouseId };
      await expect(call('POST', '/api/2.0/sql/statements', made)).rejects.toThrow('fetch failed');
    });
  });

  test('a workspace on which every call fails is still found, and the search is not in its log', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-found-'));
    const faults: readonly FaultRule[] = [{ match: '* *', status: 503, times: 'unlimited' }];
    const workspace = await startLocalWorkspace({ directory, realism: { faults } });
    expect(await findLocalWorkspace(directory)).toEqual({ url: workspace.url, token: workspace.token });
    expect(workspace.requests()).toEqual([]);
    await workspace.close();
    await rm(directory, { recursive: true });
  });

  test('a crash with a process to kill names that process only', () => {
    expect(readPreset('crash-after-4-writes', { killCaller: 4_000_000 })).toEqual({
      faults: [{ match: 'WRITE *', offset: 3, killCaller: 4_000_000, after: true }],
    });
    expect(() => readPreset('crash-after-4-writes', { killCaller: process.pid })).toThrow('itself');
  });
});

async function folders({ call }: TestWorkspace): Promise<readonly string[]> {
  const { body } = await call('GET', '/api/2.0/workspace/list?path=/');
  return (body['objects'] as readonly { readonly path: string }[]).map(({ path }) => path).toSorted();
}
