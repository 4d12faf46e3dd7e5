import { resourceDoesNotExist } from '../api/api-error.ts';
import { filledText, flag, shape } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { publishedAnswer, putDashboard } from './dashboard.ts';
import type { Dashboard, PublishedDashboard } from './dashboard.ts';
import { nextTime, permittedDashboard, requireActive, requireWarehouse } from './dashboard-services.ts';
import type { DashboardServices } from './dashboard-services.ts';
import { lakeview } from './draft-routes.ts';

const publication = shape({ optional: { embed_credentials: flag, warehouse_id: filledText } });
const path = `${lakeview}/{dashboard_id}/published` as const;

/** What viewers see: a copy of the draft at the moment of publishing. It is current while it is no older than the draft. */
export function publishRoutes(services: DashboardServices): readonly Route[] {
  const { storage } = services;
  return [
    route(`POST ${path}`, {
      body: publication,
      async handle({ parameters, body, caller }) {
        const published = await storage.transaction(async (transaction) => {
          const asked = { caller, id: parameters('dashboard_id'), level: 'CAN_EDIT' } as const;
          const dashboard = permittedDashboard(services, transaction, asked);
          requireActive(dashboard);
          const warehouseId = body.warehouse_id ?? dashboard.warehouseId;
          requireWarehouse(services, warehouseId);
          const copy: PublishedDashboard = {
            displayName: dashboard.displayName,
            embedCredentials: body.embed_credentials ?? false,
            revisionCreateTime: nextTime(services, dashboard),
            serialized: dashboard.serialized,
            publisher: caller.userName,
            ...(warehouseId === undefined ? {} : { warehouseId }),
          };
          await putDashboard(transaction, { ...dashboard, published: copy });
          return copy;
        });
        return publishedAnswer(published);
      },
    }),
    route(`GET ${path}`, {
      handle({ parameters, caller }) {
        const asked = { caller, id: parameters('dashboard_id'), level: 'CAN_READ' } as const;
        return publishedAnswer(requirePublished(permittedDashboard(services, storage, asked)));
      },
    }),
    route(`DELETE ${path}`, {
      async handle({ parameters, caller }) {
        await storage.transaction(async (transaction) => {
          const asked = { caller, id: parameters('dashboard_id'), level: 'CAN_EDIT' } as const;
          const dashboard = permittedDashboard(services, transaction, asked);
          requirePublished(dashboard);
          const { published: _gone, ...draft } = dashboard;
          await putDashboard(transaction, draft);
        });
        return {};
      },
    }),
  ];
}

/** Recorded text of databricks/cli acceptance of dashboards. */
function requirePublished({ dashboardId, published }: Dashboard): PublishedDashboard {
  if (published !== undefined) return published;
  throw resourceDoesNotExist(`Unable to find published dashboard [${dashboardId}]`);
}
