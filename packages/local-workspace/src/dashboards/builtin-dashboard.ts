import { granteeNamed } from '../permissions/create-permissions.ts';
import { putEntries } from '../permissions/entries.ts';
import { quoteSparkIdentifier } from '../sql/quote.ts';
import type { Transaction } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import { canonicalPath } from '../workspace-files/workspace-path.ts';
import type { WorkspaceTree } from '../workspace-files/workspace-tree.ts';
import { writeFile } from './create-dashboard.ts';
import { dashboardPath, putDashboard } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { dashboardObject } from './dashboard-services.ts';
import { keptText } from './serialized-dashboard.ts';

interface BuiltinServices {
  readonly tree: WorkspaceTree;
  readonly ids: Ids;
  readonly clock: () => Date;
}

export interface BuiltinRequest {
  readonly monitoredTable: string;
  readonly profileMetricsTable: string;
  readonly driftMetricsTable: string;
  /** Folder of the assets; made when it is missing. */
  readonly folder: string;
  readonly warehouseId: string;
  readonly owner: string;
  readonly workspaceId: string;
}

/**
 * The dashboard that the service draws for a monitor. What it shows there is not documented; here it shows the rows of both
 * metric tables. Its owner is who made the monitor, and it stays when the monitor goes. Answers its id.
 */
export async function createBuiltinDashboard(
  { tree, ids, clock }: BuiltinServices,
  transaction: Transaction,
  wanted: BuiltinRequest,
): Promise<string> {
  const { workspaceId, warehouseId } = wanted;
  const folder = canonicalPath(wanted.folder);
  await tree.makeFolder(transaction, workspaceId, folder);
  const base = `${wanted.monitoredTable.slice(wanted.monitoredTable.lastIndexOf('.') + 1)} monitoring`;
  const displayName = freeName(
    base,
    (name) => tree.find(transaction, workspaceId, dashboardPath(folder, name)) === undefined,
  );
  const now = clock().getTime();
  const dashboard: Dashboard = {
    workspaceId,
    dashboardId: ids.hex(),
    displayName,
    path: dashboardPath(folder, displayName),
    warehouseId,
    serialized: keptText(content(wanted), {}),
    etag: 1,
    createTime: now,
    updateTime: now,
    schedules: [],
  };
  await putDashboard(transaction, dashboard);
  await writeFile({ tree }, transaction, dashboard);
  await putEntries(transaction, workspaceId, {
    object: dashboardObject(dashboard.dashboardId),
    entries: [{ grantee: granteeNamed(transaction, wanted.owner), level: 'CAN_MANAGE' }],
  });
  return dashboard.dashboardId;
}

/** An earlier monitor of the table may have left its dashboard. */
function freeName(base: string, isFree: (name: string) => boolean): string {
  let name = base;
  for (let count = 1; !isFree(name); count += 1) name = `${base} (${count})`;
  return name;
}

function content({ profileMetricsTable, driftMetricsTable }: BuiltinRequest): string {
  const datasets = [
    { name: 'profile', displayName: 'Profile metrics', queryLines: [`SELECT * FROM ${quoted(profileMetricsTable)}\n`] },
    { name: 'drift', displayName: 'Drift metrics', queryLines: [`SELECT * FROM ${quoted(driftMetricsTable)}\n`] },
  ];
  const pages = datasets.map(({ name, displayName }, index) => ({
    name,
    displayName,
    layout: [
      {
        position: { x: 0, y: 0, width: 6, height: 8 },
        widget: {
          name: `rows-${index}`,
          queries: [{ name: 'main_query', query: { datasetName: name, disaggregated: true, fields: [columnField] } }],
          spec: {
            version: 2,
            widgetType: 'table',
            encodings: { columns: [{ fieldName: columnField.name, displayName: 'Column' }] },
            frame: { showTitle: true, title: displayName },
          },
        },
      },
    ],
  }));
  return JSON.stringify({ datasets, pages });
}

const columnField = { name: 'column_name', expression: '`column_name`' };

function quoted(fullName: string): string {
  const [catalog = '', schema = '', ...table] = fullName.split('.');
  return [catalog, schema, table.join('.')].map(quoteSparkIdentifier).join('.');
}
