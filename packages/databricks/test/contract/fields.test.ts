import type { Json, JsonObject, Spec } from '@dpo/core';
import { getMonitor } from '../../src/index.ts';
import { overlaid, without, withoutEmpty } from '../../src/providers/json-path.ts';
import { schemaIdOf, tableIdOf, type ContractWorkspace } from './contract-workspace.ts';
import { fieldContract, type FieldCase, type FieldContract } from './field-contract.ts';

const needed = 'the service requires a value';
const unchangeable = 'the service does not change it in place';

const monitors: FieldContract = {
  kind: 'monitor',
  name: 'prod.ml.churn',
  cases: monitorCases,
  editByHand,
  further: ['schedule'],
  exemptions: {
    'object_id stranger': 'a monitor is found by the id of its table',
    'object_id unset': needed,
    'profile_type stranger': unchangeable,
    'profile_type unset': needed,
    'output_schema_id unset': needed,
    'time_series.timestamp_column unset': needed,
    'time_series.granularities unset': needed,
    'inference_log.problem_type unset': needed,
    'inference_log.timestamp_column unset': needed,
    'inference_log.granularities unset': needed,
    'inference_log.prediction_column unset': needed,
    'inference_log.model_id_column unset': needed,
    'schedule.quartz_cron_expression unset': 'a schedule goes as a whole',
    'schedule.timezone_id unset': 'a schedule goes as a whole',
  },
};

async function monitorCases(workspace: ContractWorkspace): Promise<Readonly<Record<string, FieldCase>>> {
  const base: Spec = {
    object_id: await tableIdOf(workspace, 'prod.ml.churn'),
    output_schema_id: await schemaIdOf(workspace, 'prod.reports'),
    assets_dir: '/Workspace/Shared/dpo/churn/prod/monitors/prod.ml.churn',
    warehouse_id: workspace.local.warehouseId,
    skip_builtin_dashboard: true,
  };
  const snapshot: Spec = { ...base, profile_type: 'SNAPSHOT' };
  const day = 'AGGREGATION_GRANULARITY_1_DAY';
  const [week, hour] = ['AGGREGATION_GRANULARITY_1_WEEK', 'AGGREGATION_GRANULARITY_1_HOUR'];
  const timeSeries: Spec = {
    ...base,
    profile_type: 'TIMESERIES',
    time_series: { timestamp_column: 'at', granularities: [week, day] },
  };
  const inference: Spec = {
    ...base,
    profile_type: 'INFERENCE',
    inference_log: {
      problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
      timestamp_column: 'at',
      granularities: [day],
      prediction_column: 'predicted',
      label_column: 'actual',
      model_id_column: 'model',
      prediction_probability_column: 'guess',
    },
  };
  const scheduled: Spec = {
    ...snapshot,
    schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' },
  };
  const reports = await schemaIdOf(workspace, 'prod.reports_2');
  const emails = { on_failure: { email_addresses: ['b@example.com', 'a@example.com'] } };
  return {
    object_id: { spec: snapshot, edited: await tableIdOf(workspace, 'prod.ml.bare'), stranger: 'x' },
    profile_type: { spec: timeSeries, edited: 'SNAPSHOT', next: snapshot, stranger: 'SNAPSHOT' },
    output_schema_id: { spec: snapshot, edited: reports, stranger: reports },
    assets_dir: { spec: snapshot, edited: '/Workspace/Shared/elsewhere', stranger: '/Workspace/Shared/x' },
    skip_builtin_dashboard: { spec: snapshot, edited: false, stranger: false },
    warehouse_id: { spec: snapshot, edited: 'another', stranger: 'another' },
    'time_series.timestamp_column': { spec: timeSeries, edited: 'later', stranger: 'later' },
    'time_series.granularities': { spec: timeSeries, edited: [hour, day], stranger: [day] },
    'inference_log.granularities': { spec: inference, edited: [week, hour], stranger: [hour] },
    'inference_log.problem_type': {
      spec: inference,
      edited: 'INFERENCE_PROBLEM_TYPE_REGRESSION',
      stranger: 'INFERENCE_PROBLEM_TYPE_REGRESSION',
    },
    'inference_log.timestamp_column': { spec: inference, edited: 'later', stranger: 'later' },
    'inference_log.prediction_column': { spec: inference, edited: 'guess', stranger: 'guess' },
    'inference_log.label_column': { spec: inference, edited: 'guess', stranger: 'id' },
    'inference_log.model_id_column': { spec: inference, edited: 'region', stranger: 'region' },
    'inference_log.prediction_probability_column': { spec: inference, edited: 'id', stranger: 'id' },
    slicing_exprs: {
      spec: { ...snapshot, slicing_exprs: ['region', 'predicted > 1'] },
      edited: ['model', 'region'],
      stranger: ['region', 'predicted > 1', 'model'],
    },
    custom_metrics: {
      spec: { ...snapshot, custom_metrics: [metric('total', 'sum(predicted)'), metric('most', 'max(predicted)')] },
      edited: [metric('most', 'max(guess)'), metric('least', 'min(predicted)')],
      stranger: [metric('total', 'sum(guess)'), metric('most', 'max(predicted)')],
    },
    baseline_table_name: {
      spec: { ...snapshot, baseline_table_name: 'prod.ml.churn_baseline' },
      edited: 'prod.ml.bare',
      stranger: 'prod.ml.bare',
    },
    schedule: {
      spec: scheduled,
      edited: { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'Europe/Berlin' },
      stranger: { quartz_cron_expression: '0 0 9 * * ?', timezone_id: 'UTC' },
    },
    'schedule.quartz_cron_expression': { spec: scheduled, edited: '0 0 6 * * ?', stranger: '0 0 9 * * ?' },
    'schedule.timezone_id': { spec: scheduled, edited: 'Europe/Berlin', stranger: 'America/New_York' },
    'notification_settings.on_failure.email_addresses': {
      spec: { ...snapshot, notification_settings: emails },
      edited: ['c@example.com', 'a@example.com'],
      stranger: ['b@example.com'],
    },
  };
}

