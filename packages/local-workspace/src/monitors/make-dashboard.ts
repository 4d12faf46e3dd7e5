import type { Transaction } from '../storage/storage.ts';
import type { MonitorServices } from './monitor-services.ts';
import type { Monitor } from './monitor.ts';

/** The built-in dashboard of a monitor, unless it is not wanted. */
export async function makeDashboard(
  services: Pick<MonitorServices, 'builtinDashboard' | 'defaultWarehouseId'>,
  transaction: Transaction,
  monitor: Omit<Monitor, 'dashboardId'>,
): Promise<Pick<Monitor, 'dashboardId'>> {
  const { config, creator, monitoredTable, profileMetricsTable, driftMetricsTable, workspaceId } = monitor;
  if (config.skip_builtin_dashboard === true) return {};
  const dashboardId = await services.builtinDashboard(transaction, {
    monitoredTable,
    profileMetricsTable,
    driftMetricsTable,
    folder: config.assets_dir ?? '/',
    warehouseId: config.warehouse_id ?? services.defaultWarehouseId,
    owner: creator,
    workspaceId,
  });
  return { dashboardId };
}
