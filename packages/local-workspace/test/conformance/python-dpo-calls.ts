import { expect } from '@jest/globals';
import { planned } from './planned-call.ts';
import type { PlannedCall, Seen } from './planned-call.ts';

const unity = '/api/2.1/unity-catalog';
const monitors = '/api/data-quality/v1/monitors';
const dashboards = '/api/2.0/lakeview/dashboards';
const alerts = '/api/2.0/alerts';
const text = expect.any(String);
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

const ofMonitor = ({ tableId }: Seen): string => `${monitors}/table/${tableId}`;
const monitorOf = ({ tableId, schemaId }: Seen, slices: readonly string[]) => ({
  object_type: 'table',
  object_id: tableId,
  data_profiling_config: {
    output_schema_id: schemaId,
    assets_dir: '/Workspace/Users/ann@example.com/databricks_lakehouse_monitoring/prod.ml.churn',
    skip_builtin_dashboard: true,
    inference_log: {
      problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
      prediction_column: 'prediction',
      timestamp_column: 'event_time',
      label_column: 'label',
      model_id_column: 'model_id',
      granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
    },
    slicing_exprs: slices,
    baseline_table_name: 'prod.ml.churn',
    custom_metrics: [
      {
        name: 'mean_score',
        type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
        input_columns: ['score'],
        definition: 'avg({{input_column}})',
        output_data_type: 'double',
      },
    ],
  },
});

