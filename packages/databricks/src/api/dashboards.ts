import type { JsonObject } from '@dpo/core';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { requiredText, textField } from './fields.ts';

const path = '/api/2.0/lakeview/dashboards';

/** The draft of a dashboard. Times are epoch milliseconds by the clock of the service. */
export interface Dashboard {
  readonly id: string;
  readonly displayName: string;
  /** Of the workspace tree, without `/Workspace`. */
  readonly folder: string;
  readonly warehouseId?: string;
  readonly content: string;
  readonly updatedAt: number;
  readonly trashed: boolean;
}

/** What viewers see. */
export interface PublishedDashboard {
  readonly warehouseId?: string;
  readonly embedCredentials: boolean;
  readonly revisedAt: number;
}

export interface DashboardContent {
  readonly displayName: string;
  readonly warehouseId: string;
  readonly content: string;
}

export async function getDashboard(client: Client, id: string, signal?: AbortSignal): Promise<Dashboard> {
  const { body } = await client.send({ method: 'GET', path: `${path}/${segment(id)}`, signal });
  return dashboardIn(body);
}

export async function createDashboard(
  client: Client,
  dashboard: DashboardContent & { readonly folder: string },
  signal?: AbortSignal,
): Promise<Dashboard> {
  const body = { ...bodyOf(dashboard), parent_path: dashboard.folder };
  return dashboardIn((await client.send({ method: 'POST', path, body, signal })).body);
}

/** Everything is sent: what is left out is cleared (corrections, 4). The folder is not, which cannot change. */
export async function updateDashboard(
  client: Client,
  { id, ...dashboard }: DashboardContent & { readonly id: string },
  signal?: AbortSignal,
): Promise<Dashboard> {
  const { body } = await client.send({
    method: 'PATCH',
    path: `${path}/${segment(id)}`,
    body: bodyOf(dashboard),
    signal,
  });
  return dashboardIn(body);
}

export interface Publication {
  readonly id: string;
  /** Viewers see the data with the credentials of the publisher. Always sent: clients disagree about leaving it out. */
  readonly embedCredentials: boolean;
  readonly warehouseId: string;
}

/** Shows the draft to viewers. */
export async function publishDashboard(
  client: Client,
  { id, embedCredentials, warehouseId }: Publication,
  signal?: AbortSignal,
): Promise<PublishedDashboard> {
  const { body } = await client.send({
    method: 'POST',
    path: `${path}/${segment(id)}/published`,
    body: { embed_credentials: embedCredentials, warehouse_id: warehouseId },
    effect: 'idempotent',
    signal,
  });
  return publishedIn(body);
}

/** `undefined` while nothing is published. */
export async function getPublished(
  client: Client,
  id: string,
  signal?: AbortSignal,
): Promise<PublishedDashboard | undefined> {
  try {
    return publishedIn((await client.send({ method: 'GET', path: `${path}/${segment(id)}/published`, signal })).body);
  } catch (error) {
    if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
    return undefined;
  }
}

/** Puts a dashboard into the trash, from where people can take it back for a while. A second time is `API.FORBIDDEN`. */
export async function trashDashboard(client: Client, id: string, signal?: AbortSignal): Promise<void> {
  await client.send({ method: 'DELETE', path: `${path}/${segment(id)}`, signal });
}

/** A dashboard in the trash is still answered, with this state. */
export async function isTrashed(client: Client, id: string, signal?: AbortSignal): Promise<boolean> {
  return (await getDashboard(client, id, signal)).trashed;
}

function bodyOf({ displayName, warehouseId, content }: DashboardContent): JsonObject {
  return { display_name: displayName, warehouse_id: warehouseId, serialized_dashboard: content };
}

function dashboardIn(body: JsonObject): Dashboard {
  const warehouseId = textField(body, 'warehouse_id');
  return {
    id: requiredText(body, 'dashboard_id', path),
    displayName: textField(body, 'display_name') ?? '',
    folder: (textField(body, 'parent_path') ?? '').replace(/^\/Workspace(?=\/)/u, '').replace(/\/+$/u, ''),
    ...(warehouseId === undefined ? {} : { warehouseId }),
    content: textField(body, 'serialized_dashboard') ?? '',
    updatedAt: timeIn(body, 'update_time'),
    trashed: body['lifecycle_state'] === 'TRASHED',
  };
}

function publishedIn(body: JsonObject): PublishedDashboard {
  const warehouseId = textField(body, 'warehouse_id');
  return {
    ...(warehouseId === undefined ? {} : { warehouseId }),
    embedCredentials: body['embed_credentials'] === true,
    revisedAt: timeIn(body, 'revision_create_time'),
  };
}

function timeIn(body: JsonObject, name: string): number {
  const time = Date.parse(textField(body, name) ?? '');
  return Number.isNaN(time) ? 0 : time;
}
