import { addressOf, type DiscoverRequest, type Discovery, type ReadContext } from '@dpo/core';
import { monitorGrantHint } from '../api/grant-hints.ts';
import { getMonitor, listMonitors, type Monitor } from '../api/monitors.ts';
import { getTable } from '../api/tables.ts';
import type { Client } from '../client/client.ts';
import { textField } from '../api/fields.ts';
import { monitorCandidates } from './monitor-candidates.ts';
import { presentMonitor } from './monitor-observation.ts';
import { throughLimit } from './through-limit.ts';
import { tryRead } from './try-read.ts';

/** How the service says that it does not list monitors. */
const noList = ['API.NOT_IMPLEMENTED', 'API.INVALID'];

/**
 * Monitors of an owner, wherever they may be. The list of the service is asked once and believed in what it says, never in
 * what it leaves out; beside it two reads for each table that may have a monitor and that the list did not name.
 */
export async function* discoverMonitors(
  client: Client,
  request: DiscoverRequest,
  context: ReadContext,
): AsyncGenerator<Discovery, void, void> {
  const listed = await context.limit(() => tryRead(() => listMonitors(client, context.signal)));
  const monitors = listed.status === 'read' ? listed.value : [];
  if (listed.status === 'failed' && !noList.includes(listed.problem.code)) yield listed;
  const seen = new Set<string>();
  for (const monitor of monitors) {
    const table = tableOf(monitor);
    if (table === undefined) continue;
    seen.add(table);
    const found = ofOwner(monitor, table, request.owner);
    if (found !== undefined) yield found;
  }
  const { tables, problems } = await monitorCandidates(client, request, context);
  for (const problem of problems) yield { status: 'failed', problem };
  const unread = tables.filter((table) => !seen.has(table) && !request.known.has(addressOf('monitor', table)));
  const look = (table: string, signal: AbortSignal): Promise<Discovery | undefined> =>
    lookAt(client, { table, owner: request.owner }, signal);
  for await (const found of throughLimit(unread, context, look)) if (found !== undefined) yield found;
}

async function lookAt(
  client: Client,
  { table, owner }: { readonly table: string; readonly owner: string },
  signal: AbortSignal,
): Promise<Discovery | undefined> {
  const tried = await tryRead(async () => getMonitor(client, (await getTable(client, table, signal)).tableId, signal));
  if (tried.status === 'read') return ofOwner(tried.value, table, owner);
  if (tried.status === 'absent') return undefined;
  const { problem } = tried;
  const hint = problem.code === 'API.FORBIDDEN' ? { hint: monitorGrantHint(table) } : {};
  return { status: 'failed', problem: { ...problem, ...hint, address: addressOf('monitor', table) } };
}

function ofOwner(monitor: Monitor, table: string, owner: string): Discovery | undefined {
  const address = addressOf('monitor', table);
  const found = presentMonitor(monitor, { by: 'id', address, id: monitor.objectId });
  return found?.marker?.owner === owner ? found : undefined;
}

function tableOf({ config, objectId }: Monitor): string | undefined {
  if (config === undefined || objectId === '') return undefined;
  return textField(config, 'monitored_table_name')?.toLowerCase();
}
