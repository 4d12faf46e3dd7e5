import type { Warehouses } from '../api/warehouses.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Permissions } from '../permissions/permissions.ts';
import type { PermissionObject } from '../permissions/entries.ts';
import type { Caller } from '../principals/caller.ts';
import type { Storage, Transaction } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import type { WorkspaceTree } from '../workspace-files/workspace-tree.ts';
import { ApiError, invalidParameter } from '../api/api-error.ts';
import { dashboardMissing, findDashboard } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';

export interface DashboardServices {
  readonly storage: Storage;
  readonly tree: WorkspaceTree;
  readonly permissions: Permissions;
  readonly warehouses: Warehouses;
  readonly ids: Ids;
  readonly clock: () => Date;
  readonly behaviour: Behaviour;
}

export function dashboardObject(id: string): PermissionObject {
  return { type: 'dashboards', id };
}

type Level = 'CAN_READ' | 'CAN_EDIT' | 'CAN_MANAGE';

/** The dashboard of the caller's workspace if he has the level on it. In the trash it is left to who put it there and to admins. */
export function permittedDashboard(
  services: Pick<DashboardServices, 'permissions'>,
  source: Pick<Transaction, 'get'>,
  asked: { readonly caller: Caller; readonly id: string; readonly level: Level },
): Dashboard {
  const { caller, id, level } = asked;
  const dashboard = findDashboard(source, caller.workspaceId, id);
  if (dashboard === undefined) throw dashboardMissing(id);
  if (dashboard.trashedBy === undefined) services.permissions.require(caller, level, dashboardObject(id));
  else if (!caller.admin && dashboard.trashedBy !== caller.userName) {
    throw new ApiError(403, 'PERMISSION_DENIED', `${caller.userName} does not have permissions on dashboard [${id}].`);
  }
  return dashboard;
}

/** A dashboard in the trash can be looked at and nothing else. */
export function requireActive(dashboard: Dashboard): void {
  if (dashboard.trashedBy !== undefined) {
    throw new ApiError(400, 'INVALID_STATE', `Dashboard [${dashboard.dashboardId}] is in the trash.`);
  }
}

/** Recorded for publishing (databricks/cli acceptance of dashboards): 400 and not 404. */
export function requireWarehouse({ warehouses }: Pick<DashboardServices, 'warehouses'>, id: string | undefined): void {
  if (id === undefined || warehouses.find(id) !== undefined) return;
  throw new ApiError(400, 'RESOURCE_DOES_NOT_EXIST', `Warehouse ${id} does not exist`);
}

/** Times of one dashboard only grow, also when a write and a publication fall into one millisecond. */
export function nextTime(
  { clock }: Pick<DashboardServices, 'clock'>,
  { updateTime, published }: Pick<Dashboard, 'updateTime' | 'published'>,
): number {
  return Math.max(clock().getTime(), updateTime + 1, (published?.revisionCreateTime ?? 0) + 1);
}

/** A stale etag: whether the service looks at it is not known (correction 4). */
export function checkEtag(
  { behaviour }: Pick<DashboardServices, 'behaviour'>,
  dashboard: Dashboard,
  etag?: string,
): void {
  if (etag === undefined || etag === '' || behaviour.dashboard_etag === 'ignored') return;
  if (etag === String(dashboard.etag)) return;
  throw new ApiError(409, 'ABORTED', `The etag ${etag} is not that of the dashboard: it was changed in the meantime.`);
}

export function requireName(name: string | undefined): string {
  if (name === undefined) throw invalidParameter('display_name: missing required field');
  return name;
}
