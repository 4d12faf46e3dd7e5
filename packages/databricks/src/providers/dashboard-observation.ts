import type { Lookup, Marker, Observation, Spec } from '@dpo/core';
import { getDashboard, getPublished, type Dashboard, type PublishedDashboard } from '../api/dashboards.ts';
import type { Client } from '../client/client.ts';

export type PresentDashboard = Extract<Observation, { status: 'present' }>;

/** Two requests: the draft and what viewers see. `undefined` for a dashboard in the trash. */
export async function readDashboard(
  client: Client,
  { id, lookup }: { readonly id: string; readonly lookup: Lookup },
  signal: AbortSignal,
): Promise<PresentDashboard | undefined> {
  const draft = await getDashboard(client, id, signal);
  if (draft.trashed) return undefined;
  const published = await getPublished(client, id, signal);
  const marker = markerOf(draft);
  return {
    status: 'present',
    lookup,
    id: draft.id,
    fields: fieldsOf(draft, published),
    out: { dashboard_id: draft.id },
    ...(marker === undefined ? {} : { marker }),
  };
}

/** The folder is the marker: its last two parts are project and target. */
function markerOf({ folder }: Pick<Dashboard, 'folder'>): Marker | undefined {
  const [project = '', target] = folder.split('/').slice(-2);
  return target === undefined || project === '' ? undefined : { owner: `${project}/${target}` };
}

/** A change of the draft leaves what viewers see as it was: the two times are of one clock. */
export function fieldsOf(draft: Dashboard, published: PublishedDashboard | undefined): Spec {
  return {
    display_name: draft.displayName,
    parent_path: draft.folder,
    serialized_dashboard: draft.content,
    ...(draft.warehouseId === undefined ? {} : { warehouse_id: draft.warehouseId }),
    published: published === undefined ? { current: false } : publishedFields(draft, published),
  };
}

function publishedFields(draft: Dashboard, { revisedAt, embedCredentials, warehouseId }: PublishedDashboard): Spec {
  return {
    current: revisedAt >= draft.updatedAt,
    embed_credentials: embedCredentials,
    ...(warehouseId === undefined ? {} : { warehouse_id: warehouseId }),
  };
}
