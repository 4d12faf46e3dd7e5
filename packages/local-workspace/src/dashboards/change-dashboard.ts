import { invalidParameter } from '../api/api-error.ts';
import { dropEntries } from '../permissions/entries.ts';
import type { Caller } from '../principals/caller.ts';
import type { Transaction } from '../storage/storage.ts';
import { parentPath } from '../workspace-files/workspace-path.ts';
import { requireFree, writeFile } from './create-dashboard.ts';
import { dashboardPath, putDashboard } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { dashboardObject, nextTime } from './dashboard-services.ts';
import type { DashboardServices } from './dashboard-services.ts';

export interface DashboardChange {
  readonly displayName: string;
  readonly serialized: string;
  readonly warehouseId?: string;
  /** An import moves the etag even when the content is the same (databricks/cli `dashboard_assumptions_test.go`). */
  readonly isImport?: boolean;
}

/**
 * Another name, content or warehouse for a draft. The etag follows the content; whether it moves with the rest is a
 * switch. A new name moves the file.
 */
export async function changeDashboard(
  services: DashboardServices,
  transaction: Transaction,
  {
    dashboard,
    change: { isImport = false, ...change },
  }: { readonly dashboard: Dashboard; readonly change: DashboardChange },
): Promise<Dashboard> {
  const { tree, behaviour } = services;
  const path = dashboardPath(parentPath(dashboard.path), change.displayName);
  if (path !== dashboard.path) {
    requireFree(services, transaction, { workspaceId: dashboard.workspaceId, path });
    await tree.moveObject(transaction, dashboard.workspaceId, { from: dashboard.path, to: path });
  }
  const moves =
    isImport || change.serialized !== dashboard.serialized || behaviour.dashboard_metadata_etag === 'bumped';
  const { warehouseId: _cleared, ...rest } = dashboard;
  const changed: Dashboard = {
    ...rest,
    ...change,
    path,
    etag: dashboard.etag + (moves ? 1 : 0),
    updateTime: nextTime(services, dashboard),
  };
  await putDashboard(transaction, changed);
  await writeFile(services, transaction, changed);
  return changed;
}

/** Into the trash of the caller: the file and what viewers saw are gone, the draft stays readable. */
export async function trashDashboard(
  services: DashboardServices,
  transaction: Transaction,
  { dashboard, caller }: { readonly dashboard: Dashboard; readonly caller: Caller },
): Promise<void> {
  const { published: _gone, ...rest } = dashboard;
  await putDashboard(transaction, {
    ...rest,
    trashedBy: caller.userName,
    updateTime: nextTime(services, dashboard),
  });
  await services.tree.removeObject(transaction, dashboard.workspaceId, dashboard.path);
  await dropEntries(transaction, dashboard.workspaceId, dashboardObject(dashboard.dashboardId));
}

/** `parent_path` is fixed at creation. With its prefix some clients report a refusal (databricks/cli PR #5659). */
export function checkParent(
  { behaviour }: Pick<DashboardServices, 'behaviour'>,
  dashboard: Dashboard,
  parent: { readonly asked: string; readonly path: string } | undefined,
): void {
  if (parent === undefined) return;
  if (parent.asked.startsWith('/Workspace') && behaviour.dashboard_parent_prefix === 'refused') {
    throw invalidParameter(`parent_path: '${parent.asked}' must not begin with /Workspace in an update`);
  }
  if (parent.path !== parentPath(dashboard.path)) throw invalidParameter('parent_path: cannot be changed');
}
