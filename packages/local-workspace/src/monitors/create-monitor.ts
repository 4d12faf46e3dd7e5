import { tableSecurable } from '../access/securable.ts';
import { ApiError, invalidParameter } from '../api/api-error.ts';
import type { Caller } from '../principals/caller.ts';
import type { Storage } from '../storage/storage.ts';
import type { TableObject } from '../unity/objects.ts';
import { checkMonitor, metricTables } from './check-monitor.ts';
import type { MonitorTargets } from './check-monitor.ts';
import { presentMonitor } from './existing-monitor.ts';
import type { LegacySettings } from './legacy-config.ts';
import { initialisation } from './initialisation.ts';
import { makeDashboard } from './make-dashboard.ts';
import type { MonitorConfig } from './monitor-config.ts';
import { requireCreation, requireOutput } from './monitor-rights.ts';
import type { MonitorServices } from './monitor-services.ts';
import { allMonitors, putMonitor } from './monitor.ts';
import type { Monitor } from './monitor.ts';
import { addRefresh, removeRefreshes } from './refresh.ts';

export interface WantedMonitor {
  readonly objectId: string;
  readonly config: MonitorConfig;
  readonly caller: Caller;
  readonly legacy?: LegacySettings;
}

/** Makes a monitor and its first refresh, which the service starts by itself. */
export async function createMonitor(services: MonitorServices, wanted: WantedMonitor): Promise<Monitor> {
  const { storage, worker } = services;
  const created = await storage.transaction(async (transaction) => {
    const targets = permittedTargets(services, wanted);
    const names = metricTables(targets);
    if (presentMonitor(services, wanted.objectId) !== undefined) {
      throw new ApiError(409, 'ALREADY_EXISTS', `Data Monitor '${names.monitoredTable}' already exists`);
    }
    requireQuota(services, transaction);
    const { refreshDelayMs } = services.lifecycle;
    const bare = { ...newMonitor(services, wanted, names.monitoredTable), ...names };
    const monitor: Monitor = { ...bare, ...(await makeDashboard(services, transaction, bare)) };
    // One that was deleted a moment ago may have left rows.
    await removeRefreshes(transaction, monitor.objectId);
    await putMonitor(transaction, monitor);
    await addRefresh(transaction, {
      objectId: monitor.objectId,
      refreshId: services.ids.integer(),
      first: true,
      trigger: 'MANUAL',
      dueAt: monitor.activeAt + refreshDelayMs,
      startTimeMs: services.clock().getTime(),
    });
    return monitor;
  });
  worker.wake();
  return created;
}

function newMonitor(services: MonitorServices, wanted: WantedMonitor, monitoredTable: string) {
  const { objectId, config, caller, legacy } = wanted;
  // Default of the UI ("Create a profile using the Databricks UI").
  const assetsDirectory = `/Workspace/Users/${caller.userName}/databricks_lakehouse_monitoring/${monitoredTable}`;
  return {
    objectId,
    config: { assets_dir: assetsDirectory, ...config },
    creator: caller.userName,
    workspaceId: caller.workspaceId,
    version: 0,
    activeAt: services.now() + services.lifecycle.activeAfterMs,
    ...initialisation(services.behaviour, config),
    ...(legacy === undefined ? {} : { legacy }),
  };
}

function permittedTargets(services: MonitorServices, { objectId, config, caller }: WantedMonitor): MonitorTargets {
  const { unity, access, behaviour } = services;
  const table = unity.tableById(objectId);
  if (table !== undefined) {
    requireCreation(access, caller, tableSecurable(table));
    if (behaviour.monitor_on_view === 'refused') requireTable(table);
  }
  const targets = checkMonitor(unity, objectId, config);
  requireOutput(access, caller, targets.outputSchema);
  return targets;
}

/** "Create a profile using the API" names managed and external tables only. */
function requireTable(table: TableObject): void {
  if (table.tableType === 'MANAGED' || table.tableType === 'EXTERNAL') return;
  const name = `${table.catalog}.${table.schema}.${table.name}`;
  throw invalidParameter(`object_id: ${name} is a ${table.tableType}; only managed and external tables are supported`);
}

/** Monitors of dropped tables count on: nothing tells that the service lets them go (corrections, 3). */
function requireQuota({ quota, behaviour, unity, now }: MonitorServices, source: Pick<Storage, 'list'>): void {
  if (quota === undefined) return;
  const count = allMonitors(source).filter(({ goneAt = Infinity }) => goneAt > now()).length;
  if (count < quota) return;
  // Text as other quotas of Unity Catalog word it ("Resource quotas").
  const message = `Cannot create 1 Data Monitor(s) in Metastore ${unity.metastoreId} (estimated count: ${count}, limit: ${quota}).`;
  throw behaviour.monitor_quota_error === 'quota_exceeded'
    ? new ApiError(429, 'QUOTA_EXCEEDED', message)
    : new ApiError(400, 'RESOURCE_EXHAUSTED', message);
}
