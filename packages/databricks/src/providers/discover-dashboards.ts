import { addressOf, compareText, type DiscoverRequest, type Discovery, type ReadContext } from '@dpo/core';
import { listObjects } from '../api/workspace.ts';
import type { Client } from '../client/client.ts';
import { readDashboard, type PresentDashboard } from './dashboard-observation.ts';
import { throughLimit } from './through-limit.ts';
import { tryRead, type Tried } from './try-read.ts';

const suffix = '.lvdash.json';

/** Those in the owner's folders. Their address is not written anywhere: they are known by their names. */
export async function* discoverDashboards(
  client: Client,
  request: DiscoverRequest,
  context: ReadContext,
): AsyncGenerator<Discovery, void, void> {
  const look = (folder: string, signal: AbortSignal): Promise<Tried<readonly PresentDashboard[]>> =>
    tryRead(() => dashboardsIn(client, { folder, request }, signal));
  for await (const found of throughLimit(request.folders, context, look)) {
    if (found.status === 'failed') yield found;
    if (found.status === 'read') yield* found.value;
  }
}

async function dashboardsIn(
  client: Client,
  { folder, request }: { readonly folder: string; readonly request: DiscoverRequest },
  signal: AbortSignal,
): Promise<readonly PresentDashboard[]> {
  const found: PresentDashboard[] = [];
  const objects = await listObjects(client, folder, signal);
  for (const { path, resourceId } of objects.toSorted((a, b) => compareText(a.path, b.path))) {
    const address = addressOf('dashboard', nameOf(path));
    if (!path.endsWith(suffix) || request.known.has(address)) continue;
    const lookup = { by: 'id', address, id: resourceId } as const;
    // oxlint-disable-next-line no-await-in-loop
    const dashboard = await readDashboard(client, { id: resourceId, lookup }, signal);
    if (dashboard?.marker?.owner === request.owner) found.push(dashboard);
  }
  return found;
}

/** `…/DPO Health - sales.lvdash.json` → `sales`. */
function nameOf(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1).replace(suffix, '');
  return file.replace(/^DPO Health - /u, '') || '*';
}
