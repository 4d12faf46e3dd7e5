import { describe, expect, test } from '@jest/globals';
import { shippedBehaviours } from '../../src/index.ts';
import { configOf, createMonitor, monitorsPath, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const options = { firstRefresh: 'held', behaviour: shippedBehaviours.documented } as const;

const series = {
  time_series: { timestamp_column: 'event_time', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
};
const inference = {
  inference_log: {
    problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
    timestamp_column: 'event_time',
    granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
    prediction_column: 'prediction',
    model_id_column: 'model_id',
    label_column: 'label',
  },
};
const metric = {
  name: 'm',
  definition: 'count(1)',
  input_columns: [':table'],
  output_data_type: '{"type":"long"}',
  type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
};
const rest = {
  slicing_exprs: ['id > 1'],
  baseline_table_name: 'prod.ml.orders',
  custom_metrics: [metric],
  schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' },
  notification_settings: { on_failure: { email_addresses: ['a@b.c'] } },
};

type Config = Readonly<Record<string, unknown>>;

/** What clients can set, without what the server adds. */
function settings(config: Record<string, unknown>): Config {
  const names = ['snapshot', 'time_series', 'inference_log', 'assets_dir', 'output_schema_id', ...Object.keys(rest)];
  const { pause_status: _paused, ...schedule } = (config['schedule'] ?? {}) as Record<string, unknown>;
  const kept = Object.entries(config).filter(([name]) => names.includes(name));
  return { ...Object.fromEntries(kept), ...(config['schedule'] === undefined ? {} : { schedule }) };
}

/** The settings with a value at a dotted path; without it where the value is absent. */
function at(config: Config, path: string, value: unknown): Config {
  const [field = '', ...below] = path.split('.');
  const { [field]: old, ...others } = config;
  if (below.length > 0) return { ...others, [field]: at((old ?? {}) as Config, below.join('.'), value) };
  return value === undefined ? others : { ...others, [field]: value };
}

function patch(workspace: TestWorkspace, tableId: string, change: { readonly mask: string; readonly config: unknown }) {
  return workspace.call('PATCH', `${monitorsPath}/table/${tableId}?update_mask=${change.mask}`, {
    object_type: 'table',
    object_id: tableId,
    data_profiling_config: change.config,
  });
}

const bySeries = series;
const byLog = { time_series: null, ...inference };

describe('W018 P6: a mask changes what it names', () => {
  test.each<readonly [string, Config, unknown]>([
    ['slicing_exprs', bySeries, ['id > 2', 'label']],
    ['slicing_exprs', bySeries, undefined],
    ['baseline_table_name', bySeries, 'prod.ml.recent'],
    ['baseline_table_name', bySeries, undefined],
    ['custom_metrics', bySeries, [{ ...metric, name: 'n' }]],
    ['custom_metrics', bySeries, undefined],
    ['schedule', bySeries, { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'Europe/Berlin' }],
    ['schedule', bySeries, undefined],
    ['schedule.quartz_cron_expression', bySeries, '0 0 6 * * ?'],
    ['schedule.timezone_id', bySeries, 'Europe/Berlin'],
    ['notification_settings', bySeries, { on_failure: { email_addresses: ['x@y.z'] } }],
    ['notification_settings', bySeries, undefined],
    ['notification_settings.on_failure', bySeries, { email_addresses: [] }],
    ['notification_settings.on_failure', bySeries, undefined],
    ['notification_settings.on_failure.email_addresses', bySeries, ['x@y.z', 'a@b.c']],
    ['notification_settings.on_failure.email_addresses', bySeries, undefined],
    ['time_series', bySeries, { ...series.time_series, granularities: ['AGGREGATION_GRANULARITY_1_HOUR'] }],
    ['time_series.granularities', bySeries, ['AGGREGATION_GRANULARITY_1_WEEK']],
    ['time_series.timestamp_column', bySeries, 'score'],
    ['inference_log.problem_type', byLog, 'INFERENCE_PROBLEM_TYPE_REGRESSION'],
    ['inference_log.timestamp_column', byLog, 'score'],
    ['inference_log.granularities', byLog, ['AGGREGATION_GRANULARITY_1_WEEK']],
    ['inference_log.prediction_column', byLog, 'score'],
    ['inference_log.model_id_column', byLog, 'label'],
    ['inference_log.label_column', byLog, 'score'],
    ['inference_log.label_column', byLog, undefined],
  ])('%s', async (path, type, value) => {
    await withWorkspace(options, async (workspace) => {
      const { tableId, reply } = await createMonitor(workspace, { ...type, ...rest });
      expect(reply.status).toBe(200);
      // Everything else in the body is another value, which the mask keeps out.
      const body = at({ slicing_exprs: ['score > 9'], schedule: {} }, path, value);
      const changed = await patch(workspace, tableId, { mask: `data_profiling_config.${path}`, config: body });
      expect([changed.status, changed.body['message']]).toEqual([200, undefined]);
      const expected = at(settings(configOf(reply)), path, value);
      expect(settings(configOf(changed))).toEqual(expected);
      expect(settings(configOf(await workspace.call('GET', `${monitorsPath}/table/${tableId}`)))).toEqual(expected);
    });
  });

  test('two paths together exchange one type of profile for another', async () => {
    await withWorkspace(options, async (workspace) => {
      const { tableId } = await createMonitor(workspace, rest);
      const mask = 'data_profiling_config.time_series,data_profiling_config.snapshot';
      const config = configOf(await patch(workspace, tableId, { mask, config: { snapshot: {} } }));
      expect(config).toMatchObject({ snapshot: {}, slicing_exprs: ['id > 1'] });
      expect(config).not.toHaveProperty('time_series');
    });
  });

  test.each(['*', 'data_profiling_config', 'anomaly_detection_config,data_profiling_config'])(
    'the mask %s replaces everything but the assets directory',
    async (mask) => {
      await withWorkspace(options, async (workspace) => {
        const { tableId, reply } = await createMonitor(workspace, rest);
        const { output_schema_id, assets_dir } = configOf(reply);
        const body = {
          output_schema_id,
          snapshot: {},
          assets_dir: '/Workspace/other',
          status: 'X',
          monitor_version: 7,
        };
        const changed = configOf(await patch(workspace, tableId, { mask, config: body }));
        expect(settings(changed)).toEqual({ output_schema_id, assets_dir, snapshot: {} });
        expect(changed['monitor_version']).toBe(1);
      });
    },
  );

  test('masks of output fields, of the assets directory and of the other configuration change nothing', async () => {
    await withWorkspace(options, async (workspace) => {
      const { tableId, reply } = await createMonitor(workspace, { ...rest, assets_dir: '/Workspace/Shared' });
      const outputs = [
        'assets_dir',
        'monitored_table_name',
        'status',
        'latest_monitor_failure_message',
        'profile_metrics_table_name',
        'drift_metrics_table_name',
        'dashboard_id',
        'monitor_version',
        'effective_warehouse_id',
      ];
      const mask = [...outputs.map((name) => `data_profiling_config.${name}`), 'object_id', 'anomaly_detection_config'];
      const changed = await patch(workspace, tableId, {
        mask: mask.join(','),
        config: {
          assets_dir: '/Workspace/x',
          dashboard_id: 'd',
        },
      });
      expect(settings(configOf(changed))).toEqual(settings(configOf(reply)));
    });
  });

  test.each([
    'data_profiling_config.',
    'data_profiling_config,,object_id',
    'data_profiling_config, object_id',
    'data_profiling_config.custom_metrics.name',
    'data_profiling_config.time_series.label_column',
    'data_profiling_config.snapshot.x',
    'monitor.data_profiling_config',
    '__proto__',
  ])('%s is no mask', async (mask) => {
    await withWorkspace(options, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const reply = await patch(workspace, tableId, { mask: encodeURIComponent(mask), config: {} });
      expect([reply.status, reply.body['message']]).toEqual([
        400,
        expect.stringContaining('update_mask: unknown path'),
      ]);
    });
  });

  test('a body about another table, or of another type, is refused', async () => {
    await withWorkspace(options, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const other = await workspace.field(`${unityPrefix}/tables/prod.ml.orders`, 'table_id');
      const path = `${monitorsPath}/table/${tableId}?update_mask=data_profiling_config.slicing_exprs`;
      for (const [body, field] of [
        [{ object_type: 'table', object_id: other }, 'object_id'],
        [{ object_type: 'schema', object_id: tableId }, 'object_type'],
        [{ object_id: tableId }, 'object_type'],
      ] as const) {
        const reply = await workspace.call('PATCH', path, { ...body, data_profiling_config: {} });
        expect([reply.status, reply.body['message']]).toEqual([400, expect.stringContaining(field)]);
      }
    });
  });
});