function metric(name: string, definition: string): JsonObject {
  return {
    type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
    name,
    input_columns: [':table'],
    definition,
    output_data_type: '{"metadata":{},"name":"output","nullable":true,"type":"double"}',
  };
}

/** The whole config is sent, so that every understanding of a mask does the same. */
async function editByHand(workspace: ContractWorkspace, path: string, value: Json): Promise<void> {
  const id = await tableIdOf(workspace, 'prod.ml.churn');
  const { config = {} } = await getMonitor(workspace.client, id);
  const shown = withoutEmpty(without(config, 'schedule.pause_status'));
  const profile = 'time_series' in shown || 'inference_log' in shown ? {} : { snapshot: {} };
  const change = path.split('.').reduceRight<Json>((inner, key) => ({ [key]: inner }), value) as JsonObject;
  await workspace.client.send({
    method: 'PATCH',
    path: `/api/data-quality/v1/monitors/table/${id}`,
    query: { update_mask: `data_profiling_config.${path}` },
    body: { object_type: 'table', object_id: id, data_profiling_config: overlaid({ ...shown, ...profile }, change) },
  });
}

const schemas: FieldContract = {
  kind: 'schema',
  name: 'prod.monitoring_results',
  cases: async () => ({
    name: { spec: { name: 'prod.monitoring_results' }, edited: 'prod.other', stranger: 'prod.other' },
    owner: {
      spec: { name: 'prod.monitoring_results', owner: 'admins' },
      edited: 'local.user@example.com',
      stranger: 'local.user@example.com',
    },
  }),
  editByHand: async ({ client }, path, value) => {
    const schema = '/api/2.1/unity-catalog/schemas/prod.monitoring_results';
    await client.send({ method: 'PATCH', path: schema, body: { [path]: value } });
  },
  further: [],
  exemptions: {
    'name edit': 'another name is another address',
    'name stranger': 'the name is how a schema is found',
    'name unset': needed,
    'owner unset': 'it stays with whoever has it',
  },
};

// A field that the service does not return is what e2e/cli/unreturned is about (W019).
const updatable = {
  behaviour: { monitor_output_schema: 'updatable', monitor_probability_column: 'echoed' },
} as const;

fieldContract(monitors, updatable);
fieldContract(monitors, { ...updatable, realism: { normalise: true, seed: 5 } });
fieldContract(schemas);
