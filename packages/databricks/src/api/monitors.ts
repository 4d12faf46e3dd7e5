import type { JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectField, textField } from './fields.ts';
import { allPages } from './paging.ts';

const path = '/api/data-quality/v1/monitors';

/** A data-profiling monitor on a table (R109). `config` is `data_profiling_config` as the service gives it. */
export interface Monitor {
  /** UUID of the table; the one that was asked for when the answer leaves it out. */
  readonly objectId: string;
  /** Missing on a table without profiling: such an object is no monitor to dpo (T01). */
  readonly config?: JsonObject;
}

export interface MonitorUpdate {
  readonly tableId: string;
  readonly config: JsonObject;
  /** Paths relative to the monitor, with dots and without indexes; a path that the body lacks is cleared. */
  readonly mask: readonly string[];
}

export async function getMonitor(client: Client, tableId: string, signal?: AbortSignal): Promise<Monitor> {
  const { body } = await client.send({ method: 'GET', path: pathOf(tableId), signal });
  return monitorIn(body, tableId);
}

/**
 * Every monitor that this identity may read. Every SDK calls it unimplemented and Terraform calls it all the same, so that
 * `API.NOT_IMPLEMENTED`, `API.NOT_FOUND` and `API.INVALID` mean that there is no such list.
 */
export async function listMonitors(client: Client, signal?: AbortSignal): Promise<readonly Monitor[]> {
  const found = await allPages(client, { path, query: { page_size: '100' }, key: 'monitors', signal });
  return found
    .filter((body) => textField(body, 'object_type') !== 'schema')
    .map((body) => monitorIn(body, textField(body, 'object_id') ?? ''));
}

/** The service starts a first refresh by itself. */
export async function createMonitor(
  client: Client,
  monitor: { readonly tableId: string; readonly config: JsonObject },
  signal?: AbortSignal,
): Promise<Monitor> {
  const { body } = await client.send({ method: 'POST', path, body: bodyOf(monitor.tableId, monitor.config), signal });
  return monitorIn(body, monitor.tableId);
}

export async function updateMonitor(client: Client, update: MonitorUpdate, signal?: AbortSignal): Promise<Monitor> {
  const { body } = await client.send({
    method: 'PATCH',
    path: pathOf(update.tableId),
    query: { update_mask: update.mask.join(',') },
    body: bodyOf(update.tableId, update.config),
    signal,
  });
  return monitorIn(body, update.tableId);
}

/** Metric tables and the generated dashboard stay behind. */
export async function deleteMonitor(client: Client, tableId: string, signal?: AbortSignal): Promise<void> {
  await client.send({ method: 'DELETE', path: pathOf(tableId), signal });
}

export function pathOf(tableId: string): string {
  return `${path}/table/${segment(tableId)}`;
}

function bodyOf(tableId: string, config: JsonObject): JsonObject {
  return { object_type: 'table', object_id: tableId, data_profiling_config: config };
}

function monitorIn(body: JsonObject, tableId: string): Monitor {
  const config = objectField(body, 'data_profiling_config');
  return { objectId: textField(body, 'object_id') ?? tableId, ...(config === undefined ? {} : { config }) };
}
