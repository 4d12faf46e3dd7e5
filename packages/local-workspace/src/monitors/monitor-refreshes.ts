import { ApiError, resourceDoesNotExist } from '../api/api-error.ts';
import { integer } from '../api/reader.ts';
import { requireLasting } from './existing-monitor.ts';
import { requireSameWorkspace } from './monitor-rights.ts';
import type { MonitorServices } from './monitor-services.ts';
import { managedMonitor, readableMonitor } from './permitted-monitor.ts';
import type { MonitorRequest } from './permitted-monitor.ts';
import { statusOf } from './monitor.ts';
import type { Monitor } from './monitor.ts';
import { addRefresh, findRefresh, refreshesOf } from './refresh.ts';
import type { Refresh, RefreshTrigger } from './refresh.ts';

/** All calls on refreshes have to be made from the workspace of the monitor (`create_refresh`, `list_refresh`, …). */

/** Puts a refresh at the end of the queue. */
export async function startRefresh(
  services: MonitorServices,
  request: MonitorRequest & { readonly trigger: RefreshTrigger },
): Promise<Refresh> {
  const { storage, ids, clock, now, lifecycle, worker } = services;
  const added = await storage.transaction((transaction) => {
    const monitor = homeMonitor(managedMonitor(services, request), request);
    requireLasting(monitor);
    requireRefreshable(services, monitor);
    return addRefresh(transaction, {
      objectId: monitor.objectId,
      refreshId: ids.integer(),
      first: false,
      trigger: request.trigger,
      dueAt: now() + lifecycle.refreshDelayMs,
      startTimeMs: clock().getTime(),
    });
  });
  worker.wake();
  return added;
}

/** Ends a refresh; one that is over stays as it is. */
export async function cancelRefresh(
  services: MonitorServices,
  request: MonitorRequest & { readonly refreshId: string },
): Promise<Refresh> {
  const { objectId } = homeMonitor(managedMonitor(services, request), request);
  await services.worker.cancel(existingRefresh(services, objectId, request.refreshId));
  return existingRefresh(services, objectId, request.refreshId);
}

/** The newest first. */
export function listRefreshes(services: MonitorServices, request: MonitorRequest): readonly Refresh[] {
  return refreshesOf(services.storage, homeMonitor(readableMonitor(services, request), request).objectId);
}

export function getRefresh(
  services: MonitorServices,
  request: MonitorRequest & { readonly refreshId: string },
): Refresh {
  return existingRefresh(
    services,
    homeMonitor(readableMonitor(services, request), request).objectId,
    request.refreshId,
  );
}

function homeMonitor(monitor: Monitor, { caller }: MonitorRequest): Monitor {
  requireSameWorkspace(monitor, caller);
  return monitor;
}

/** The sample in "Create a profile using the API" waits for ACTIVE first; what happens otherwise is not documented. */
function requireRefreshable({ behaviour, now }: MonitorServices, monitor: Monitor): void {
  if (behaviour.monitor_pending_refresh === 'queued' || statusOf(monitor, now()) === 'ACTIVE') return;
  throw new ApiError(400, 'INVALID_STATE', `Data Monitor '${monitor.monitoredTable}' is not ACTIVE yet`);
}

function existingRefresh({ storage }: MonitorServices, objectId: string, id: string): Refresh {
  const refreshId = integer()(id, { path: ['refresh_id'] });
  const refresh = findRefresh(storage, { objectId, refreshId });
  if (refresh === undefined) throw resourceDoesNotExist(`Cannot find Refresh with ID: ${id} of table ${objectId}`);
  return refresh;
}
