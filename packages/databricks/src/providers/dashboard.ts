import {
  isJsonObject,
  type Applied,
  type CreateRequest,
  type Lookup,
  type Observation,
  type Provider,
  type Spec,
  type UpdateRequest,
  type WriteContext,
} from '@dpo/core';
import {
  createDashboard,
  isTrashed,
  publishDashboard,
  trashDashboard,
  updateDashboard,
  type Dashboard,
  type DashboardContent,
} from '../api/dashboards.ts';
import { dashboardGrantHint } from '../api/grant-hints.ts';
import { getStatus, mkdirs } from '../api/workspace.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { fieldsOf, readDashboard } from './dashboard-observation.ts';
import { discoverDashboards } from './discover-dashboards.ts';
import { observeEach } from './observe-each.ts';
import { deleted, finds, written } from './write-outcome.ts';

/**
 * Lakeview dashboards, found by id or by the file that is named after them. One in the trash is absent. Publishing is part of
 * a write (T32). Out: `dashboard_id`.
 * Requests: observe 2, and 1 for the id of one that is found by name; discover 1 a folder and 2 for each of ours; create 3
 * (folder, draft, publish); update 2 (draft, publish); delete 1, and 1 more if it is not found.
 */
export function createDashboardProvider(client: Client): Provider {
  return {
    kind: 'dashboard',
    observe: (lookups, context) =>
      observeEach(lookups, context, {
        read: (lookup, signal) => observe(client, lookup, signal),
        grantHint: dashboardGrantHint,
      }),
    discover: (request, context) => discoverDashboards(client, request, context),
    ready: () => Promise.resolve('ready'),
    create: (request, context) => written(() => create(client, request, context)),
    update: (request, context) => written(() => update(client, request, context)),
    delete: async ({ id }, { signal }) =>
      deleted(
        () => trash(client, id, signal),
        () => finds(async () => !(await isTrashed(client, id, signal))),
      ),
  };
}

async function observe(client: Client, lookup: Lookup, signal: AbortSignal): Promise<Observation> {
  const id = lookup.by === 'id' ? lookup.id : (await getStatus(client, lookup.name, signal)).resourceId;
  return (await readDashboard(client, { id, lookup }, signal)) ?? { status: 'absent', lookup };
}

async function create(client: Client, { spec }: CreateRequest, { signal }: WriteContext): Promise<Applied> {
  const folder = textIn(spec, 'parent_path');
  await mkdirs(client, folder, signal);
  const draft = await createDashboard(client, { ...contentOf(spec), folder }, signal);
  return publish(client, { draft, spec }, signal);
}

async function update(client: Client, { id, spec }: UpdateRequest, { signal }: WriteContext): Promise<Applied> {
  const draft = await updateDashboard(client, { id, ...contentOf(spec) }, signal);
  return publish(client, { draft, spec }, signal);
}

async function publish(
  client: Client,
  { draft, spec }: { readonly draft: Dashboard; readonly spec: Spec },
  signal: AbortSignal,
): Promise<Applied> {
  const { published } = spec;
  const wanted = isJsonObject(published) ? published : {};
  const { warehouse_id: warehouse } = wanted;
  const publication = {
    id: draft.id,
    embedCredentials: wanted['embed_credentials'] === true,
    warehouseId: typeof warehouse === 'string' ? warehouse : textIn(spec, 'warehouse_id'),
  };
  const shown = await publishDashboard(client, publication, signal);
  return { id: draft.id, fields: fieldsOf(draft, shown), out: { dashboard_id: draft.id } };
}

/** Of one that is in the trash already the service says that it is forbidden. */
async function trash(client: Client, id: string, signal: AbortSignal): Promise<void> {
  try {
    await trashDashboard(client, id, signal);
  } catch (error) {
    if (apiCodeOf(error) !== 'API.FORBIDDEN' || !(await finds(() => isTrashed(client, id, signal)))) throw error;
  }
}

function contentOf(spec: Spec): DashboardContent {
  return {
    displayName: textIn(spec, 'display_name'),
    warehouseId: textIn(spec, 'warehouse_id'),
    content: textIn(spec, 'serialized_dashboard'),
  };
}

function textIn(spec: Spec, name: string): string {
  const value = spec[name];
  if (typeof value !== 'string') throw new TypeError(`the spec of a dashboard has no ${name}`);
  return value;
}
