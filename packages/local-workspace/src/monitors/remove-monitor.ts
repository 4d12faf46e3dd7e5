import { forgetWindows } from '../storage/window-table.ts';
import { existingMonitor } from './existing-monitor.ts';
import type { MonitorServices } from './monitor-services.ts';
import { managedMonitor } from './permitted-monitor.ts';
import type { MonitorRequest } from './permitted-monitor.ts';
import { putMonitor } from './monitor.ts';
import type { Monitor } from './monitor.ts';
import { isOpen, refreshesOf, removeRefreshes } from './refresh.ts';

export interface Removal extends MonitorRequest {
  /** Throws where the monitor may not be removed. */
  readonly permit?: (monitor: Monitor) => void;
}

/** Deletes a monitor. Metric tables and dashboard stay, as the service leaves them (SDK `delete_monitor`). */
export async function removeMonitor(services: MonitorServices, removal: Removal): Promise<void> {
  const { storage, worker, behaviour, now, lifecycle } = services;
  const monitor = managedMonitor(services, removal);
  removal.permit?.(monitor);
  for (const refresh of refreshesOf(storage, monitor.objectId)) {
    if (isOpen(refresh)) await worker.cancel(refresh);
  }
  await storage.transaction(async (transaction) => {
    const current = existingMonitor(services, monitor.objectId);
    await removeRefreshes(transaction, current.objectId);
    await forgetWindows(transaction.connection, current.objectId);
    if (behaviour.monitor_delete === 'immediate') return transaction.remove('monitor', current.objectId);
    const goneAt = current.goneAt ?? now() + lifecycle.deleteDelayMs;
    return putMonitor(transaction, { ...current, goneAt });
  });
}
