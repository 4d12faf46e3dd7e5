import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { LegacySettings } from './legacy-config.ts';
import type { MonitorConfig } from './monitor-config.ts';

/**
 * A monitor of a table as it is kept, whichever API made it: one per table and metastore. It has no id of its own: the
 * id of its table is its identity.
 */
export interface Monitor {
  readonly objectId: string;
  readonly config: MonitorConfig;
  /** Owns the metric tables; refreshes run with the rights of this principal. */
  readonly creator: string;
  /** The workspace that made it and that holds its assets. */
  readonly workspaceId: string;
  readonly version: number;
  /** Real time in epoch milliseconds at which PENDING becomes ACTIVE. */
  readonly activeAt: number;
  /** `false`: it stays PENDING and no refresh of it runs; see the switch `custom_metric_bare_type`. */
  readonly initialises?: false;
  /** Real time in epoch milliseconds at which DELETE_PENDING ends. */
  readonly goneAt?: number;
  /** None if the built-in dashboard was skipped. */
  readonly dashboardId?: string;
  readonly monitoredTable: string;
  readonly profileMetricsTable: string;
  readonly driftMetricsTable: string;
  readonly latestFailure?: string;
  /** Settings that only the legacy API has. */
  readonly legacy?: LegacySettings;
}

/** No source tells when a monitor is ERROR or FAILED; a refresh that fails leaves it ACTIVE with a message. */
export type MonitorStatus = 'PENDING' | 'ACTIVE' | 'DELETE_PENDING';

export function statusOf(monitor: Monitor, now: number): MonitorStatus {
  if (monitor.goneAt !== undefined) return 'DELETE_PENDING';
  return monitor.initialises !== false && now >= monitor.activeAt ? 'ACTIVE' : 'PENDING';
}

export function findMonitor(source: Pick<Storage, 'get'>, objectId: string): Monitor | undefined {
  return source.get('monitor', objectId.toLowerCase()) as Monitor | undefined;
}

export function allMonitors(source: Pick<Storage, 'list'>): readonly Monitor[] {
  return source.list('monitor') as unknown as readonly Monitor[];
}

export async function putMonitor(transaction: Transaction, monitor: Monitor): Promise<void> {
  await transaction.put('monitor', monitor.objectId, monitor as unknown as Document);
}
