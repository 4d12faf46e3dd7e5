import { addressOf, compareText, type DiscoverRequest, type Discovery, type ReadContext } from '@dpo/core';
import { listAlerts, type Alert } from '../api/alerts.ts';
import type { Client } from '../client/client.ts';
import { markerOf, presentAlert } from './alert-observation.ts';
import { tryRead } from './try-read.ts';

/** Those in the owner's folder. Their address is not written anywhere: they are known by their names. */
export async function* discoverAlerts(
  client: Client,
  request: DiscoverRequest,
  context: ReadContext,
): AsyncGenerator<Discovery, void, void> {
  const listed = await tryRead(() => context.limit(() => listAlerts(client, context.signal)));
  if (listed.status === 'failed') yield listed;
  if (listed.status !== 'read') return;
  const ours = listed.value.filter((alert) => markerOf(alert)?.owner === request.owner);
  for (const alert of ours.toSorted((a, b) => compareText(a.displayName, b.displayName))) {
    const address = addressOf('alert', nameOf(alert));
    if (!request.known.has(address)) yield presentAlert(alert, { by: 'id', address, id: alert.id });
  }
}

/** `[DPO] Drift Alert - prod - sales` → `sales/drift`. */
function nameOf({ displayName, id }: Alert): string {
  const parts = /^\[DPO\] (Drift|Data Quality) Alert - .+? - (.+?)(?: \(\d+\))?$/u.exec(displayName);
  if (parts === null) return `${id}/alert`;
  return `${parts[2] ?? ''}/${parts[1] === 'Drift' ? 'drift' : 'quality'}`;
}
