import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ViewFamily } from '@dpo/core';
import { rollupDashboard } from '../../src/dashboards/rollup-dashboard.ts';
import { branchOf, startDashboardWorkspace, statementsOf, type DashboardWorkspace } from './dashboard-workspace.ts';

const hostile = "it's `pricing` \\ -- */ ;";
const thresholds = { nullRate: 0.1 };

describe('dashboard over all groups', () => {
  let workspace: DashboardWorkspace;
  let content: string;

  beforeAll(async () => {
    workspace = await startDashboardWorkspace();
    const make = async (family: ViewFamily): Promise<readonly string[]> => [
      // Its thresholds are high, so that none of it is critical (T21).
      await workspace.makeView(family, 'calm', [
        branchOf(family, 'scores', { monitor_group: 'calm', drift_threshold: 1, numeric_drift_threshold: 1e9 }),
      ]),
      await workspace.makeView(family, 'hostile', [
        branchOf(family, 'scores', { monitor_group: hostile }),
        branchOf(family, 'old_visits', { monitor_group: hostile, department: null }),
      ]),
      await workspace.makeView(family, 'nobody', []),
    ];
    content = rollupDashboard({
      driftViews: await make('drift'),
      profileViews: await make('profile'),
      thresholds,
      ignoreColumns: ['id'],
    });
  });
  afterAll(() => workspace.close());

  test('U114 every dataset and every widget runs, and gives rows', async () => {
    const { datasets, widgets } = statementsOf(content);
    const silent: string[] = [];
    for (const [name, query] of datasets) if ((await workspace.rows(query)).length === 0) silent.push(name);
    for (const { name, statement } of widgets) if ((await workspace.rows(statement)).length === 0) silent.push(name);
    expect(silent).toEqual([]);
  });

  test('T21 each group counts by the thresholds of its own tables; one without tables is not counted', async () => {
    const rows = await workspace.rows(statementsOf(content).datasets.get('groups') ?? '');
    expect(rows).toMatchObject([
      { monitor_group: hostile, tables: '2', drifted_tables: '1', stale_tables: '1' },
      { monitor_group: 'calm', tables: '1', critical_columns: '0', stale_tables: '0' },
    ]);
    expect(Number(rows[0]?.['critical_columns'])).toBeGreaterThan(0);
  });

  test('U112 U114 the workspace takes it, and its text is stable', async () => {
    const body = {
      display_name: 'DPO Executive Roll-up',
      parent_path: '/Shared',
      warehouse_id: workspace.local.warehouseId,
    };
    const made = await workspace.call('POST', '/api/2.0/lakeview/dashboards', {
      ...body,
      serialized_dashboard: content,
    });
    expect(JSON.parse(made['serialized_dashboard'] as string)).toEqual(JSON.parse(content));
    const request = { driftViews: ['a.b.c', 'a.b.d'], profileViews: ['a.b.e', 'a.b.f'], thresholds, ignoreColumns: [] };
    expect(rollupDashboard(request)).toBe(rollupDashboard(request));
  });

  test('U111 a roll-up over groups without rows runs', async () => {
    const view = async (family: ViewFamily): Promise<string> => workspace.makeView(family, 'void', []);
    const [drift, profile] = [await view('drift'), await view('profile')];
    const request = { driftViews: [drift, drift], profileViews: [profile, profile], thresholds, ignoreColumns: [] };
    const { datasets, widgets } = statementsOf(rollupDashboard(request));
    for (const query of datasets.values()) expect(await workspace.rows(query)).toEqual([]);
    for (const { statement } of widgets) await workspace.rows(statement);
  });
});
