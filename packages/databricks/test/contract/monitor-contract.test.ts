import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, equalJson, leftoversIn, type Json, type JsonObject, type Spec } from '@dpo/core';
import { createProviders, getMonitor, updateMonitor } from '../../src/index.ts';
import { isTrashed } from '../../src/api/dashboards.ts';
import { listTables } from '../../src/api/tables.ts';
import { overlaid, valueAt, without } from '../../src/providers/json-path.ts';
import { listOf, problemOf } from '../support/mock-workspace.ts';
import { schemaIdOf, startContractWorkspace, tableIdOf, type ContractWorkspace } from './contract-workspace.ts';
import { differences, marker, providerContract } from './provider-contract.ts';

const monitors = '/api/data-quality/v1/monitors';
const address = addressOf('monitor', 'prod.ml.churn');

async function specOf(workspace: ContractWorkspace, type: Spec): Promise<Spec> {
  return {
    object_id: await tableIdOf(workspace, 'prod.ml.churn'),
    output_schema_id: await schemaIdOf(workspace, 'prod.reports'),
    assets_dir: '/Workspace/Shared/dpo/churn/prod/monitors/prod.ml.churn',
    skip_builtin_dashboard: true,
    ...type,
  };
}

const timeSeries: Spec = {
  profile_type: 'TIMESERIES',
  time_series: {
    timestamp_column: 'at',
    granularities: ['AGGREGATION_GRANULARITY_1_WEEK', 'AGGREGATION_GRANULARITY_1_DAY'],
  },
};

const inference: Spec = {
  profile_type: 'INFERENCE',
  inference_log: {
    problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
    timestamp_column: 'at',
    granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
    prediction_column: 'predicted',
    model_id_column: 'model',
    label_column: 'actual',
  },
};

const everything: Spec = {
  slicing_exprs: ['region', 'predicted > 1'],
  baseline_table_name: 'prod.ml.churn_baseline',
  schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' },
  notification_settings: { on_failure: { email_addresses: ['a@example.com', 'b@example.com'] } },
};

providerContract({
  kind: 'monitor',
  name: 'prod.ml.churn',
  create: `POST ${monitors}`,
  object: `${monitors}/table/*`,
  spec: (workspace) => specOf(workspace, { ...timeSeries, ...everything }),
});

/** A new value for each path that can change; `null` clears it. */
const updates: readonly (readonly [string, Spec, Json])[] = [
  ['slicing_exprs', timeSeries, ['region']],
  ['slicing_exprs', timeSeries, null],
  ['baseline_table_name', timeSeries, 'prod.ml.bare'],
  ['baseline_table_name', timeSeries, null],
  ['schedule.quartz_cron_expression', timeSeries, '0 0 6 * * ?'],
  ['schedule.timezone_id', timeSeries, 'Europe/Berlin'],
  ['schedule', timeSeries, null],
  ['notification_settings.on_failure.email_addresses', timeSeries, ['c@example.com']],
  ['notification_settings.on_failure.email_addresses', timeSeries, null],
  ['time_series.timestamp_column', timeSeries, 'later'],
  ['time_series.granularities', timeSeries, ['AGGREGATION_GRANULARITY_1_HOUR']],
  ['inference_log.problem_type', inference, 'INFERENCE_PROBLEM_TYPE_REGRESSION'],
  ['inference_log.timestamp_column', inference, 'later'],
  ['inference_log.granularities', inference, ['AGGREGATION_GRANULARITY_1_WEEK']],
  ['inference_log.prediction_column', inference, 'guess'],
  ['inference_log.label_column', inference, null],
  ['inference_log.model_id_column', inference, 'region'],
];

/** Set by somebody else, on what the spec does not declare. */
const custom: JsonObject = {
  name: 'theirs',
  type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
  input_columns: [':table'],
  definition: 'count(1)',
  output_data_type: '{"metadata":{},"name":"output","nullable":true,"type":"long"}',
};

const changing = [
  'status',
  'monitor_version',
  'dashboard_id',
  'profile_metrics_table_name',
  'drift_metrics_table_name',
] as const;

