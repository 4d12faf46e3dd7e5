import { isJsonObject, type JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { requiredText, textField } from './fields.ts';
import { allPages } from './paging.ts';

const path = '/api/2.0/alerts';

/** An alert v2. `body` is the alert as the service gives it. */
export interface Alert {
  readonly id: string;
  readonly displayName: string;
  /** Of the workspace tree, without `/Workspace`. */
  readonly folder: string;
  /** In the trash: it still answers, and runs no more. */
  readonly trashed: boolean;
  readonly body: JsonObject;
}

/** All alerts of the workspace that this identity may see, without those in the trash; 100 a page. */
export async function listAlerts(client: Client, signal?: AbortSignal): Promise<readonly Alert[]> {
  const found = await allPages(client, { path, query: { page_size: '100' }, key: 'alerts', signal });
  return found.map(alertIn);
}

export async function getAlert(client: Client, id: string, signal?: AbortSignal): Promise<Alert> {
  const { body } = await client.send({ method: 'GET', path: `${path}/${segment(id)}`, signal });
  return alertIn(body);
}

export async function createAlert(client: Client, alert: JsonObject, signal?: AbortSignal): Promise<Alert> {
  const { body } = await client.send({ method: 'POST', path, body: alert, signal });
  return alertIn(body);
}

/** Only what the mask names is changed (T30). */
export async function updateAlert(
  client: Client,
  { id, alert, mask }: { readonly id: string; readonly alert: JsonObject; readonly mask: readonly string[] },
  signal?: AbortSignal,
): Promise<Alert> {
  const { body } = await client.send({
    method: 'PATCH',
    path: `${path}/${segment(id)}`,
    query: { update_mask: mask.join(',') },
    body: alert,
    signal,
  });
  return alertIn(body);
}

/** For good: an alert in the trash keeps its name and counts against the limit of 1,000. */
export async function purgeAlert(client: Client, id: string, signal?: AbortSignal): Promise<void> {
  await client.send({ method: 'DELETE', path: `${path}/${segment(id)}`, query: { purge: 'true' }, signal });
}

function alertIn(body: JsonObject): Alert {
  const folder = textField(body, 'effective_parent_path') ?? textField(body, 'parent_path') ?? '';
  return {
    id: requiredText(body, 'id', path),
    displayName: textField(body, 'display_name') ?? '',
    folder: folder.replace(/^\/Workspace(?=\/)/u, '').replace(/\/+$/u, ''),
    trashed: body['lifecycle_state'] === 'DELETED',
    body: isJsonObject(body) ? body : {},
  };
}
