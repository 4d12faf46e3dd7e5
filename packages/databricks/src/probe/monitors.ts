import type { JsonObject } from '@dpo/core';
import { objectField, objectsField, textField } from '../api/fields.ts';
import { getSchema } from '../api/schemas.ts';
import { pathOf } from '../api/monitors.ts';
import { drop, type Scratch } from './scratch.ts';
import { answered, type Answered, type Sighting } from './sighting.ts';

const path = '/api/data-quality/v1/monitors';
const query = `SELECT 1 AS id, TIMESTAMP'2026-01-01 00:00:00' AS at, 'v1' AS model, 1 AS predicted, 0 AS actual, 0.5 AS probability`;

/** Makes a monitor that is removed with what it leaves behind. */
export async function monitor(
  scratch: Scratch,
  { name, tableId, config }: { readonly name: string; readonly tableId: string; readonly config: JsonObject },
): Promise<JsonObject> {
  const { schema, client } = scratch;
  for (const metrics of ['profile_metrics', 'drift_metrics']) {
    scratch.owe(`table ${schema}.${name}_${metrics}`, () => drop(client, `${schema}.${name}_${metrics}`));
  }
  scratch.owe(`monitor of ${schema}.${name}`, () => client.send({ method: 'DELETE', path: pathOf(tableId) }));
  const body = { object_type: 'table', object_id: tableId, data_profiling_config: config };
  return scratch.send({ method: 'POST', path, body });
}

async function outputOf({ client, schema, context }: Scratch): Promise<string> {
  return (await getSchema(client, schema, context.signal)).schemaId;
}

async function configOf(scratch: Scratch, tableId: string): Promise<JsonObject> {
  return objectField(await scratch.send({ method: 'GET', path: pathOf(tableId) }), 'data_profiling_config') ?? {};
}

/** Echo, masks, refreshes and the list, seen on one monitor. */
export async function probeMonitor(scratch: Scratch): Promise<readonly Sighting[]> {
  const name = `${scratch.mark}_one`;
  const tableId = await scratch.table(name, query);
  const inference = {
    problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
    timestamp_column: 'at',
    granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
    prediction_column: 'predicted',
    model_id_column: 'model',
    label_column: 'actual',
  };
  const config: JsonObject = {
    output_schema_id: await outputOf(scratch),
    inference_log: { ...inference, prediction_probability_column: 'probability' },
    slicing_exprs: ['id > 0'],
    schedule: { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'UTC' },
    warehouse_id: scratch.warehouseId,
    skip_builtin_dashboard: true,
  };
  const made = objectField(await monitor(scratch, { name, tableId, config }), 'data_profiling_config') ?? {};
  const pending = (textField(made, 'status') ?? '').endsWith('PENDING') ? await refreshEarly(scratch, tableId) : [];
  const read = await configOf(scratch, tableId);
  const echoed = read['warehouse_id'] !== undefined || read['skip_builtin_dashboard'] !== undefined;
  const probability = objectField(read, 'inference_log')?.['prediction_probability_column'] !== undefined;
  return [
    ...pending,
    { name: 'monitor_create_inputs', value: echoed ? 'echoed' : 'hidden' },
    { name: 'monitor_probability_column', value: probability ? 'echoed' : 'dropped' },
    ...(await listMonitors(scratch)),
    ...(await numbers(scratch, tableId)),
    ...(await mask(scratch, { tableId, config: { ...config, inference_log: inference } })),
    ...(await otherOutput(scratch, { tableId, config: { ...config, inference_log: inference } })),
    ...(await deleted(scratch, { tableId, config: { ...config, inference_log: inference } })),
  ];
}

async function refreshEarly(scratch: Scratch, tableId: string): Promise<readonly Sighting[]> {
  const body = { object_type: 'table', object_id: tableId };
  const asked = await answered(scratch.send({ method: 'POST', path: `${pathOf(tableId)}/refreshes`, body }));
  return [{ name: 'monitor_pending_refresh', value: asked.status === 'done' ? 'queued' : 'refused' }];
}

async function listMonitors(scratch: Scratch): Promise<readonly Sighting[]> {
  const asked = await answered(scratch.send({ method: 'GET', path, query: { page_size: '1' } }));
  return [{ name: 'monitor_list', value: asked.status === 'done' ? 'served' : 'unimplemented' }];
}

/** Times have 13 digits: text means that the service sends 64-bit numbers so. */
async function numbers(scratch: Scratch, tableId: string): Promise<readonly Sighting[]> {
  const body = await scratch.send({ method: 'GET', path: `${pathOf(tableId)}/refreshes`, query: { page_size: '1' } });
  const time = objectsField(body, 'refreshes')[0]?.['start_time_ms'];
  if (time === undefined) return [];
  return [{ name: 'int64', value: typeof time === 'string' ? 'text' : 'number' }];
}

interface Target {
  readonly tableId: string;
  readonly config: JsonObject;
}

async function patch(scratch: Scratch, { tableId, config }: Target, leaf: string): Promise<Answered<JsonObject>> {
  const body = { object_type: 'table', object_id: tableId, data_profiling_config: config };
  const mask = `data_profiling_config.${leaf}`;
  return answered(scratch.send({ method: 'PATCH', path: pathOf(tableId), query: { update_mask: mask }, body }));
}

