import { describe, expect, test } from '@jest/globals';
import type { AlertConfig } from '../../src/alerts/alert-config.ts';
import type { AlertFiles } from '../../src/alerts/alert-files.ts';
import type { AlertPorts } from '../../src/alerts/alert-ports.ts';
import { alertRoutes } from '../../src/alerts/alert-routes.ts';
import { matchRoute } from '../../src/api/route.ts';
import { createWarehouses, seededWarehouse } from '../../src/api/warehouses.ts';
import { shippedBehaviours } from '../../src/behaviour/shipped-behaviours.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createIds } from '../../src/unity/ids.ts';
import { callerNamed } from '../sql/workspace.ts';

const caller = callerNamed('ana@x.com');

const config: AlertConfig = {
  display_name: 'a',
  query_text: 'SELECT 1 AS n',
  warehouse_id: seededWarehouse.id,
  parent_path: '/Workspace/Shared/dpo/',
  evaluation: { source: { name: 'n' }, comparison_operator: 'IS_NULL' },
  schedule: { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC' },
};

/** Calls on alerts whose tree writes down what it is told. */
async function withTree(
  work: (call: (matching: string, body?: object, query?: object) => Promise<unknown>, log: string[]) => Promise<void>,
): Promise<void> {
  const storage = await openStorage(':memory:');
  const log: string[] = [];
  const files: AlertFiles = {
    hasFolder: (workspaceId, path) => workspaceId === caller.workspaceId && path === '/Shared/dpo',
    write: async (_transaction, { path }, content) => {
      log.push(`write ${path} ${String((JSON.parse(content) as { query_lines: string[] }).query_lines)}`);
    },
    move: async (_transaction, { path }, to) => void log.push(`move ${path} to ${to}`),
    remove: async (_transaction, { path }) => void log.push(`remove ${path}`),
  };
  await storage.transaction((transaction) => transaction.put('warehouse', seededWarehouse.id, { ...seededWarehouse }));
  const ports: AlertPorts = {
    storage,
    files,
    warehouses: createWarehouses({ storage, now: () => 0, startMs: 0 }),
    ids: createIds(),
    clock: () => new Date('2026-03-04T09:00:00Z'),
    behaviour: shippedBehaviours.documented,
    limit: 10,
  };
  const routes = alertRoutes(ports);
  const call = async (matching: string, body: object = {}, query: object = {}): Promise<unknown> => {
    const [method = '', path = ''] = matching.split(' ');
    const matched = matchRoute(routes, method, path);
    const parameters = (name: string): string => matched?.parameters.get(name) ?? '';
    return matched?.route.handle({ parameters, query, body, caller, header: () => undefined });
  };
  try {
    await work(call, log);
  } finally {
    await storage.close();
  }
}

describe('alert in the workspace tree', () => {
  test('has a file that follows its name and content, and leaves with it', async () => {
    await withTree(async (call, log) => {
      const { id } = (await call('POST /api/2.0/alerts', config)) as { readonly id: string };
      const one = `/api/2.0/alerts/${id}`;
      await call(`PATCH ${one}`, { query_text: 'SELECT 2 AS n' }, { update_mask: 'query_text' });
      await call(`PATCH ${one}`, { display_name: 'b' }, { update_mask: 'display_name' });
      await call(`DELETE ${one}`);
      await call(`DELETE ${one}`, {}, { purge: true });
      expect(log).toEqual([
        'write /Shared/dpo/a.dbalert.json SELECT 1 AS n',
        'write /Shared/dpo/a.dbalert.json SELECT 2 AS n',
        'move /Shared/dpo/a.dbalert.json to /Shared/dpo/b.dbalert.json',
        'write /Shared/dpo/b.dbalert.json SELECT 2 AS n',
        'remove /Shared/dpo/b.dbalert.json',
      ]);
    });
  });

  test('that is purged at once leaves at once, and one without its folder writes nothing', async () => {
    await withTree(async (call, log) => {
      const { id } = (await call('POST /api/2.0/alerts', config)) as { readonly id: string };
      await call(`DELETE /api/2.0/alerts/${id}`, {}, { purge: true });
      expect(log.slice(1)).toEqual(['remove /Shared/dpo/a.dbalert.json']);
      await expect(call('POST /api/2.0/alerts', { ...config, parent_path: '/none' })).rejects.toThrow("doesn't exist");
      expect(log).toHaveLength(2);
    });
  });
});
