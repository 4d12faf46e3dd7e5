import { isJsonObject, type JsonObject } from '@dpo/core';
import type { FuzzWorld } from './fuzz-world.ts';

/** What a stranger may set instead, by the path below `data_profiling_config`; `undefined` takes the setting away. */
export interface StrangersEdit {
  readonly path: string;
  readonly value: JsonObject[string] | undefined;
}

export const strangersEdits: readonly StrangersEdit[] = [
  { path: 'slicing_exprs', value: ['score > 2', 'id'] },
  { path: 'slicing_exprs', value: undefined },
  { path: 'baseline_table_name', value: 'prod.ml.b' },
  { path: 'baseline_table_name', value: undefined },
  { path: 'custom_metrics', value: undefined },
  { path: 'schedule', value: undefined },
  { path: 'schedule.quartz_cron_expression', value: '0 30 3 * * ?' },
  { path: 'schedule.timezone_id', value: 'America/New_York' },
  { path: 'notification_settings', value: undefined },
  { path: 'notification_settings.on_failure.email_addresses', value: ['stranger@example.com'] },
  { path: 'time_series.granularities', value: ['AGGREGATION_GRANULARITY_3_WEEKS'] },
  { path: 'time_series.timestamp_column', value: 'Later' },
  { path: 'inference_log.granularities', value: ['AGGREGATION_GRANULARITY_3_WEEKS'] },
  { path: 'inference_log.timestamp_column', value: 'Later' },
  { path: 'inference_log.problem_type', value: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION' },
  { path: 'inference_log.prediction_column', value: 'id' },
  { path: 'inference_log.label_column', value: 'id' },
  { path: 'inference_log.label_column', value: undefined },
  { path: 'inference_log.model_id_column', value: 'label' },
];

/** The setting of a monitor as it is kept, past every form of an answer. */
export async function keptConfig(world: FuzzWorld, tableId: string): Promise<JsonObject | undefined> {
  const { documents } = await world.workspace.snapshot();
  const document = documents['monitor']?.get(tableId);
  // One that is being deleted is there no more.
  if (document === undefined || document['goneAt'] !== undefined) return undefined;
  const { config } = document;
  return isJsonObject(config as JsonObject) ? (config as JsonObject) : undefined;
}

export function valueAt(object: JsonObject | undefined, path: string): JsonObject[string] | undefined {
  let value: JsonObject[string] | undefined = object;
  for (const key of path.split('.')) value = isJsonObject(value) ? value[key] : undefined;
  return value;
}

/** Changes a monitor by hand; its whole configuration is sent, so that every understanding of a mask does the same. */
export async function editByHand(world: FuzzWorld, tableId: string, edit: StrangersEdit): Promise<void> {
  const config = await keptConfig(world, tableId);
  if (config === undefined) throw new Error(`table ${tableId} has no monitor`);
  const { status, body } = await world.call(
    'PATCH',
    `/api/data-quality/v1/monitors/table/${tableId}?update_mask=data_profiling_config.${edit.path}`,
    {
      object_type: 'table',
      object_id: tableId,
      data_profiling_config: placed(config, edit.path.split('.'), edit.value),
    },
  );
  if (status !== 200) throw new Error(`${edit.path}: ${JSON.stringify(body)}`);
}

export function placed(
  object: JsonObject,
  [key = '', ...rest]: readonly string[],
  value: JsonObject[string] | undefined,
): JsonObject {
  const { [key]: old, ...others } = object;
  if (rest.length > 0) return { ...others, [key]: placed(isJsonObject(old) ? old : {}, rest, value) };
  return value === undefined ? others : { ...others, [key]: value };
}
