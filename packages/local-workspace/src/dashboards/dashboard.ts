import { resourceDoesNotExist } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type { Answer } from '../api/route.ts';
import type { Document, Storage, Transaction } from '../storage/storage.ts';
import { childPath, parentPath } from '../workspace-files/workspace-path.ts';
import type { Schedule } from './schedule.ts';
import { timeText } from './time-text.ts';

/** What viewers see: the draft as it was at one moment. */
export interface PublishedDashboard {
  readonly displayName: string;
  readonly embedCredentials: boolean;
  readonly warehouseId?: string;
  /** Epoch milliseconds. */
  readonly revisionCreateTime: number;
  readonly serialized: string;
  /** Whose credentials are embedded. */
  readonly publisher: string;
}

/** The draft of a dashboard with everything that hangs on it. Its file in the tree says where it is. */
export interface Dashboard {
  readonly workspaceId: string;
  readonly dashboardId: string;
  readonly displayName: string;
  /** Canonical path of its file; of the place it had, when it is trashed. */
  readonly path: string;
  readonly warehouseId?: string;
  readonly serialized: string;
  readonly etag: number;
  /** Epoch milliseconds. */
  readonly createTime: number;
  readonly updateTime: number;
  /** userName of the one who trashed it; it lies in his trash. */
  readonly trashedBy?: string;
  readonly published?: PublishedDashboard;
  readonly schedules: readonly Schedule[];
}

export const dashboardSuffix = '.lvdash.json';

export function dashboardPath(folder: string, displayName: string): string {
  return childPath(folder, `${displayName}${dashboardSuffix}`);
}

export function findDashboard(
  source: Pick<Storage, 'get'>,
  workspaceId: string,
  dashboardId: string,
): Dashboard | undefined {
  const dashboard = source.get('dashboard', dashboardId) as Dashboard | undefined;
  return dashboard?.workspaceId === workspaceId ? dashboard : undefined;
}

export function dashboardsOf(source: Pick<Storage, 'list'>, workspaceId: string): readonly Dashboard[] {
  const all = source.list('dashboard') as unknown as readonly Dashboard[];
  return all.filter((dashboard) => dashboard.workspaceId === workspaceId);
}

export async function putDashboard(transaction: Transaction, dashboard: Dashboard): Promise<void> {
  await transaction.put('dashboard', dashboard.dashboardId, dashboard as unknown as Document);
}

export function dashboardMissing(dashboardId: string): ApiError {
  return resourceDoesNotExist(`Unable to find dashboard [${dashboardId}]`);
}

/** All fields of a draft. Paths never have the prefix /Workspace here (databricks/cli acceptance of dashboards). */
export function dashboardAnswer(dashboard: Dashboard): Answer {
  const { displayName, trashedBy } = dashboard;
  const folder = trashedBy === undefined ? parentPath(dashboard.path) : `/Users/${trashedBy}/Trash`;
  return {
    ...listedDashboard(dashboard),
    etag: String(dashboard.etag),
    parent_path: folder,
    path: dashboardPath(folder, displayName),
    serialized_dashboard: dashboard.serialized,
    update_time: timeText(dashboard.updateTime),
  };
}

/** What lists show: no etag, place, content or time of the last update (SDK `Dashboard`). */
export function listedDashboard(dashboard: Dashboard): Answer {
  return {
    dashboard_id: dashboard.dashboardId,
    display_name: dashboard.displayName,
    lifecycle_state: dashboard.trashedBy === undefined ? 'ACTIVE' : 'TRASHED',
    create_time: timeText(dashboard.createTime),
    ...(dashboard.warehouseId === undefined ? {} : { warehouse_id: dashboard.warehouseId }),
  };
}

export function publishedAnswer({
  displayName,
  embedCredentials,
  warehouseId,
  revisionCreateTime,
}: PublishedDashboard): Answer {
  return {
    display_name: displayName,
    embed_credentials: embedCredentials,
    ...(warehouseId === undefined ? {} : { warehouse_id: warehouseId }),
    revision_create_time: timeText(revisionCreateTime),
  };
}
