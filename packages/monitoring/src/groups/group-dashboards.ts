import {
  addressOf,
  ref,
  type Address,
  type DesiredResource,
  type Json,
  type Owner,
  type Spec,
  type ViewFamily,
} from '@dpo/core';
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

/** The dashboard of a group, unless none is wanted (U042). The view of model quality may fail without it (ruling 41). */
export function groupDashboards(group: Group, context: DashboardContext): readonly DesiredResource[] {
  const { loaded, development } = context;
  const { alerting = {}, deploy_aggregated_dashboard: wanted = true, groups = {} } = loaded.config;
  if (!wanted) return [];
  const name = (family: ViewFamily): string => viewName(loaded, family, group.slug);
  const address = (family: ViewFamily): Address => viewAddress(loaded, family, group);
  const description = groups?.[group.name]?.description;
  const content = groupDashboard({
    group: group.name,
    ...(typeof description === 'string' ? { description } : {}),
    views: { drift: name('drift'), profile: name('profile'), performance: name('performance') },
    thresholds: thresholdsOf(loaded),
    ignoreColumns: alerting.ignore_columns ?? [],
    ...(alerting.drift_type === undefined ? {} : { driftType: alerting.drift_type }),
  });
  return [
    {
      address: addressOf('dashboard', group.slug),
      spec: dashboardSpec(context, {
        name: displayName(`DPO Health - ${plainGroup(group.name)}`, development),
        content,
        views: [ref(address('drift'), 'name'), ref(address('profile'), 'name')],
        after: [address('performance')],
      }),
      place: placeOfGroup(loaded, group),
      origins: { 'published.embed_credentials': loaded.placeOf(['dashboards', 'embed_credentials']) },
      facts: { group: group.name },
      notes: publishingNotes(loaded),
    },
  ];
}

/** What the way of publishing means for those who look (W012). */
export function publishingNotes({ config }: LoadedConfig): readonly string[] {
  return config.dashboards?.embed_credentials === true
    ? ['viewers see the data with the credentials of whoever applies, also without a grant of their own']
    : ['each viewer needs SELECT on the views it reads'];
}

export interface DashboardParts {
  readonly name: string;
  readonly content: string;
  /** References to views that have to be there. */
  readonly views: readonly Json[];
  /** What is to have ended before, however it did. */
  readonly after: readonly Address[];
}

/** Every dashboard is in the owner's folder and published with the same settings. */
export function dashboardSpec(context: DashboardContext, { name, content, views, after }: DashboardParts): Spec {
  const { loaded, owner, warehouseId } = context;
  return {
    display_name: name,
    parent_path: ownerFolder(loaded, owner),
    warehouse_id: warehouseId,
    serialized_dashboard: content,
    published: {
      current: true,
      embed_credentials: loaded.config.dashboards?.embed_credentials ?? false,
      warehouse_id: warehouseId,
    },
    views: [...views],
    ...(after.length === 0 ? {} : { after: [...after] }),
  };
}
