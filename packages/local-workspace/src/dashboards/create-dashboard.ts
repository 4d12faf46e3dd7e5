import { ApiError } from '../api/api-error.ts';
import type { Caller } from '../principals/caller.ts';
import type { Transaction } from '../storage/storage.ts';
import { permissionObjectOf } from '../permissions/entries.ts';
import { dashboardPath, putDashboard } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { dashboardObject } from './dashboard-services.ts';
import type { DashboardServices } from './dashboard-services.ts';

export interface NewDashboard {
  readonly caller: Caller;
  /** Canonical path of an existing folder, and how the caller wrote it. */
  readonly folder: string;
  readonly asked: string;
  readonly displayName: string;
  readonly serialized: string;
  readonly warehouseId?: string;
}

/** Makes a draft with its file. The name must be free: the clash is ALREADY_EXISTS (databricks/cli `dashboard_assumptions_test.go`). */
export async function createDashboard(
  services: DashboardServices,
  transaction: Transaction,
  wanted: NewDashboard,
): Promise<Dashboard> {
  const { tree, permissions, ids, clock } = services;
  const { caller, displayName } = wanted;
  const { workspaceId } = caller;
  const folder = tree.find(transaction, workspaceId, wanted.folder);
  if (folder?.objectType !== 'DIRECTORY') {
    throw new ApiError(404, 'RESOURCE_DOES_NOT_EXIST', `Path (${wanted.asked}) doesn't exist.`);
  }
  // What is made in a folder needs its management, as files and alerts do ("Access control lists", folders).
  permissions.require(caller, 'CAN_MANAGE', permissionObjectOf(folder));
  const path = dashboardPath(wanted.folder, displayName);
  requireFree(services, transaction, { workspaceId, path });
  const now = clock().getTime();
  const dashboard: Dashboard = {
    workspaceId,
    dashboardId: ids.hex(),
    displayName,
    path,
    serialized: wanted.serialized,
    etag: 1,
    createTime: now,
    updateTime: now,
    schedules: [],
    ...(wanted.warehouseId === undefined ? {} : { warehouseId: wanted.warehouseId }),
  };
  await putDashboard(transaction, dashboard);
  await writeFile(services, transaction, dashboard);
  await permissions.ownNew(transaction, caller, dashboardObject(dashboard.dashboardId));
  return dashboard;
}

export function requireFree(
  { tree }: Pick<DashboardServices, 'tree'>,
  source: Transaction,
  place: { readonly workspaceId: string; readonly path: string },
): void {
  if (tree.find(source, place.workspaceId, place.path) === undefined) return;
  throw new ApiError(409, 'ALREADY_EXISTS', `Node with path (${place.path}) already exists`);
}

/** The file shows the content; its id in the tree is that of the dashboard. */
export async function writeFile(
  { tree }: Pick<DashboardServices, 'tree'>,
  transaction: Transaction,
  { workspaceId, dashboardId, path, serialized }: Dashboard,
): Promise<void> {
  await tree.putObject(transaction, workspaceId, {
    path,
    objectType: 'DASHBOARD',
    content: Buffer.from(serialized),
    resourceId: dashboardId,
  });
}
