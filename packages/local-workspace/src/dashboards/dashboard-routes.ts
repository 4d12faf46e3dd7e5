import type { Route } from '../api/route.ts';
import type { DashboardServices } from './dashboard-services.ts';
import { draftRoutes } from './draft-routes.ts';
import { publishRoutes } from './publish-routes.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';

/** Lakeview: drafts, what is published of them, and when they are sent to whom. */
export function dashboardRoutes(services: DashboardServices): readonly Route[] {
  return [
    ...draftRoutes(services),
    ...publishRoutes(services),
    ...scheduleRoutes(services),
    ...subscriptionRoutes(services),
  ];
}
