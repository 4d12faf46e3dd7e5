import type { Reply, TestWorkspace } from '../workspace-client.ts';

export const lakeview = '/api/2.0/lakeview/dashboards';

export const content = JSON.stringify({
  datasets: [{ name: 'd', displayName: 'D', queryLines: ['SELECT 1 AS n\n'] }],
  pages: [{ name: 'p', displayName: 'P', layout: [] }],
});

/** A dashboard `overview` in the folder /Shared/boards, which is made when it is missing. */
export async function draw(workspace: TestWorkspace, more: Readonly<Record<string, unknown>> = {}): Promise<Reply> {
  await workspace.call('POST', '/api/2.0/workspace/mkdirs', { path: '/Shared/boards' });
  return workspace.call('POST', lakeview, {
    display_name: 'overview',
    parent_path: '/Workspace/Shared/boards',
    warehouse_id: workspace.warehouseId,
    serialized_dashboard: content,
    ...more,
  });
}

export async function drawn(workspace: TestWorkspace, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return String((await draw(workspace, more)).body['dashboard_id']);
}
