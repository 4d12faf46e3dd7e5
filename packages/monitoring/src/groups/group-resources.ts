import type { DesiredResource, Owner, Problem } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import type { Development } from '../development.ts';
import { groupAlerts } from './group-alerts.ts';
import { groupDashboards } from './group-dashboards.ts';
import { groupViews, observabilityResource } from './group-views.ts';
import { groupsOf } from './groups-of.ts';
import type { MonitoredTable } from './monitored-table.ts';
import type { Destinations } from './recipients.ts';

export interface GroupRequest {
  readonly loaded: LoadedConfig;
  readonly owner: Owner;
  readonly host: string | undefined;
  readonly warehouseId: string | undefined;
  readonly destinations: Destinations;
  readonly development: Development | undefined;
  readonly tables: readonly MonitoredTable[];
}

export interface GroupDesire {
  readonly resources: readonly DesiredResource[];
  readonly problems: readonly Problem[];
}

const nothing: GroupDesire = { resources: [], problems: [] };

/** What `mode: full` adds to the monitors: views, alerts and dashboards for each group (R042 to R046, R089). */
export function groupResources(request: GroupRequest): GroupDesire {
  const { loaded, tables, warehouseId } = request;
  if (loaded.config.mode === 'bulk_provision_only' || tables.length === 0) return nothing;
  if (warehouseId === undefined) return { resources: [], problems: [warehouseNeeded(loaded)] };
  const { groups, problems } = groupsOf(tables);
  const context = { ...request, warehouseId };
  const alerts = groups.map((group) => groupAlerts(group, context));
  return {
    resources: [
      observabilityResource(loaded),
      ...groups.flatMap((group) => groupViews(group, request)),
      ...alerts.flatMap(({ resources }) => resources),
      ...groups.flatMap((group) => groupDashboards(group, context)),
    ],
    problems: [...problems, ...alerts.flatMap((found) => found.problems)],
  };
}

function warehouseNeeded(loaded: LoadedConfig): Problem {
  return {
    code: 'CATALOG.WAREHOUSE_NEEDED',
    severity: 'error',
    message: 'views, alerts and dashboards need a SQL warehouse, and none is set',
    hint: "set 'warehouse_id', export DATABRICKS_WAREHOUSE_ID, or make monitors alone: mode: bulk_provision_only",
    place: loaded.placeOf(['mode']),
  };
}
