import { typeMismatch } from '../workspace-files/file-keeper.ts';
import type { FileKeeper } from '../workspace-files/file-keeper.ts';
import { nameOf, parentPath } from '../workspace-files/workspace-path.ts';
import { changeDashboard, trashDashboard } from './change-dashboard.ts';
import { createDashboard } from './create-dashboard.ts';
import { dashboardSuffix } from './dashboard.ts';
import { permittedDashboard } from './dashboard-services.ts';
import type { DashboardServices } from './dashboard-services.ts';
import { keptText } from './serialized-dashboard.ts';

/**
 * Dashboards as files of the tree: an import makes one, or changes the one that stands there and keeps its id (databricks/cli
 * `dashboard_assumptions_test.go`); a delete puts it into the trash.
 */
export function dashboardKeeper(services: DashboardServices): FileKeeper {
  return {
    suffix: dashboardSuffix,
    async write(transaction, { caller, path, content, existing }) {
      const serialized = keptText(Buffer.from(content).toString('utf8'), {});
      const displayName = nameOf(path).slice(0, -dashboardSuffix.length);
      if (existing === undefined) {
        const folder = parentPath(path);
        await createDashboard(services, transaction, { caller, folder, asked: folder, displayName, serialized });
        return;
      }
      if (existing.objectType !== 'DASHBOARD') {
        throw typeMismatch({ path, asked: 'DASHBOARD', actual: existing.objectType });
      }
      const asked = { caller, id: existing.resourceId, level: 'CAN_EDIT' } as const;
      const dashboard = permittedDashboard(services, transaction, asked);
      const { warehouseId } = dashboard;
      const change = { isImport: true, displayName, serialized, ...(warehouseId === undefined ? {} : { warehouseId }) };
      await changeDashboard(services, transaction, { dashboard, change });
    },
    async remove(transaction, { caller, object }) {
      const asked = { caller, id: object.resourceId, level: 'CAN_MANAGE' } as const;
      await trashDashboard(services, transaction, {
        caller,
        dashboard: permittedDashboard(services, transaction, asked),
      });
    },
  };
}
