import type { ReadContext, RefreshHistory } from '@dpo/core';
import { refreshPages, type Refresh } from '../api/refreshes.ts';
import type { Client } from '../client/client.ts';
import { tryRead } from '../providers/try-read.ts';
import { readAll } from './read-all.ts';

export interface HistoryRequest {
  /** Ids of tables that have a monitor. */
  readonly tableIds: readonly string[];
  /** Epoch milliseconds. A success after it is all that is looked for: earlier and later ones may be left unread. */
  readonly since: number;
}

/**
 * How the refreshes of each monitor stand: one request a page, and no further page once a success is fresh enough. The order
 * of the list is not documented. A list that cannot be read is told as such.
 */
export async function readHistories(
  client: Client,
  { tableIds, since }: HistoryRequest,
  context: ReadContext,
): Promise<ReadonlyMap<string, RefreshHistory>> {
  return new Map(
    await readAll(tableIds, context, async (tableId, { signal }) => {
      const tried = await tryRead(() => historyOf(client, { tableId, since }, signal));
      return [tableId, tried.status === 'read' ? tried.value : unavailable(tried)] as const;
    }),
  );
}

function unavailable(
  tried: Exclude<Awaited<ReturnType<typeof tryRead<RefreshHistory>>>, { status: 'read' }>,
): RefreshHistory {
  if (tried.status === 'failed') return { status: 'unreadable', problem: tried.problem };
  const message = 'the service has no list of refreshes of it';
  return { status: 'unreadable', problem: { code: 'API.NOT_FOUND', severity: 'warning', message } };
}

async function historyOf(
  client: Client,
  { tableId, since }: { readonly tableId: string; readonly since: number },
  signal: AbortSignal,
): Promise<RefreshHistory> {
  let last: Refresh | undefined;
  let success: Refresh | undefined;
  for await (const page of refreshPages(client, tableId, signal)) {
    for (const refresh of page) {
      if (last === undefined || startOf(refresh) > startOf(last)) last = refresh;
      if (stateOf(refresh) === 'SUCCESS' && (success === undefined || endOf(refresh) > endOf(success)))
        success = refresh;
    }
    if (success !== undefined && endOf(success) >= since) break;
  }
  if (success !== undefined && endOf(success) === 0) {
    const message = 'a refresh succeeded, and the service does not say when';
    return { status: 'unreadable', problem: { code: 'API.MALFORMED', severity: 'warning', message } };
  }
  return {
    status: 'read',
    ...(success === undefined ? {} : { succeededAt: endOf(success) }),
    ...(last === undefined ? {} : { lastState: stateOf(last) }),
  };
}

function stateOf({ state }: Refresh): string {
  return state.replace(/^MONITOR_REFRESH_STATE_/u, '');
}

/** `created_at` and its like are no time of a refresh (T10). */
function endOf({ endedAt, startedAt = 0 }: Refresh): number {
  return endedAt ?? startedAt;
}

function startOf({ startedAt = 0 }: Refresh): number {
  return startedAt;
}