const alertOf = ({ warehouseId }: Seen, threshold: number) => ({
  display_name: '[DPO] drift',
  query_text: 'SELECT COALESCE(max(score), 0) AS worst FROM prod.ml.churn',
  warehouse_id: warehouseId,
  evaluation: {
    source: { name: 'worst' },
    comparison_operator: 'GREATER_THAN',
    threshold: { value: { double_value: threshold } },
    empty_result_state: 'OK',
    notification: { notify_on_ok: false, retrigger_seconds: 3600, subscriptions: [{ user_email: 'ann@example.com' }] },
  },
  schedule: { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' },
});

const dashboardOf = ({ warehouseId }: Seen, title: string) => ({
  display_name: 'DPO overview',
  serialized_dashboard: JSON.stringify({ datasets: [], pages: [{ name: 'p', displayName: title, layout: [] }] }),
  warehouse_id: warehouseId,
});

/** The calls of the older Python tool, in its order, as recorded over all of its flows. */
export const plannedCalls: readonly PlannedCall[] = [
  planned('GET', '/.well-known/databricks-config', { status: 200, answer: { oidc_endpoint: text } }),
  planned('GET', '/api/2.0/preview/scim/v2/Me', { status: 200, answer: { userName: text } }),
  planned('GET', `${unity}/schemas?catalog_name=prod&max_results=0`, {
    status: 200,
    answer: { schemas: expect.arrayContaining([expect.objectContaining({ full_name: 'prod.ml', schema_id: uuid })]) },
  }),
  planned('GET', `${unity}/schemas/prod.monitoring`, {
    status: 200,
    answer: { schema_id: uuid },
    keep: { schemaId: 'schema_id' },
  }),
  planned('POST', `${unity}/schemas`, {
    body: () => ({ name: 'global_monitoring', catalog_name: 'prod' }),
    status: 200,
    answer: { full_name: 'prod.global_monitoring', schema_id: uuid },
  }),
  planned('GET', `${unity}/tables?catalog_name=prod&schema_name=ml&max_results=0`, {
    status: 200,
    answer: { tables: expect.arrayContaining([expect.objectContaining({ full_name: 'prod.ml.churn' })]) },
  }),
  planned('GET', `${unity}/tables/prod.ml.churn`, {
    status: 200,
    answer: { table_id: uuid, table_type: 'MANAGED', columns: expect.any(Array) },
    keep: { tableId: 'table_id' },
  }),
  planned('GET', `${unity}/functions/prod.ml.objective`, {
    status: 404,
    answer: { error_code: 'FUNCTION_DOES_NOT_EXIST', message: "Function 'prod.ml.objective' does not exist." },
  }),
  planned('GET', `${unity}/entity-tag-assignments/tables/prod.ml.churn/tags`, {
    status: 200,
    answer: { tag_assignments: [expect.objectContaining({ tag_key: 'monitor_enabled', tag_value: 'true' })] },
  }),
  planned('GET', '/api/2.0/sql/warehouses', {
    status: 200,
    answer: { warehouses: [expect.objectContaining({ id: text, enable_serverless_compute: true })] },
  }),
  planned('POST', '/api/2.0/sql/statements', {
    body: ({ warehouseId }) => ({
      warehouse_id: warehouseId,
      statement: 'SELECT APPROX_COUNT_DISTINCT(`label`) FROM prod.ml.churn',
      wait_timeout: '30s',
    }),
    status: 200,
    answer: { status: { state: 'SUCCEEDED' }, result: expect.objectContaining({ data_array: [['2']] }) },
  }),
  planned('GET', `${monitors}?page_size=100`, { status: 501, answer: { error_code: 'NOT_IMPLEMENTED' } }),
  planned('POST', monitors, {
    body: (seen) => monitorOf(seen, ['model_id']),
    status: 200,
    answer: { object_type: 'table', object_id: uuid, data_profiling_config: expect.any(Object) },
  }),
  planned('GET', ofMonitor, {
    status: 200,
    answer: { data_profiling_config: expect.objectContaining({ slicing_exprs: ['model_id'], status: text }) },
  }),
  planned('PATCH', (seen) => `${ofMonitor(seen)}?update_mask=data_profiling_config`, {
    body: (seen) => monitorOf(seen, ['model_id', 'id > 30']),
    status: 200,
    answer: { data_profiling_config: expect.objectContaining({ slicing_exprs: ['model_id', 'id > 30'] }) },
  }),
  planned('POST', (seen) => `${ofMonitor(seen)}/refreshes`, {
    body: ({ tableId }) => ({ object_type: 'table', object_id: tableId }),
    status: 200,
    answer: { state: expect.stringMatching(/^MONITOR_REFRESH_STATE_/) },
    keep: { refreshId: 'refresh_id' },
  }),
  planned('GET', (seen) => `${ofMonitor(seen)}/refreshes?page_size=10`, {
    status: 200,
    answer: { refreshes: expect.arrayContaining([expect.objectContaining({ start_time_ms: expect.anything() })]) },
  }),
  planned('GET', (seen) => `${ofMonitor(seen)}/refreshes/${seen['refreshId']}`, {
    status: 200,
    answer: { state: expect.stringMatching(/^MONITOR_REFRESH_STATE_/) },
  }),
  planned('DELETE', ofMonitor, { status: 200, answer: {} }),
  planned('GET', '/api/2.0/notification-destinations', { status: 200, answer: {} }),
  planned('GET', `${alerts}?page_size=100`, { status: 200, answer: {} }),
  planned('POST', alerts, {
    body: (seen) => alertOf(seen, 0.2),
    status: 200,
    answer: { id: text, display_name: '[DPO] drift' },
    keep: { alertId: 'id' },
  }),
  planned(
    'PATCH',
    ({ alertId }) => `${alerts}/${alertId}?update_mask=display_name,query_text,warehouse_id,evaluation,schedule`,
    {
      body: (seen) => alertOf(seen, 0.3),
      status: 200,
      answer: { evaluation: expect.objectContaining({ threshold: { value: { double_value: 0.3 } } }) },
    },
  ),
  planned('POST', '/api/2.0/workspace/mkdirs', {
    body: () => ({ path: '/Workspace/Shared/dpo' }),
    status: 200,
    answer: {},
  }),
  planned('POST', dashboards, {
    body: (seen) => ({ ...dashboardOf(seen, 'Overview'), parent_path: '/Workspace/Shared/dpo' }),
    status: 200,
    answer: { dashboard_id: expect.stringMatching(/^[0-9a-f]{32}$/) },
    keep: { dashboardId: 'dashboard_id' },
  }),
  planned('GET', '/api/2.0/workspace/get-status?path=/Workspace/Shared/dpo/DPO%20overview.lvdash.json', {
    status: 200,
    answer: { object_type: 'DASHBOARD', resource_id: expect.stringMatching(/^[0-9a-f]{32}$/) },
  }),
  planned('PATCH', ({ dashboardId }) => `${dashboards}/${dashboardId}`, {
    body: (seen) => dashboardOf(seen, 'Changed'),
    status: 200,
    answer: { serialized_dashboard: expect.stringContaining('Changed') },
  }),
];
