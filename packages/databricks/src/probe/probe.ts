import type { WriteContext } from '@dpo/core';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { mkdirs } from '../api/workspace.ts';
import { probeAlerts } from './alerts.ts';
import { probeDashboard } from './dashboards.ts';
import { probeFiles } from './files.ts';
import { probeAssetsDir, probeBareType, probeDroppedTable, probeMonitor, probeMonitorOnView } from './monitors.ts';
import { createScratch, type OwingScratch, type Scratch } from './scratch.ts';
import { reasonOf, type Sighting } from './sighting.ts';
import { probeTags } from './tags.ts';

export interface ProbeRequest {
  readonly client: Client;
  readonly warehouseId: string;
  /** `catalog.schema`; made if it is not there, and removed then. */
  readonly schema: string;
  readonly userName: string;
  /** Letters, digits and underscores; a part of the name of everything that is made. */
  readonly mark: string;
  /** Told what is looked at next. */
  readonly tell: (what: string) => void;
  readonly patienceMs?: number;
}

export interface Probed {
  readonly seen: readonly Sighting[];
  /** What could not be seen, and why. */
  readonly unseen: readonly { readonly name: string; readonly reason: string }[];
  /** What could not be removed. */
  readonly left: readonly string[];
  /** The abort that ended it early. */
  readonly aborted?: unknown;
}

interface Experiment {
  readonly what: string;
  readonly names: readonly string[];
  readonly run: (scratch: Scratch) => Promise<readonly Sighting[]>;
}

const experiments: readonly Experiment[] = [
  {
    what: 'a monitor',
    names: [
      'monitor_mask',
      'monitor_list',
      'monitor_output_schema',
      'monitor_create_inputs',
      'monitor_probability_column',
      'monitor_delete',
      'monitor_pending_refresh',
      'int64',
    ],
    run: probeMonitor,
  },
  { what: 'a monitor whose folder is missing', names: ['monitor_assets_dir'], run: probeAssetsDir },
  { what: 'a monitor on a view', names: ['monitor_on_view'], run: probeMonitorOnView },
  { what: 'the monitor of a dropped table', names: ['monitor_of_dropped_table'], run: probeDroppedTable },
  { what: 'a metric with a bare type', names: ['custom_metric_bare_type'], run: probeBareType },
  { what: 'tags', names: ['information_schema_tags'], run: probeTags },
  {
    what: 'alerts',
    names: ['alert_id', 'alert_parent_path', 'alert_subscriptions', 'alert_name_clash', 'alert_trash'],
    run: probeAlerts,
  },
  {
    what: 'a dashboard',
    names: ['dashboard_etag', 'dashboard_metadata_etag', 'dashboard_parent_prefix', 'permission_own_management'],
    run: probeDashboard,
  },
  { what: 'files of a volume', names: ['files_missing_parent'], run: probeFiles },
];

/** Open questions that one identity cannot answer without harm. */
const beyond: Probed['unseen'] = [
  { name: 'view_text_by_rest', reason: 'needs a second identity that does not own the view' },
  { name: 'view_properties', reason: 'needs a second identity that does not own the view' },
  { name: 'monitor_quota_error', reason: 'would have to use up the quota of monitors' },
  { name: 'alert_limit_error', reason: 'would have to use up the limit of alerts' },
  { name: 'alert_empty_result', reason: 'needs an alert that is evaluated, which sends mail' },
];

/**
 * Makes, reads, changes and removes one of each kind in a scratch schema and a scratch folder, and tells what it saw (W005).
 * What was made is removed whatever happens, also after an abort of `context.signal`; an experiment that fails leaves its
 * questions open and does not keep the next from running. Throws only if the scratch schema cannot be had.
 */
export async function probe(request: ProbeRequest, context: WriteContext): Promise<Probed> {
  const { client, schema, mark, userName, warehouseId, tell, patienceMs = 120_000 } = request;
  const folder = `/Workspace/Users/${userName}/${mark}`;
  const scratch = createScratch({ client, context, warehouseId, schema, folder, mark, userName, patienceMs });
  const seen: Sighting[] = [];
  const unseen = [...beyond];
  try {
    await prepare(scratch);
    for (const { what, names, run } of experiments) {
      context.signal.throwIfAborted();
      tell(`probing ${what}`);
      let reason = 'the service gave no answer that tells';
      try {
        seen.push(...(await run(scratch)));
      } catch (error) {
        reason = reasonOf(error);
      }
      unseen.push(...names.filter((name) => !seen.some((one) => one.name === name)).map((name) => ({ name, reason })));
    }
  } catch (error) {
    const left = await scratch.clear();
    if (context.signal.aborted) return { seen, unseen, left, aborted: error };
    throw error;
  }
  tell('done; removing what was made');
  return { seen, unseen, left: await scratch.clear() };
}

/** The schema, if it is not there, and the folder. */
async function prepare(scratch: OwingScratch): Promise<void> {
  const { client, schema, folder, context } = scratch;
  const [catalog = '', name = ''] = schema.split('.');
  const path = `/api/2.1/unity-catalog/schemas/${encodeURIComponent(schema)}`;
  const exists = await client.send({ method: 'GET', path, signal: context.signal }).then(
    () => true,
    (error: unknown) => {
      if (apiCodeOf(error) !== 'API.NOT_FOUND') throw error;
      return false;
    },
  );
  if (!exists) {
    scratch.owe(`schema ${schema}`, () => client.send({ method: 'DELETE', path, query: { force: 'true' } }));
    await scratch.send({
      method: 'POST',
      path: '/api/2.1/unity-catalog/schemas',
      body: { name, catalog_name: catalog },
    });
  }
  scratch.owe(`folder ${folder}`, () =>
    client.send({
      method: 'POST',
      path: '/api/2.0/workspace/delete',
      body: { path: folder, recursive: true },
      effect: 'idempotent',
    }),
  );
  await mkdirs(client, folder, context.signal);
}
