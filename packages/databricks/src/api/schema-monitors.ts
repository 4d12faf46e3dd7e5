import type { JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectField, textField } from './fields.ts';

const path = '/api/data-quality/v1/monitors';

/** Anomaly detection on a schema. `config` is `anomaly_detection_config` as the service gives it. */
export interface SchemaMonitor {
  /** UUID of the schema; the one that was asked for when the answer leaves it out. */
  readonly objectId: string;
  /** Missing on a schema that is not watched. */
  readonly config?: JsonObject;
}

export interface SchemaMonitorUpdate {
  readonly schemaId: string;
  readonly config: JsonObject;
  /** Paths relative to the monitor, with dots; a path that the body lacks is cleared. */
  readonly mask: readonly string[];
}

/** USE CATALOG and USE SCHEMA are enough (corrections, 13). */
export async function getSchemaMonitor(client: Client, schemaId: string, signal?: AbortSignal): Promise<SchemaMonitor> {
  const { body } = await client.send({ method: 'GET', path: pathOf(schemaId), signal });
  return monitorIn(body, schemaId);
}

export async function createSchemaMonitor(
  client: Client,
  { schemaId, config }: Pick<SchemaMonitorUpdate, 'schemaId' | 'config'>,
  signal?: AbortSignal,
): Promise<SchemaMonitor> {
  const { body } = await client.send({ method: 'POST', path, body: bodyOf(schemaId, config), signal });
  return monitorIn(body, schemaId);
}

export async function updateSchemaMonitor(
  client: Client,
  { schemaId, config, mask }: SchemaMonitorUpdate,
  signal?: AbortSignal,
): Promise<void> {
  await client.send({
    method: 'PATCH',
    path: pathOf(schemaId),
    query: { update_mask: mask.join(',') },
    body: bodyOf(schemaId, config),
    signal,
  });
}

/** Its results are deleted with it, for good. */
export async function deleteSchemaMonitor(client: Client, schemaId: string, signal?: AbortSignal): Promise<void> {
  await client.send({ method: 'DELETE', path: pathOf(schemaId), signal });
}

function pathOf(schemaId: string): string {
  // An empty id would be about the list of monitors.
  if (schemaId === '') throw new TypeError('a schema has no id');
  return `${path}/schema/${segment(schemaId)}`;
}

function bodyOf(schemaId: string, config: JsonObject): JsonObject {
  return { object_type: 'schema', object_id: schemaId, anomaly_detection_config: config };
}

function monitorIn(body: JsonObject, schemaId: string): SchemaMonitor {
  const config = objectField(body, 'anomaly_detection_config');
  return { objectId: textField(body, 'object_id') ?? schemaId, ...(config === undefined ? {} : { config }) };
}
