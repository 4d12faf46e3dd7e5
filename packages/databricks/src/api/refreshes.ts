import type { JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { requiredText, textField } from './fields.ts';
import { pathOf } from './monitors.ts';
import { pages } from './paging.ts';

/** One run of a monitor. Ids are 64-bit and therefore text; times are epoch milliseconds. */
export interface Refresh {
  readonly refreshId: string;
  /** `MONITOR_REFRESH_STATE_…`; final are `_SUCCESS`, `_FAILED` and `_CANCELED`. New values pass through. */
  readonly state: string;
  readonly trigger?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly message?: string;
}

/** Only the workspace that made the monitor may refresh it. */
export async function createRefresh(client: Client, tableId: string, signal?: AbortSignal): Promise<Refresh> {
  const { body } = await client.send({
    method: 'POST',
    path: `${pathOf(tableId)}/refreshes`,
    body: { object_type: 'table', object_id: tableId },
    signal,
  });
  return refreshIn(client, body);
}

export async function getRefresh(
  client: Client,
  refresh: { readonly tableId: string; readonly refreshId: string },
  signal?: AbortSignal,
): Promise<Refresh> {
  const path = `${pathOf(refresh.tableId)}/refreshes/${segment(refresh.refreshId)}`;
  return refreshIn(client, (await client.send({ method: 'GET', path, signal })).body);
}

/** In the order of the service. One request a page. */
export async function listRefreshes(
  client: Client,
  tableId: string,
  signal?: AbortSignal,
): Promise<readonly Refresh[]> {
  const found: Refresh[] = [];
  for await (const page of refreshPages(client, tableId, signal)) for (const refresh of page) found.push(refresh);
  return found;
}

/** The same page by page, for who may have seen enough before the end. */
export async function* refreshPages(
  client: Client,
  tableId: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly Refresh[], void, void> {
  const request = { path: `${pathOf(tableId)}/refreshes`, query: { page_size: '100' }, key: 'refreshes', signal };
  for await (const page of pages(client, request)) yield page.map((body) => refreshIn(client, body));
}

/** A failed refresh repeats expressions of its monitor. */
function refreshIn(client: Client, body: JsonObject): Refresh {
  const trigger = textField(body, 'trigger');
  const message = textField(body, 'message');
  const startedAt = timeIn(body, 'start_time_ms');
  const endedAt = timeIn(body, 'end_time_ms');
  return {
    refreshId: requiredText(body, 'refresh_id', 'refreshes'),
    state: textField(body, 'state') ?? 'MONITOR_REFRESH_STATE_UNKNOWN',
    ...(trigger === undefined ? {} : { trigger }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(message === undefined ? {} : { message: client.redact(message) }),
  };
}

/** 64-bit fields may come as numbers or as text; 0 stands for no time. */
function timeIn(body: JsonObject, key: string): number | undefined {
  const time = Number(textField(body, key) ?? 0);
  return time > 0 ? time : undefined;
}
