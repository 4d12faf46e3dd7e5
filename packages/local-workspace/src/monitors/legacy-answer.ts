import type { Answer } from '../api/route.ts';
import type { Unity } from '../unity/unity.ts';
import { legacyOfConfig } from './legacy-mapping.ts';
import { int64 } from './monitor-answer.ts';
import type { MonitorView } from './monitor-answer.ts';
import type { Monitor } from './monitor.ts';

/**
 * A monitor as the legacy API shows it. `warehouse_id` and `skip_builtin_dashboard` are never returned (databricks/cli
 * acceptance `quality_monitors/create`; terraform-provider-databricks #4518).
 */
export function legacyAnswer(monitor: Monitor, view: MonitorView & { readonly unity: Unity }): Answer {
  const { behaviour, unity } = view;
  const schema = unity.schemaById(monitor.config.output_schema_id);
  const isHome = monitor.workspaceId === view.workspaceId;
  return {
    ...legacyOfConfig(monitor.config, monitor.legacy),
    // As in the newer API: what lies in the workspace is shown there only (`QualityMonitorsAPI.get`).
    ...(isHome ? {} : { assets_dir: undefined }),
    dashboard_id: isHome && view.status !== 'PENDING' ? monitor.dashboardId : undefined,
    table_name: monitor.monitoredTable,
    output_schema_name: schema && `${schema.catalog}.${schema.name}`,
    profile_metrics_table_name: monitor.profileMetricsTable,
    drift_metrics_table_name: monitor.driftMetricsTable,
    monitor_version: int64(monitor.version, behaviour),
    status: `MONITOR_STATUS_${view.status}`,
    latest_monitor_failure_msg: monitor.latestFailure,
  };
}
