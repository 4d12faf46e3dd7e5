import { tableSecurable } from '../access/securable.ts';
import type { Securable } from '../access/securable.ts';
import type { Caller } from '../principals/caller.ts';
import { existingMonitor, presentMonitor } from './existing-monitor.ts';
import { requireManagement, requireReading } from './monitor-rights.ts';
import type { MonitorServices } from './monitor-services.ts';
import type { Monitor } from './monitor.ts';

/** The table of a monitor and who asks. */
export interface MonitorRequest {
  readonly objectId: string;
  readonly caller: Caller;
}

/** The monitor for those who may read it; 403 comes before 404, so that nobody learns what he may not see. */
export function readableMonitor(services: MonitorServices, { objectId, caller }: MonitorRequest): Monitor {
  const table = placeOf(services, objectId);
  if (table !== undefined) requireReading(services.access, caller, table);
  return existingMonitor(services, objectId);
}

/** The monitor for those who may change it. */
export function managedMonitor(services: MonitorServices, { objectId, caller }: MonitorRequest): Monitor {
  const table = placeOf(services, objectId);
  if (table !== undefined) requireManagement(services.access, caller, table);
  return existingMonitor(services, objectId);
}

/** Where the privileges are looked up: the table, or the place where it was before it was dropped. */
function placeOf(services: MonitorServices, objectId: string): Securable | undefined {
  const table = services.unity.tableById(objectId);
  if (table !== undefined) return tableSecurable(table);
  const monitor = presentMonitor(services, objectId);
  return monitor === undefined ? undefined : { type: 'table', name: monitor.monitoredTable };
}
