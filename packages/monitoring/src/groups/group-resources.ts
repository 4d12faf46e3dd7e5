import {
  kindOf,
  type KindName,
  type Address,
  type DesiredResource,
  type Owner,
  type Problem,
  type RecordedResource,
  type Skip,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import type { Development } from '../development.ts';
import { withGroupSettings } from './former-group.ts';
import { executiveRollup } from './executive-rollup.ts';
import { groupAlerts } from './group-alerts.ts';
import { groupDashboards } from './group-dashboards.ts';
import { groupViews, observabilityResource } from './group-views.ts';
import { groupsOf } from './groups-of.ts';
import { keptTables } from './kept-tables.ts';
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
  /** What the state has. */
  readonly recorded: ReadonlyMap<Address, RecordedResource>;
  /** Who applies; missing where nobody knows. */
  readonly runner?: string | undefined;
  /** Monitors that stay as they are: skipped ones, and those about which nothing can be decided. */
  readonly stay: ReadonlySet<Address>;
}

export interface GroupDesire {
  readonly resources: readonly DesiredResource[];
  readonly skipped: readonly Skip[];
  readonly problems: readonly Problem[];
}

/** Of what a group has. */
const groupKinds: ReadonlySet<KindName> = new Set(['view', 'alert', 'dashboard']);

const nothing: GroupDesire = { resources: [], skipped: [], problems: [] };

/** What `mode: full` adds to the monitors: views, alerts and dashboards for each group (R042 to R046, R089). */
export function groupResources(request: GroupRequest): GroupDesire {
  const { loaded, tables, warehouseId, recorded, stay } = request;
  if (loaded.config.mode === 'bulk_provision_only') return nothing;
  const kept = keptTables(recorded, stay);
  if (tables.length + kept.length === 0) {
    return { ...nothing, skipped: outputsOf(request), problems: stay.size === 0 ? [] : [noHealthyTable(loaded)] };
  }
  if (warehouseId === undefined) return { ...nothing, problems: [warehouseNeeded(loaded)] };
  const { groups, problems } = groupsOf(tables, kept);
  const context = { ...request, warehouseId };
  const outputs = groups.map((group) => {
    const alerts = groupAlerts(group, context);
    const resources = [...groupViews(group, request), ...alerts.resources, ...groupDashboards(group, context)];
    return { resources: resources.map(withGroupSettings(loaded, group)), problems: alerts.problems };
  });
  return {
    resources: [
      observabilityResource(loaded),
      ...outputs.flatMap(({ resources }) => resources),
      ...executiveRollup(groups, context),
    ],
    skipped: [],
    problems: [...problems, ...unique(outputs.flatMap((found) => found.problems))],
  };
}

/** A recipient that all groups share is told once. */
function unique(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify([problem.message, problem.place]), problem])).values()];
}

/** Without a single group nothing tells whether the outputs are meant to go, so that they stay (U090, U116, T25). */
function outputsOf({ loaded, recorded }: GroupRequest): readonly Skip[] {
  return [...recorded.keys()]
    .filter((address) => groupKinds.has(kindOf(address)))
    .map((address) => ({
      address,
      code: 'PLAN.NO_GROUP',
      reason: 'no table is monitored any more, so that views, alerts and dashboards stay as they are',
      place: loaded.placeOf(['mode']),
    }));
}

/** There are tables, and of none of them anything is known or right (U142). */
function noHealthyTable(loaded: LoadedConfig): Problem {
  return {
    code: 'PLAN.NO_GROUP',
    severity: 'warning',
    message: 'no table can be monitored now, so that no views, alerts and dashboards are planned',
    hint: 'clear what keeps the tables from being monitored, or make monitors alone: mode: bulk_provision_only',
    place: loaded.placeOf(['mode']),
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
