import type { Answer } from '../api/route.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { MonitorStatus } from './monitor.ts';
import type { Monitor } from './monitor.ts';

/** Who looks, and how the workspace behaves. */
export interface MonitorView {
  readonly status: MonitorStatus;
  /** The workspace that asks: assets are shown to the one that made them. */
  readonly workspaceId: string;
  readonly behaviour: Behaviour;
  readonly defaultWarehouseId: string;
}

/** An int64 as the workspace writes it. */
export function int64(value: number | undefined, { int64: form }: Behaviour): number | string | undefined {
  return form === 'text' && value !== undefined ? String(value) : value;
}

/** A monitor as the data quality API shows it. */
export function monitorAnswer(monitor: Monitor, view: MonitorView): Answer {
  const { behaviour } = view;
  const {
    warehouse_id: warehouseId,
    skip_builtin_dashboard: skipDashboard,
    assets_dir: assetsDirectory,
    schedule,
    inference_log: log,
    ...config
  } = monitor.config;
  const inputs = { warehouse_id: warehouseId, skip_builtin_dashboard: skipDashboard };
  const assets = {
    assets_dir: assetsDirectory,
    effective_warehouse_id: warehouseId ?? view.defaultWarehouseId,
    dashboard_id: view.status === 'PENDING' ? undefined : monitor.dashboardId,
  };
  return {
    object_type: 'table',
    object_id: monitor.objectId,
    data_profiling_config: {
      ...config,
      inference_log: log && shownLog(log, behaviour),
      schedule: schedule && { ...schedule, pause_status: 'CRON_SCHEDULE_PAUSE_STATUS_UNPAUSED' },
      ...(behaviour.monitor_create_inputs === 'echoed' ? inputs : {}),
      // "Some information (e.g. dashboard) may be filtered out" elsewhere (`get_monitor`): whatever is of the workspace.
      ...(monitor.workspaceId === view.workspaceId ? assets : { warehouse_id: undefined }),
      monitored_table_name: monitor.monitoredTable,
      profile_metrics_table_name: monitor.profileMetricsTable,
      drift_metrics_table_name: monitor.driftMetricsTable,
      monitor_version: int64(monitor.version, behaviour),
      status: `DATA_PROFILING_STATUS_${view.status}`,
      latest_monitor_failure_message: monitor.latestFailure,
    },
  };
}

function shownLog(log: NonNullable<Monitor['config']['inference_log']>, behaviour: Behaviour): Answer {
  const { prediction_probability_column: probability, ...shown } = log;
  return behaviour.monitor_probability_column === 'echoed'
    ? { ...shown, prediction_probability_column: probability }
    : shown;
}
