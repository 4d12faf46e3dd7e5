import { ApiError } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import { filledText, integer, oneOf, queryFlag, shape, text } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { homeOf } from '../workspace-files/standard-folders.ts';
import { changeDashboard, checkParent, trashDashboard } from './change-dashboard.ts';
import { createDashboard } from './create-dashboard.ts';
import { dashboardAnswer, dashboardsOf, listedDashboard, putDashboard } from './dashboard.ts';
import {
  checkEtag,
  dashboardObject,
  nextTime,
  permittedDashboard,
  requireActive,
  requireName,
} from './dashboard-services.ts';
import type { DashboardServices } from './dashboard-services.ts';
import { changedDraft, datasetQuery, emptyContent, newDraft } from './draft-body.ts';
import { keptText } from './serialized-dashboard.ts';

export const lakeview = '/api/2.0/lakeview/dashboards';

const listQuery = shape({
  optional: {
    page_size: integer({ min: 0, max: 1000 }),
    page_token: text,
    show_trashed: queryFlag,
    view: oneOf('DASHBOARD_VIEW_BASIC'),
  },
});
const reversion = shape({ optional: { dashboard_id: text, etag: filledText } });

/** Drafts of Lakeview dashboards. */
export function draftRoutes(services: DashboardServices): readonly Route[] {
  const { storage, permissions } = services;
  return [
    createRoute(services),
    updateRoute(services),
    route(`GET ${lakeview}`, {
      query: listQuery,
      handle({ query, caller }) {
        const shown = dashboardsOf(storage, caller.workspaceId)
          .filter(
            ({ trashedBy }) =>
              trashedBy === undefined || (query.show_trashed === true && trashedBy === caller.userName),
          )
          .filter(({ trashedBy, dashboardId: id }) =>
            trashedBy === undefined ? permissions.allows(caller, 'CAN_READ', dashboardObject(id)) : true,
          )
          .toSorted(
            (left, right) => left.createTime - right.createTime || (left.dashboardId < right.dashboardId ? -1 : 1),
          );
        const page = pageOf(shown, { maxResults: query.page_size, pageToken: query.page_token });
        return { dashboards: page.items.map(listedDashboard), next_page_token: page.nextPageToken };
      },
    }),
    route(`GET ${lakeview}/{dashboard_id}`, {
      handle: ({ parameters, caller }) =>
        dashboardAnswer(
          permittedDashboard(services, storage, { caller, id: parameters('dashboard_id'), level: 'CAN_READ' }),
        ),
    }),
    route(`DELETE ${lakeview}/{dashboard_id}`, {
      async handle({ parameters, caller }) {
        await storage.transaction(async (transaction) => {
          const asked = { caller, id: parameters('dashboard_id'), level: 'CAN_MANAGE' } as const;
          const dashboard = permittedDashboard(services, transaction, asked);
          if (dashboard.trashedBy !== undefined) {
            // The second time is forbidden; clients take it for success (terraform-provider-databricks `resource_dashboard.go`).
            throw new ApiError(
              403,
              'PERMISSION_DENIED',
              `Dashboard [${dashboard.dashboardId}] is in the trash already.`,
            );
          }
          await trashDashboard(services, transaction, { dashboard, caller });
        });
        return {};
      },
    }),
    revertRoute(services),
  ];
}

function createRoute(services: DashboardServices): Route {
  return route(`POST ${lakeview}`, {
    query: datasetQuery,
    body: newDraft,
    async handle({ query, body, caller }) {
      const displayName = requireName(body.display_name);
      const home = homeOf(caller.userName);
      const defaults = { catalog: query.dataset_catalog, schema: query.dataset_schema };
      const serialized = keptText(body.serialized_dashboard ?? emptyContent, defaults);
      const created = await services.storage.transaction((transaction) =>
        createDashboard(services, transaction, {
          caller,
          displayName,
          serialized,
          folder: body.parent_path?.path ?? home,
          asked: body.parent_path?.asked ?? home,
          ...(body.warehouse_id === undefined ? {} : { warehouseId: body.warehouse_id }),
        }),
      );
      return dashboardAnswer(created);
    },
  });
}

/**
 * What the body lacks is cleared, such as the warehouse; an answer to a change of the name alone still shows the whole
 * content (databricks/cli PR #4640). A warehouse is looked up only when the dashboard is published (acceptance
 * `dashboards/publish-failure-cleans-up-dashboard`).
 */
function updateRoute(services: DashboardServices): Route {
  return route(`PATCH ${lakeview}/{dashboard_id}`, {
    query: datasetQuery,
    body: changedDraft,
    async handle({ parameters, query, body, caller }) {
      const defaults = { catalog: query.dataset_catalog, schema: query.dataset_schema };
      const changed = await services.storage.transaction(async (transaction) => {
        const asked = { caller, id: parameters('dashboard_id'), level: 'CAN_EDIT' } as const;
        const dashboard = permittedDashboard(services, transaction, asked);
        requireActive(dashboard);
        checkParent(services, dashboard, body.parent_path);
        checkEtag(services, dashboard, body.etag);
        const change = {
          displayName: body.display_name ?? dashboard.displayName,
          serialized: keptText(body.serialized_dashboard ?? dashboard.serialized, defaults),
          ...(body.warehouse_id === undefined ? {} : { warehouseId: body.warehouse_id }),
        };
        return changeDashboard(services, transaction, { dashboard, change });
      });
      return dashboardAnswer(changed);
    },
  });
}

/** The draft becomes what viewers see again; the answer holds it in a field (SDK `RevertDashboardResponse`). */
function revertRoute(services: DashboardServices): Route {
  return route(`POST ${lakeview}/{dashboard_id}/revert`, {
    body: reversion,
    async handle({ parameters, body, caller }) {
      const reverted = await services.storage.transaction(async (transaction) => {
        const asked = { caller, id: parameters('dashboard_id'), level: 'CAN_EDIT' } as const;
        const dashboard = permittedDashboard(services, transaction, asked);
        requireActive(dashboard);
        checkEtag(services, dashboard, body.etag);
        const { published } = dashboard;
        if (published === undefined) {
          throw new ApiError(400, 'INVALID_STATE', `Dashboard [${dashboard.dashboardId}] is not published.`);
        }
        const { warehouseId } = dashboard;
        const change = {
          displayName: published.displayName,
          serialized: published.serialized,
          ...(warehouseId === undefined ? {} : { warehouseId }),
        };
        const changed = await changeDashboard(services, transaction, { dashboard, change });
        // The published copy is as new as the draft now.
        const current = {
          ...changed,
          published: { ...published, revisionCreateTime: nextTime(services, changed) },
        };
        await putDashboard(transaction, current);
        return current;
      });
      return { dashboard: dashboardAnswer(reverted) };
    },
  });
}