describe.each(['leaf', 'whole'] as const)('updates of monitors, with masks understood as %s', (monitorMask) => {
  let workspace: ContractWorkspace;

  beforeAll(async () => {
    workspace = await startContractWorkspace({ behaviour: { monitor_mask: monitorMask } });
  });

  afterAll(() => workspace.close());

  async function created(spec: Spec) {
    const { monitor } = createProviders({ client: workspace.client });
    const { id } = await monitor.create({ address, spec, marker }, workspace.write);
    return { monitor, id, remove: () => monitor.delete({ address, id }, workspace.write) };
  }

  async function configOf(id: string): Promise<JsonObject> {
    const { config = {} } = await getMonitor(workspace.client, id);
    return changing.reduce<JsonObject>(without, config);
  }

  test.each(updates)('T31, W018: %s of %j becomes %j, and nothing else changes', async (path, type, value) => {
    const spec = await specOf(workspace, { ...type, ...everything });
    const { monitor, id, remove } = await created(spec);
    const { config = {} } = await getMonitor(workspace.client, id);
    const metrics = { ...withoutPause(config), custom_metrics: [custom] };
    await updateMonitor(workspace.client, {
      tableId: id,
      config: metrics,
      mask: ['data_profiling_config.custom_metrics'],
    });
    const before = await configOf(id);
    const wanted = value === null ? without(spec, path) : overlaid(spec, nested(path, value));
    const applied = await monitor.update({ address, id, spec: wanted, mask: [path] }, workspace.write);
    const after = await configOf(id);
    expect(differences('monitor', wanted, applied.fields)).toEqual([]);
    expect(valueAt(applied.fields, path)).toEqual(value ?? undefined);
    const parent = path.split('.')[0] ?? path;
    expect(equalJson(without(after, parent), without(before, parent))).toBe(true);
    expect(after['custom_metrics']).toEqual([custom]);
    await remove();
  });

  test('T31: what is not declared at all stays', async () => {
    const spec = await specOf(workspace, { ...timeSeries, ...everything });
    const { monitor, id, remove } = await created(spec);
    const declared = await specOf(workspace, { ...timeSeries, slicing_exprs: ['region'] });
    await monitor.update({ address, id, spec: declared, mask: ['slicing_exprs'] }, workspace.write);
    const after = await configOf(id);
    expect(after).toMatchObject({ ...everything, slicing_exprs: ['region'] });
    await remove();
  });

  test('settings that were not there are added as a whole', async () => {
    const { monitor, id, remove } = await created(await specOf(workspace, timeSeries));
    const wanted = await specOf(workspace, { ...timeSeries, ...everything });
    const mask = [
      'slicing_exprs',
      'baseline_table_name',
      'schedule.quartz_cron_expression',
      'schedule.timezone_id',
      'notification_settings.on_failure.email_addresses',
    ];
    const applied = await monitor.update({ address, id, spec: wanted, mask }, workspace.write);
    expect(differences('monitor', wanted, applied.fields)).toEqual([]);
    await remove();
  });

  test('one that is gone is not found', async () => {
    const spec = await specOf(workspace, timeSeries);
    const { monitor } = createProviders({ client: workspace.client });
    const id = await tableIdOf(workspace, 'prod.ml.churn');
    const updating = monitor.update({ address, id, spec, mask: ['slicing_exprs'] }, workspace.write);
    expect((await problemOf(updating)).code).toBe('API.NOT_FOUND');
  });
});

