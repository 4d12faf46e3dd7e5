import { ApiError } from '../api/api-error.ts';
import type { Route } from '../api/route.ts';
import { legacyMonitorRoutes } from './legacy-routes.ts';
import { legacyRefreshRoutes } from './legacy-refresh-routes.ts';
import { listRoute } from './list-route.ts';
import { localRefreshRoute } from './local-refresh-route.ts';
import { monitorRoutes } from './monitor-routes.ts';
import type { MonitorServices } from './monitor-services.ts';
import { refreshRoutes } from './refresh-routes.ts';
import { schemaMonitorRoutes } from './schema-monitor-routes.ts';
import { unknownTypeRoutes } from './unknown-type-routes.ts';

/** Both monitor APIs, over one store. */
export function monitorApi(services: MonitorServices): readonly Route[] {
  const routes = [
    ...monitorRoutes(services),
    ...schemaMonitorRoutes(services),
    ...refreshRoutes(services),
    ...unknownTypeRoutes(),
    listRoute(services),
    ...legacyMonitorRoutes(services),
    ...legacyRefreshRoutes(services),
    localRefreshRoute(services),
  ];
  return services.enabled ? routes : routes.map((route) => ({ ...route, handle: refuse }));
}

/** The code is recorded (ADK PR #226); status and text are not. FEATURE_DISABLED comes with 400. */
async function refuse(): Promise<never> {
  throw new ApiError(400, 'FEATURE_NOT_ENABLED', 'Data profiling is not enabled in this workspace.');
}
