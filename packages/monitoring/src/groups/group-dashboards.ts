import { addressOf, ref, type DesiredResource, type JsonObject, type Owner, type ViewFamily } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { groupDashboard } from '../dashboards/group-dashboard.ts';
import { displayName, type Development } from '../development.ts';
import { ownerFolder } from '../owner-folder.ts';
import { plainGroup, thresholdsOf } from './group-alerts.ts';
import { placeOfGroup, viewAddress, viewName } from './group-views.ts';
import type { Group } from './monitored-table.ts';

export interface DashboardContext {
  readonly loaded: LoadedConfig;
  readonly owner: Owner;
  readonly warehouseId: string;
  readonly development: Development | undefined;
}

/** The dashboard of a group, unless none is wanted (U042). */
export function groupDashboards(group: Group, context: DashboardContext): readonly DesiredResource[] {
  const { loaded, owner, warehouseId, development } = context;
  const { alerting = {}, dashboards = {}, deploy_aggregated_dashboard: wanted = true } = loaded.config;
  if (!wanted) return [];
  const name = (family: ViewFamily): string => viewName(loaded, family, group.slug);
  const content = groupDashboard({
    group: group.name,
    views: { drift: name('drift'), profile: name('profile'), performance: name('performance') },
    thresholds: thresholdsOf(loaded),
    ignoreColumns: alerting.ignore_columns ?? [],
    ...(alerting.drift_type === undefined ? {} : { driftType: alerting.drift_type }),
  });
  const named = (family: ViewFamily): JsonObject => ref(viewAddress(loaded, family, group), 'name');
  return [
    {
      address: addressOf('dashboard', group.slug),
      spec: {
        display_name: displayName(`DPO Health - ${plainGroup(group.name)}`, development),
        parent_path: ownerFolder(loaded, owner),
        warehouse_id: warehouseId,
        serialized_dashboard: content,
        published: {
          current: true,
          embed_credentials: dashboards.embed_credentials ?? false,
          warehouse_id: warehouseId,
        },
        views: [named('drift'), named('profile')],
        optional_views: [named('performance')],
      },
      place: placeOfGroup(loaded, group),
      origins: { 'published.embed_credentials': loaded.placeOf(['dashboards', 'embed_credentials']) },
      facts: { group: group.name },
    },
  ];
}
