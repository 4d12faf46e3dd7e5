import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { shippedBehaviours } from '../../src/index.ts';
import { configOf, createMonitor, dailyConfig, monitorsPath, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const behaviour = shippedBehaviours.documented;
const held = { firstRefresh: 'held', behaviour } as const;
const inference = {
  problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
  timestamp_column: 'event_time',
  granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
  prediction_column: 'prediction',
  model_id_column: 'model_id',
};
const metric = {
  name: 'm',
  definition: 'avg(`{{input_column}}`)',
  input_columns: ['score'],
  output_data_type: 'double',
  type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
};

describe('R109 D013 creation of a monitor', () => {
  test('T01 the answer is PENDING, has no monitor id and no dashboard', async () => {
    await withWorkspace(held, async (workspace) => {
      const { tableId, reply } = await createMonitor(workspace, { slicing_exprs: ['id > 3'], warehouse_id: 'w' });
      expect(reply.status).toBe(200);
      expect(Object.keys(reply.body)).toEqual(['object_type', 'object_id', 'data_profiling_config']);
      expect(reply.body['object_id']).toBe(tableId);
      expect(configOf(reply)).toEqual({
        ...(await dailyConfig(workspace)),
        assets_dir: expect.stringMatching(/^\/Workspace\/Users\/.+\/prod\.ml\.churn$/),
        slicing_exprs: ['id > 3'],
        monitored_table_name: 'prod.ml.churn',
        profile_metrics_table_name: 'prod.monitoring.churn_profile_metrics',
        drift_metrics_table_name: 'prod.monitoring.churn_drift_metrics',
        monitor_version: 0,
        status: 'DATA_PROFILING_STATUS_PENDING',
        effective_warehouse_id: 'w',
      });
    });
  });

  test('it becomes ACTIVE after a delay, with a dashboard unless that was skipped', async () => {
    await withWorkspace({ ...held, lifecycle: { activeAfterMs: 100 } }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const path = `${monitorsPath}/table/${tableId}`;
      expect(configOf(await workspace.call('GET', path))['status']).toBe('DATA_PROFILING_STATUS_PENDING');
      await sleep(120);
      const active = configOf(await workspace.call('GET', path));
      expect(active['status']).toBe('DATA_PROFILING_STATUS_ACTIVE');
      expect(active['dashboard_id']).toMatch(/^[0-9a-f]{32}$/);
      expect(configOf(await workspace.call('GET', path))['dashboard_id']).toBe(active['dashboard_id']);
      await workspace.call('DELETE', path);
      await createMonitor(workspace, { skip_builtin_dashboard: true });
      await sleep(120);
      expect(configOf(await workspace.call('GET', path))).not.toHaveProperty('dashboard_id');
    });
  });

  test('inputs of creation and the probability column are accepted and never echoed', async () => {
    await withWorkspace(held, async (workspace) => {
      const { reply } = await createMonitor(workspace, {
        time_series: null,
        warehouse_id: 'w',
        skip_builtin_dashboard: true,
        inference_log: { ...inference, prediction_probability_column: 'score' },
        custom_metrics: [metric],
      });
      const config = configOf(reply);
      expect(config['inference_log']).toEqual(inference);
      expect(config['custom_metrics']).toEqual([metric]);
      expect(config).not.toHaveProperty('warehouse_id');
      expect(config).not.toHaveProperty('skip_builtin_dashboard');
    });
  });

  test('a second monitor of a table is refused with 409', async () => {
    await withWorkspace(held, async (workspace) => {
      await createMonitor(workspace);
      const { reply } = await createMonitor(workspace);
      expect([reply.status, reply.body['error_code'], reply.body['message']]).toEqual([
        409,
        'ALREADY_EXISTS',
        "Data Monitor 'prod.ml.churn' already exists",
      ]);
    });
  });

  test('a schedule comes back unpaused and output fields in the body are ignored', async () => {
    await withWorkspace(held, async (workspace) => {
      const schedule = { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'Europe/Berlin' };
      const { reply } = await createMonitor(workspace, {
        schedule,
        status: 'X',
        monitor_version: 9,
        dashboard_id: 'd',
      });
      expect(configOf(reply)).toMatchObject({
        schedule: { ...schedule, pause_status: 'CRON_SCHEDULE_PAUSE_STATUS_UNPAUSED' },
        monitor_version: 0,
        status: 'DATA_PROFILING_STATUS_PENDING',
      });
    });
  });

  test.each<readonly [string, object, string]>([
    ['no profile type', { time_series: null }, 'exactly one of snapshot, time_series and inference_log'],
    ['two profile types', { snapshot: {} }, 'snapshot and time_series are given'],
    [
      'a wrong granularity',
      { time_series: { timestamp_column: 'event_time', granularities: ['1 day'] } },
      'granularities[0]',
    ],
    ['no granularity', { time_series: { timestamp_column: 'event_time', granularities: [] } }, 'granularities'],
    [
      'inference without a model id',
      { time_series: null, inference_log: { ...inference, model_id_column: null } },
      'model_id_column: missing',
    ],
    [
      'an unknown column',
      { time_series: { timestamp_column: 'none', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] } },
      "has no column 'none'",
    ],
    [
      'six addresses',
      { notification_settings: { on_failure: { email_addresses: Array(6).fill('a@b.c') } } },
      'at most 5',
    ],
    [
      'a pause status',
      { schedule: { quartz_cron_expression: '0 0 1 * * ?', timezone_id: 'UTC', pause_status: 'P' } },
      'pause_status: output only',
    ],
    ['a schedule without time zone', { schedule: { quartz_cron_expression: '0 0 1 * * ?' } }, 'timezone_id: missing'],
    ['a metric without type', { custom_metrics: [{ ...metric, type: null }] }, 'custom_metrics[0].type'],
    ['a name instead of a schema id', { output_schema_id: 'prod.monitoring' }, 'output_schema_id'],
    ['an unknown field', { output_schema_name: 'x' }, 'output_schema_name: unknown field'],
    ['a relative assets directory', { assets_dir: 'x' }, 'assets_dir'],
    [
      'an unknown problem type',
      { time_series: null, inference_log: { ...inference, problem_type: 'PROBLEM_TYPE_CLASSIFICATION' } },
      'inference_log.problem_type: "PROBLEM_TYPE_CLASSIFICATION" is not one of',
    ],
    [
      'an unspecified granularity',
      { time_series: { timestamp_column: 'event_time', granularities: ['AGGREGATION_GRANULARITY_UNSPECIFIED'] } },
      'time_series.granularities[0]',
    ],
    [
      'a number at the end of a long list',
      { slicing_exprs: [...Array(1999).fill('id > 1'), 7] },
      'slicing_exprs[1999]',
    ],
    [
      'a metric without columns',
      { custom_metrics: [{ ...metric, input_columns: [] }] },
      'custom_metrics[0].input_columns',
    ],
    ['text for a flag', { skip_builtin_dashboard: 'true' }, 'skip_builtin_dashboard: expected a boolean'],
    ['a list for a configuration', { time_series: [] }, 'time_series: expected an object'],
    [
      'a cron expression of five fields',
      { schedule: { quartz_cron_expression: '0 12 * * ?', timezone_id: 'UTC' } },
      'schedule.quartz_cron_expression',
    ],
    [
      'a time zone that does not exist',
      { schedule: { quartz_cron_expression: '0 0 1 * * ?', timezone_id: 'Mars/Base' } },
      'schedule.timezone_id',
    ],
  ])('refuses %s with 400', async (_name, config, message) => {
    await withWorkspace(held, async (workspace) => {
      const { reply } = await createMonitor(workspace, config as Readonly<Record<string, unknown>>);
      expect([reply.status, reply.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      expect(reply.body['message']).toContain(message);
    });
  });

  test('refuses tables and schemas that do not exist and monitors of schemas', async () => {
    await withWorkspace(held, async (workspace) => {
      const nowhere = '00000000-0000-4000-8000-000000000000';
      const missingSchema = (await createMonitor(workspace, { output_schema_id: nowhere })).reply;
      const missingTable = await create(workspace, { object_id: nowhere });
      const schema = await create(workspace, { object_type: 'schema', object_id: nowhere });
      expect([missingSchema.status, missingTable.status, schema.status]).toEqual([404, 404, 400]);
      expect(schema.body['message']).toContain('data_profiling_config');
    });
  });

  test.each([
    ['nothing', {}, 'object_type: missing'],
    ['another object type', { object_type: 'catalog', object_id: 'x' }, 'object_type: "catalog" is not one of'],
    [
      'a name instead of an id',
      { object_type: 'table', object_id: 'prod.ml.churn', data_profiling_config: {} },
      "object_id: 'prod.ml.churn' is not a UUID",
    ],
    ['a configuration for schemas', { object_type: 'table', anomaly_detection_config: {} }, 'anomaly_detection_config'],
  ])('refuses a body of %s', async (_name, body, message) => {
    await withWorkspace(held, async (workspace) => {
      const reply = await workspace.call('POST', monitorsPath, body);
      expect([reply.status, reply.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      expect(reply.body['message']).toContain(message);
    });
  });

  test('object types that no monitor has are refused by name, the unimplemented calls as such', async () => {
    await withWorkspace(held, async (workspace) => {
      for (const [method, path] of [
        ['GET', 'catalog/x'],
        ['PATCH', 'catalog/x?update_mask=a'],
        ['DELETE', 'tables/x'],
        ['GET', 'catalog/x/refreshes?page_size=1'],
        ['POST', 'catalog/x/refreshes/1/cancel'],
      ] as const) {
        const { status, body } = await workspace.call(
          method,
          `${monitorsPath}/${path}`,
          method === 'GET' ? undefined : {},
        );
        expect([status, body['message']]).toEqual([400, expect.stringContaining('is not one of table, schema')]);
      }
      for (const method of ['PATCH', 'DELETE']) {
        const { status } = await workspace.call(method, `${monitorsPath}/table/x/refreshes/1`);
        expect(status).toBe(501);
      }
    });
  });

  test('a view can be profiled', async () => {
    await withWorkspace({ behaviour }, async (workspace) => {
      const viewId = await workspace.field(`${unityPrefix}/tables/prod.ml.recent`, 'table_id');
      const reply = await create(workspace, { object_id: viewId });
      expect(configOf(reply)['monitored_table_name']).toBe('prod.ml.recent');
      await workspace.idle();
      const refreshes = await workspace.call('GET', `${monitorsPath}/table/${viewId}/refreshes`);
      expect(refreshes.body['refreshes']).toMatchObject([{ state: 'MONITOR_REFRESH_STATE_SUCCESS' }]);
    });
  });

  test('list answers 501 and GET of a missing monitor has the recorded text', async () => {
    await withWorkspace(held, async (workspace) => {
      const listed = await workspace.call('GET', monitorsPath);
      expect([listed.status, listed.body['error_code']]).toEqual([501, 'NOT_IMPLEMENTED']);
      const tableId = await workspace.field(`${unityPrefix}/tables/prod.ml.churn`, 'table_id');
      const missing = await workspace.call('GET', `${monitorsPath}/table/${tableId}`);
      expect([missing.status, missing.body['message']]).toEqual([
        404,
        `Cannot find Monitor with ID: /metastores:${workspace.metastoreId}/tables:${tableId}/`,
      ]);
    });
  });
});

async function create(workspace: TestWorkspace, body: object) {
  const config = await dailyConfig(workspace);
  return workspace.call('POST', monitorsPath, { object_type: 'table', data_profiling_config: config, ...body });
}
