import { ApiError, resourceDoesNotExist } from '../api/api-error.ts';
import { findMonitor } from './monitor.ts';
import type { Monitor } from './monitor.ts';
import type { MonitorServices } from './monitor-services.ts';

type Sources = Pick<MonitorServices, 'storage' | 'unity' | 'behaviour' | 'now'>;

/** The monitor of a table, unless its deletion is over or its table was dropped and took it along. */
export function presentMonitor(services: Sources, objectId: string): Monitor | undefined {
  const monitor = findMonitor(services.storage, objectId);
  return monitor !== undefined && isPresent(services, monitor) ? monitor : undefined;
}

export function isPresent({ unity, behaviour, now }: Sources, monitor: Monitor): boolean {
  if (monitor.goneAt !== undefined && now() >= monitor.goneAt) return false;
  return behaviour.monitor_of_dropped_table === 'readable' || unity.tableById(monitor.objectId) !== undefined;
}

export function existingMonitor(services: Sources, objectId: string): Monitor {
  const monitor = presentMonitor(services, objectId);
  if (monitor !== undefined) return monitor;
  // Recorded text of the service; it names the ids and not the table.
  throw resourceDoesNotExist(
    `Cannot find Monitor with ID: /metastores:${services.unity.metastoreId}/tables:${objectId}/`,
  );
}

/** Refuses a monitor that is on its way out. Status and text are not documented. */
export function requireLasting(monitor: Monitor): void {
  if (monitor.goneAt === undefined) return;
  throw new ApiError(400, 'INVALID_STATE', `Data Monitor '${monitor.monitoredTable}' is being deleted`);
}
