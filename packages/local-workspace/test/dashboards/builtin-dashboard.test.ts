import { describe, expect, test } from '@jest/globals';
import { configOf, createMonitor, monitorsPath, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { lakeview } from './dashboard-client.ts';

const folder = '/Users/local.user@example.com/assets';

async function monitored(workspace: TestWorkspace): Promise<{ readonly monitor: string; readonly dashboard: string }> {
  await workspace.call('POST', '/api/2.0/workspace/mkdirs', { path: folder });
  const { tableId } = await createMonitor(workspace, { assets_dir: `/Workspace${folder}` });
  const monitor = `${monitorsPath}/table/${tableId}`;
  const id = async (): Promise<string> => {
    const found = configOf(await workspace.call('GET', monitor))['dashboard_id'];
    return typeof found === 'string' ? found : id();
  };
  return { monitor, dashboard: `${lakeview}/${await id()}` };
}

describe('built-in dashboards of monitors', () => {
  test('one is drawn into the assets folder, asks both metric tables, and belongs to who made the monitor', async () => {
    await withWorkspace({}, async (workspace) => {
      const { dashboard } = await monitored(workspace);
      const { body } = await workspace.call('GET', dashboard);
      expect(body).toMatchObject({ lifecycle_state: 'ACTIVE', parent_path: folder });
      const { datasets } = JSON.parse(String(body['serialized_dashboard'])) as {
        datasets: readonly { queryLines: readonly string[] }[];
      };
      expect(datasets.flatMap(({ queryLines }) => queryLines)).toEqual([
        'SELECT * FROM `prod`.`monitoring`.`churn_profile_metrics`\n',
        'SELECT * FROM `prod`.`monitoring`.`churn_drift_metrics`\n',
      ]);
      const file = `/api/2.0/workspace/get-status?path=${String(body['path'])}`;
      expect((await workspace.call('GET', file)).body).toMatchObject({ object_type: 'DASHBOARD' });
    });
  });

  test('it stays when its monitor goes, and the next monitor gets another beside it', async () => {
    await withWorkspace({ behaviour: { monitor_delete: 'immediate' } }, async (workspace) => {
      const first = await monitored(workspace);
      await workspace.call('DELETE', first.monitor);
      const second = await monitored(workspace);
      expect(second.dashboard).not.toBe(first.dashboard);
      const names = [await workspace.field(first.dashboard, 'path'), await workspace.field(second.dashboard, 'path')];
      expect(new Set(names).size).toBe(2);
    });
  });
});
