import { describe, expect, test } from '@jest/globals';
import type { LocalWorkspaceOptions } from '../../src/index.ts';
import { as } from '../access/principals.ts';
import { configOf, createMonitor, monitorsPath, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const options: Partial<LocalWorkspaceOptions> = {
  firstRefresh: 'held',
  lifecycle: { activeAfterMs: 0, refreshDelayMs: 0 },
  behaviour: {
    int64: 'number',
    monitor_probability_column: 'dropped',
    monitor_delete: 'immediate',
    custom_metric_bare_type: 'accepted',
  },
  principals: [{ userName: 'bo@x.com', token: 'bo-token', admin: true, metastoreAdmin: true }],
};

const path = `${unityPrefix}/tables/prod.ml.churn/monitor`;
const basic = { assets_dir: '/Workspace/Shared/m', output_schema_name: 'prod.monitoring', snapshot: {} };
const metric = {
  name: 'm',
  definition: 'avg({{input_column}})',
  input_columns: ['score'],
  output_data_type: '{"type":"double"}',
};
const log = { label_col: 'label', prediction_col: 'prediction', model_id_col: 'model_id', timestamp_col: 'event_time' };
const everything = {
  slicing_exprs: ['id > 3'],
  baseline_table_name: 'prod.ml.orders',
  custom_metrics: [{ ...metric, type: 'CUSTOM_METRIC_TYPE_AGGREGATE' }],
  schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' },
  notifications: {
    on_failure: { email_addresses: ['a@b.c'] },
    on_new_classification_tag_detected: { email_addresses: ['d@e.f'] },
  },
  data_classification_config: { enabled: true },
};

async function v1(workspace: TestWorkspace) {
  const id = await workspace.field(`${unityPrefix}/tables/prod.ml.churn`, 'table_id');
  return configOf(await workspace.call('GET', `${monitorsPath}/table/${id}`));
}

describe('the legacy monitor API', () => {
  test('creates what databricks/cli recorded: PENDING first, then a dashboard, no inputs in the answer', async () => {
    await withWorkspace(options, async (workspace) => {
      const created = await workspace.call('POST', path, {
        ...basic,
        warehouse_id: 'w',
        skip_builtin_dashboard: false,
      });
      expect(created.body).toEqual({
        assets_dir: '/Workspace/Shared/m',
        drift_metrics_table_name: 'prod.monitoring.churn_drift_metrics',
        monitor_version: 0,
        output_schema_name: 'prod.monitoring',
        profile_metrics_table_name: 'prod.monitoring.churn_profile_metrics',
        snapshot: {},
        status: 'MONITOR_STATUS_PENDING',
        table_name: 'prod.ml.churn',
      });
      const upper = `${unityPrefix}/tables/PROD.ml.Churn/monitor`;
      expect((await workspace.call('GET', upper)).body).toEqual({
        ...created.body,
        status: 'MONITOR_STATUS_ACTIVE',
        dashboard_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
      expect(await workspace.call('POST', path, basic)).toMatchObject({
        status: 409,
        body: { message: "Data Monitor 'prod.ml.churn' already exists" },
      });
    });
  });

  test.each([
    ['snapshot', { snapshot: {} }, { snapshot: {} }],
    [
      'time_series',
      { time_series: { timestamp_col: 'event_time', granularities: ['5 minutes', '1 hour', '2 weeks', '1 year'] } },
      {
        time_series: {
          timestamp_column: 'event_time',
          granularities: ['5_MINUTES', '1_HOUR', '2_WEEKS', '1_YEAR'].map((name) => `AGGREGATION_GRANULARITY_${name}`),
        },
      },
    ],
    [
      'inference_log',
      {
        inference_log: {
          ...log,
          problem_type: 'PROBLEM_TYPE_CLASSIFICATION',
          granularities: ['1 day', '1 week', '1 month'],
          prediction_proba_col: 'score',
        },
      },
      {
        inference_log: {
          problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
          timestamp_column: 'event_time',
          granularities: ['1_DAY', '1_WEEK', '1_MONTH'].map((name) => `AGGREGATION_GRANULARITY_${name}`),
          prediction_column: 'prediction',
          label_column: 'label',
          model_id_column: 'model_id',
        },
      },
    ],
  ])('a %s profile and every setting mean the same in both APIs', async (_type, profile, mapped) => {
    await withWorkspace(options, async (workspace) => {
      const { snapshot: _snapshot, ...rest } = basic;
      const given = { ...rest, ...profile, ...everything };
      const created = await workspace.call('POST', path, given);
      const schedule = { ...everything.schedule, pause_status: 'UNPAUSED' };
      expect(created.body).toMatchObject({ ...given, schedule });
      expect(await v1(workspace)).toMatchObject({
        ...mapped,
        assets_dir: '/Workspace/Shared/m',
        slicing_exprs: ['id > 3'],
        baseline_table_name: 'prod.ml.orders',
        custom_metrics: [{ ...metric, type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE' }],
        schedule: { ...everything.schedule, pause_status: 'CRON_SCHEDULE_PAUSE_STATUS_UNPAUSED' },
        notification_settings: { on_failure: { email_addresses: ['a@b.c'] } },
        profile_metrics_table_name: 'prod.monitoring.churn_profile_metrics',
        status: 'DATA_PROFILING_STATUS_ACTIVE',
      });
    });
  });

  test('a monitor of the other API is shown and changed, and shows up there', async () => {
    await withWorkspace(options, async (workspace) => {
      const { tableId } = await createMonitor(workspace, { slicing_exprs: ['id > 3'] });
      const read = await workspace.call('GET', path);
      expect(read.body).toMatchObject({
        time_series: { timestamp_col: 'event_time', granularities: ['1 day'] },
        slicing_exprs: ['id > 3'],
      });
      const body = { output_schema_name: 'prod.monitoring', snapshot: {} };
      expect((await workspace.call('PUT', path, body)).body).toMatchObject({ snapshot: {}, monitor_version: 1 });
      const config = await v1(workspace);
      expect(config).toMatchObject({ snapshot: {}, monitor_version: 1 });
      expect(config).not.toHaveProperty('slicing_exprs');
      await workspace.call('DELETE', path);
      expect((await workspace.call('GET', `${monitorsPath}/table/${tableId}`)).status).toBe(404);
    });
  });

  test('an update removes what it leaves out, and ignores the assets directory and output fields', async () => {
    await withWorkspace(options, async (workspace) => {
      await workspace.call('POST', path, { ...basic, ...everything, warehouse_id: 'w' });
      const dashboard = String((await workspace.call('GET', path)).body['dashboard_id']);
      const outputs = { status: 'X', monitor_version: 9, table_name: 't', latest_monitor_failure_msg: 'm' };
      const body = { output_schema_name: 'prod.ml', snapshot: {}, assets_dir: '/Workspace/other', ...outputs };
      expect((await workspace.call('PUT', path, body)).body).toEqual({
        assets_dir: '/Workspace/Shared/m',
        dashboard_id: dashboard,
        drift_metrics_table_name: 'prod.ml.churn_drift_metrics',
        monitor_version: 1,
        output_schema_name: 'prod.ml',
        profile_metrics_table_name: 'prod.ml.churn_profile_metrics',
        snapshot: {},
        status: 'MONITOR_STATUS_ACTIVE',
        table_name: 'prod.ml.churn',
      });
      expect((await v1(workspace))['effective_warehouse_id']).toBe('w');
      const moved = await workspace.call('PUT', path, { ...body, dashboard_id: 'd'.repeat(32) });
      expect(moved.body['dashboard_id']).toBe('d'.repeat(32));
    });
  });

  test('W022: an update is for the creator alone, a deletion is not', async () => {
    await withWorkspace(options, async (workspace) => {
      await workspace.call('POST', path, basic);
      const other = as(workspace, 'bo-token');
      expect(await other.call('PUT', path, { output_schema_name: 'prod.ml', snapshot: {} })).toMatchObject({
        status: 403,
        body: { message: "User is not the creator of Data Monitor 'prod.ml.churn'." },
      });
      expect(await other.call('DELETE', path)).toMatchObject({ status: 200, body: {} });
    });
  });

  test.each([
    ['two profile types', { time_series: { timestamp_col: 'event_time', granularities: ['1 day'] } }, 'are given'],
    ['no profile type', { snapshot: null }, 'none is given'],
    ['no assets directory', { assets_dir: null }, 'assets_dir: missing'],
    ['an output field', { monitor_version: 0 }, 'monitor_version: output only'],
    ['a dashboard', { dashboard_id: 'd' }, 'dashboard_id: output only'],
    ['a pause status', { schedule: { ...everything.schedule, pause_status: 'UNPAUSED' } }, 'pause_status: output only'],
    [
      'a granularity of the other API',
      {
        snapshot: null,
        time_series: { timestamp_col: 'event_time', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
      },
      'time_series.granularities[0]',
    ],
    [
      'a metric type of the other API',
      { custom_metrics: [{ ...metric, type: 'DATA_PROFILING_X' }] },
      'custom_metrics[0].type',
    ],
    ['an unknown field', { output_schema_id: 'x' }, 'output_schema_id: unknown field'],
    [
      'six addresses',
      { notifications: { on_new_classification_tag_detected: { email_addresses: Array(6).fill('a@b.c') } } },
      'on_new_classification_tag_detected.email_addresses: at most 5',
    ],
  ])('refuses %s', async (_name, config, message) => {
    await withWorkspace(options, async (workspace) => {
      const { status, body } = await workspace.call('POST', path, { ...basic, ...config });
      expect([status, body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      expect(body['message']).toContain(message);
    });
  });

  test('tells missing tables, schemas and monitors apart', async () => {
    await withWorkspace(options, async (workspace) => {
      const missing = await workspace.call('GET', path);
      expect([missing.status, missing.body['message']]).toEqual([
        404,
        expect.stringMatching(/^Cannot find Monitor with ID: \/metastores:.+\/tables:.+\/$/),
      ]);
      const table = await workspace.call('GET', `${unityPrefix}/tables/prod.ml.none/monitor`);
      expect(table.body['error_code']).toBe('TABLE_DOES_NOT_EXIST');
      const schema = await workspace.call('POST', path, { ...basic, output_schema_name: 'prod.none' });
      expect(schema.body['error_code']).toBe('SCHEMA_DOES_NOT_EXIST');
      const short = await workspace.call('GET', `${unityPrefix}/tables/ml.churn/monitor`);
      expect([short.status, short.body['message']]).toEqual([400, expect.stringContaining('table_name')]);
    });
  });

  test('refreshes: run, list the newest 25, get, cancel', async () => {
    await withWorkspace({ ...options, lifecycle: { activeAfterMs: 0, refreshDelayMs: 60_000 } }, async (workspace) => {
      await workspace.call('POST', path, basic);
      const run = () => workspace.call('POST', `${path}/refreshes`);
      const first = await run();
      expect(first.body).toEqual({
        refresh_id: expect.any(Number),
        state: 'PENDING',
        trigger: 'MANUAL',
        start_time_ms: expect.any(Number),
      });
      for (let count = 0; count < 25; count += 1) await run();
      const { refreshes } = (await workspace.call('GET', `${path}/refreshes`)).body as {
        refreshes: readonly Record<string, unknown>[];
      };
      expect(refreshes).toHaveLength(25);
      expect(refreshes).not.toContainEqual(first.body);
      const one = `${path}/refreshes/${String(first.body['refresh_id'])}`;
      expect((await workspace.call('GET', one)).body).toEqual(first.body);
      expect((await workspace.call('POST', `${one}/cancel`)).body).toEqual({});
      expect((await workspace.call('GET', one)).body).toMatchObject({
        state: 'CANCELED',
        end_time_ms: expect.any(Number),
      });
      expect((await workspace.call('GET', `${path}/refreshes/12`)).status).toBe(404);
    });
  });

  test('makes the dashboard anew, also for a monitor without one', async () => {
    await withWorkspace(options, async (workspace) => {
      await workspace.call('POST', path, { ...basic, skip_builtin_dashboard: true });
      expect((await workspace.call('GET', path)).body).not.toHaveProperty('dashboard_id');
      const regenerate = '/api/2.1/quality-monitoring/tables/prod.ml.churn/monitor/dashboard';
      const made = await workspace.call('POST', regenerate, { warehouse_id: workspace.warehouseId });
      expect(made.body).toEqual({
        dashboard_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        parent_folder: '/Workspace/Shared/m',
      });
      expect((await workspace.call('GET', path)).body['dashboard_id']).toBe(made.body['dashboard_id']);
      expect((await workspace.call('POST', regenerate)).body['dashboard_id']).not.toBe(made.body['dashboard_id']);
    });
  });
});
