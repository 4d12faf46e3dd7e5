import type { Answer } from '../api/route.ts';
import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { MonitorConfig } from './monitor-config.ts';

/** A monitor as it is kept. It has no id of its own: the id of its table is its identity. */
export interface Monitor {
  readonly objectId: string;
  readonly config: MonitorConfig;
  /** Owns the metric tables. */
  readonly creator: string;
  readonly version: number;
  /** Real time in epoch milliseconds at which PENDING becomes ACTIVE. */
  readonly activeAt: number;
  readonly dashboardId: string;
  readonly monitoredTable: string;
  readonly profileMetricsTable: string;
  readonly driftMetricsTable: string;
  readonly latestFailure?: string;
}

export function findMonitor(source: Pick<Storage, 'get'>, objectId: string): Monitor | undefined {
  return source.get('monitor', objectId.toLowerCase()) as Monitor | undefined;
}

export async function putMonitor(transaction: Transaction, monitor: Monitor): Promise<void> {
  await transaction.put('monitor', monitor.objectId, monitor as unknown as Document);
}

/**
 * What the API shows. Inputs of creation are not echoed, nor is `prediction_probability_column`, which only one of the
 * generated clients knows (databricks-sdk-go `service/dataquality/model.go` lacks it).
 */
export function monitorAnswer(
  monitor: Monitor,
  options: { readonly now: number; readonly defaultWarehouseId: string },
): Answer {
  const {
    warehouse_id: warehouseId,
    skip_builtin_dashboard: skipDashboard,
    schedule,
    inference_log: log,
    ...config
  } = monitor.config;
  const active = options.now >= monitor.activeAt;
  return {
    object_type: 'table',
    object_id: monitor.objectId,
    data_profiling_config: {
      ...config,
      ...(log === undefined ? {} : { inference_log: withoutProbability(log) }),
      ...(schedule === undefined
        ? {}
        : { schedule: { ...schedule, pause_status: 'CRON_SCHEDULE_PAUSE_STATUS_UNPAUSED' } }),
      monitored_table_name: monitor.monitoredTable,
      profile_metrics_table_name: monitor.profileMetricsTable,
      drift_metrics_table_name: monitor.driftMetricsTable,
      monitor_version: monitor.version,
      status: active ? 'DATA_PROFILING_STATUS_ACTIVE' : 'DATA_PROFILING_STATUS_PENDING',
      effective_warehouse_id: warehouseId ?? options.defaultWarehouseId,
      ...(active && skipDashboard !== true ? { dashboard_id: monitor.dashboardId } : {}),
      ...(monitor.latestFailure === undefined ? {} : { latest_monitor_failure_message: monitor.latestFailure }),
    },
  };
}

function withoutProbability(log: NonNullable<MonitorConfig['inference_log']>): Answer {
  const { prediction_probability_column: _unused, ...shown } = log;
  return shown;
}