describe('a delete that purges', () => {
  test('drops the metric tables and trashes the dashboard of this monitor, once and again, and nothing else', async () => {
    const workspace = await startContractWorkspace({
      firstRefresh: 'automatic',
      lifecycle: { activeAfterMs: 0, deleteDelayMs: 0 },
    });
    try {
      const { monitor } = createProviders({ client: workspace.client });
      const spec = { ...(await specOf(workspace, { profile_type: 'SNAPSHOT' })), skip_builtin_dashboard: false };
      const { id } = await monitor.create({ address, spec, marker }, workspace.write);
      await written(workspace, 'prod.reports.churn_profile_metrics');
      const [found] = await listOf(monitor.observe([{ by: 'id', address, id }], workspace.read));
      if (found?.status !== 'present') throw new Error('no monitor');
      const purge = leftoversIn(found.out);
      expect(purge.map(({ kind }) => kind)).toEqual(['table', 'table', 'dashboard']);
      const before = await namesIn(workspace);
      await monitor.delete({ address, id, purge }, workspace.write);
      await monitor.delete({ address, id, purge }, workspace.write);
      expect(before.filter((name) => name !== 'prod.reports.churn_profile_metrics')).toEqual(await namesIn(workspace));
      const [dashboard] = purge.filter(({ kind }) => kind === 'dashboard');
      expect(await isTrashed(workspace.client, dashboard?.name ?? '')).toBe(true);
    } finally {
      await workspace.close();
    }
  });

  async function namesIn({ client }: ContractWorkspace): Promise<readonly string[]> {
    const schemas = ['ml', 'reports', 'reports_2'].map((schema) => listTables(client, { catalog: 'prod', schema }));
    return (await Promise.all(schemas)).flat().map(({ fullName }) => fullName);
  }

  /** The first refresh runs in the background. */
  async function written(workspace: ContractWorkspace, name: string): Promise<void> {
    for (let tries = 0; !(await namesIn(workspace)).includes(name); tries += 1) {
      if (tries === 200) throw new Error(`${name} was never written`);
      await sleep(50);
    }
  }
});

describe('what the service may do either way', () => {
  async function withMonitors(
    options: Parameters<typeof startContractWorkspace>[0],
    work: (workspace: ContractWorkspace, monitor: ReturnType<typeof createProviders>['monitor']) => Promise<void>,
  ): Promise<void> {
    const workspace = await startContractWorkspace(options);
    try {
      await work(workspace, createProviders({ client: workspace.client }).monitor);
    } finally {
      await workspace.close();
    }
  }

  test.each(['updatable', 'refused'] as const)('another output schema is %s', async (value) => {
    await withMonitors({ behaviour: { monitor_output_schema: value } }, async (workspace, monitor) => {
      const spec = await specOf(workspace, { ...timeSeries, ...everything });
      const { id } = await monitor.create({ address, spec, marker }, workspace.write);
      const wanted = { ...spec, output_schema_id: await schemaIdOf(workspace, 'prod.reports_2') };
      const updating = monitor.update({ address, id, spec: wanted, mask: ['output_schema_id'] }, workspace.write);
      if (value === 'refused') {
        const { code, hint } = await problemOf(updating);
        expect([code, hint]).toEqual(['API.INVALID', expect.stringContaining(`dpo apply --replace ${address}`)]);
        return;
      }
      expect((await updating).out['profile_metrics_table_name']).toBe('prod.reports_2.churn_profile_metrics');
    });
  });

  test.each(['quota_exceeded', 'resource_exhausted'] as const)('W011: a quota is told as such: %s', async (value) => {
    const options = { behaviour: { monitor_quota_error: value }, realism: { monitorQuota: 0 } } as const;
    await withMonitors(options, async (workspace, monitor) => {
      const creating = monitor.create({ address, spec: await specOf(workspace, timeSeries), marker }, workspace.write);
      expect((await problemOf(creating)).code).toBe('API.QUOTA');
      const sent = workspace.local.requests().filter(({ method, path }) => `${method} ${path}` === `POST ${monitors}`);
      expect(sent).toHaveLength(1);
    });
  });

  test('a monitor that is being deleted is not updated, and a create waits for its end', async () => {
    const options = { behaviour: { monitor_delete: 'pending' }, lifecycle: { deleteDelayMs: 30 } } as const;
    await withMonitors(options, async (workspace, monitor) => {
      const spec = await specOf(workspace, { ...timeSeries, slicing_exprs: ['region'] });
      const { id } = await monitor.create({ address, spec, marker }, workspace.write);
      await monitor.delete({ address, id }, workspace.write);
      const updating = monitor.update({ address, id, spec, mask: ['slicing_exprs'] }, workspace.write);
      expect((await problemOf(updating)).code).toBe('API.NOT_FOUND');
      const again = await monitor.create({ address, spec, marker }, workspace.write);
      expect(again.id).toBe(id);
    });
  });
});

function nested(path: string, value: Json): JsonObject {
  return path.split('.').reduceRight<Json>((inner, key) => ({ [key]: inner }), value) as JsonObject;
}

function withoutPause(config: JsonObject): JsonObject {
  return without(config, 'schedule.pause_status');
}
