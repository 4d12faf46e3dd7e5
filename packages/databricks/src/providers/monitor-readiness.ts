import type { ReadContext, Readiness } from '@dpo/core';
import { textField } from '../api/fields.ts';
import { getMonitor } from '../api/monitors.ts';
import { listRefreshes, type Refresh } from '../api/refreshes.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';

const failed = ['DATA_PROFILING_STATUS_ERROR', 'DATA_PROFILING_STATUS_FAILED'];

/**
 * A monitor is ready when it is active and a refresh of it has ended: then its metric tables are there, as far as they
 * will be. The service starts the first refresh by itself and lists those of the present monitor.
 */
export async function monitorReadiness(client: Client, tableId: string, context: ReadContext): Promise<Readiness> {
  return context.limit(async () => {
    const status = await statusOf(client, tableId, context.signal);
    if (status === undefined || failed.includes(status)) return 'failed';
    if (status !== 'DATA_PROFILING_STATUS_ACTIVE') return 'pending';
    return fromRefreshes(await listRefreshes(client, tableId, context.signal));
  });
}

/** Undefined if there is no monitor. */
async function statusOf(client: Client, tableId: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { config } = await getMonitor(client, tableId, signal);
    return config === undefined ? undefined : (textField(config, 'status') ?? '');
  } catch (error) {
    if (apiCodeOf(error) === 'API.NOT_FOUND') return undefined;
    throw error;
  }
}

/** One that succeeded counts whatever came later. One that was cancelled has ended too: its tables may be missing. */
function fromRefreshes(refreshes: readonly Refresh[]): Readiness {
  const states = new Set(refreshes.map(({ state }) => state.replace(/^MONITOR_REFRESH_STATE_/u, '')));
  if (states.has('SUCCESS')) return 'ready';
  if (['PENDING', 'RUNNING', 'UNKNOWN'].some((state) => states.has(state))) return 'pending';
  if (states.has('FAILED')) return 'failed';
  return states.has('CANCELED') ? 'ready' : 'pending';
}