/** The body leaves the slices out and the mask does not name them. */
async function mask(scratch: Scratch, { tableId, config }: Target): Promise<readonly Sighting[]> {
  const { slicing_exprs: _left, ...rest } = config;
  const schedule = { quartz_cron_expression: '0 0 7 * * ?', timezone_id: 'UTC' };
  const changed = await patch(scratch, { tableId, config: { ...rest, schedule } }, 'schedule');
  if (changed.status === 'refused') return [];
  const kept = (await configOf(scratch, tableId))['slicing_exprs'] !== undefined;
  return [{ name: 'monitor_mask', value: kept ? 'leaf' : 'whole' }];
}

async function otherOutput(scratch: Scratch, { tableId, config }: Target): Promise<readonly Sighting[]> {
  const [catalog = '', schema = ''] = scratch.schema.split('.');
  const name = `${schema}_${scratch.mark}`;
  const other = `/api/2.1/unity-catalog/schemas/${encodeURIComponent(`${catalog}.${name}`)}`;
  scratch.owe(`schema ${catalog}.${name}`, () =>
    scratch.client.send({ method: 'DELETE', path: other, query: { force: 'true' } }),
  );
  const body = { name, catalog_name: catalog };
  const id = textField(
    await scratch.send({ method: 'POST', path: '/api/2.1/unity-catalog/schemas', body }),
    'schema_id',
  );
  const changed = await patch(
    scratch,
    { tableId, config: { ...config, output_schema_id: id ?? '' } },
    'output_schema_id',
  );
  if (changed.status === 'refused') return [{ name: 'monitor_output_schema', value: 'refused' }];
  const now = (await configOf(scratch, tableId))['output_schema_id'];
  return now === id ? [{ name: 'monitor_output_schema', value: 'updatable' }] : [];
}

/** A create right after a delete. */
async function deleted(scratch: Scratch, { tableId, config }: Target): Promise<readonly Sighting[]> {
  await scratch.send({ method: 'DELETE', path: pathOf(tableId) });
  const body = { object_type: 'table', object_id: tableId, data_profiling_config: config };
  const again = await answered(scratch.send({ method: 'POST', path, body }));
  if (again.status === 'done') return [{ name: 'monitor_delete', value: 'immediate' }];
  return again.code === 'API.CONFLICT' ? [{ name: 'monitor_delete', value: 'pending' }] : [];
}

async function snapshot(scratch: Scratch, more: JsonObject = {}): Promise<JsonObject> {
  return { output_schema_id: await outputOf(scratch), snapshot: {}, skip_builtin_dashboard: true, ...more };
}

export async function probeAssetsDir(scratch: Scratch): Promise<readonly Sighting[]> {
  const name = `${scratch.mark}_assets`;
  const tableId = await scratch.table(name, query);
  const config = await snapshot(scratch, { assets_dir: `${scratch.folder}/is/not/there` });
  const made = await answered(monitor(scratch, { name, tableId, config }));
  return [{ name: 'monitor_assets_dir', value: made.status === 'done' ? 'any' : 'existing' }];
}

export async function probeMonitorOnView(scratch: Scratch): Promise<readonly Sighting[]> {
  const name = `${scratch.mark}_view`;
  const tableId = await scratch.view(name, 'SELECT 1 AS id');
  const made = await answered(monitor(scratch, { name, tableId, config: await snapshot(scratch) }));
  return [{ name: 'monitor_on_view', value: made.status === 'done' ? 'allowed' : 'refused' }];
}

export async function probeDroppedTable(scratch: Scratch): Promise<readonly Sighting[]> {
  const name = `${scratch.mark}_dropped`;
  const tableId = await scratch.table(name, query);
  await monitor(scratch, { name, tableId, config: await snapshot(scratch) });
  await drop(scratch.client, `${scratch.schema}.${name}`);
  const read = await answered(scratch.send({ method: 'GET', path: pathOf(tableId) }));
  return [{ name: 'monitor_of_dropped_table', value: read.status === 'done' ? 'readable' : 'gone' }];
}

/** Whether a metric whose type is a bare word keeps a monitor from coming up, while one without it does. */
export async function probeBareType(scratch: Scratch): Promise<readonly Sighting[]> {
  const name = `${scratch.mark}_bare`;
  const plain = `${scratch.mark}_plain`;
  const metric = {
    type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
    name: 'probed',
    input_columns: ['id'],
    definition: 'avg(`{{input_column}}`)',
    output_data_type: 'double',
  };
  const tableId = await scratch.table(name, query);
  const plainId = await scratch.table(plain, query);
  await monitor(scratch, { name: plain, tableId: plainId, config: await snapshot(scratch) });
  const made = await answered(
    monitor(scratch, { name, tableId, config: await snapshot(scratch, { custom_metrics: [metric] }) }),
  );
  if (made.status === 'refused') return [];
  const control = await comesUp(scratch, plainId);
  if (!control) return [];
  return [
    { name: 'custom_metric_bare_type', value: (await comesUp(scratch, tableId)) ? 'accepted' : 'never_initialises' },
  ];
}

async function comesUp(scratch: Scratch, tableId: string): Promise<boolean> {
  const { clock, signal } = scratch.context;
  const until = clock.now() + scratch.patienceMs;
  for (;;) {
    const status = textField(await configOf(scratch, tableId), 'status') ?? '';
    if (status.endsWith('ACTIVE')) return true;
    if (status.includes('ERROR') || clock.now() >= until) return false;
    await clock.sleep(Math.min(5000, scratch.patienceMs), signal);
  }
}
