import {
  fail,
  isJsonObject,
  kinds,
  type Applied,
  type CreateRequest,
  type Json,
  type JsonObject,
  type Lookup,
  type Observation,
  type Provider,
  type Spec,
  type UpdateRequest,
  type WriteContext,
} from '@dpo/core';
import { createAlert, getAlert, listAlerts, purgeAlert, updateAlert, type Alert } from '../api/alerts.ts';
import { alertGrantHint } from '../api/grant-hints.ts';
import { executeStatement } from '../api/statements.ts';
import { mkdirs } from '../api/workspace.ts';
import { apiCodeOf, restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { described, fieldsOf, lineageOf, linked, presentAlert } from './alert-observation.ts';
import { discoverAlerts } from './discover-alerts.ts';
import { overlaid, valueAt, without } from './json-path.ts';
import { observeEach } from './observe-each.ts';
import { deleted, finds, written } from './write-outcome.ts';

/**
 * SQL alerts, found by id or by folder and name. One in the trash is absent. Out: `id`.
 * Requests: observe the pages of alerts, and 1 for each that they do not have; discover the pages; create 4 (folder, a run of
 * the query, alert, resume); update 2 (before, write); delete 1, and 1 more if it is not found.
 */
export function createAlertProvider(client: Client): Provider {
  return {
    kind: 'alert',
    observe: (lookups, context) => {
      let listed: Promise<readonly Alert[]> | undefined;
      return observeEach(lookups, context, {
        read: async (lookup, signal) => {
          listed ??= listAlerts(client, signal);
          return observeAlert(client, { lookup, alerts: await listed }, signal);
        },
        grantHint: alertGrantHint,
      });
    },
    discover: (request, context) => discoverAlerts(client, request, context),
    ready: () => Promise.resolve('ready'),
    create: (request, context) => written(() => create(client, request, context)),
    update: (request, context) => written(() => update(client, request, context)),
    delete: async ({ id }, { signal }) =>
      deleted(
        () => purgeAlert(client, id, signal),
        () => finds(async () => !(await getAlert(client, id, signal)).trashed),
      ),
  };
}

interface Asked {
  readonly lookup: Lookup;
  readonly alerts: readonly Alert[];
}

/** A list may be behind a write, so that an id which it lacks is asked for by itself. */
async function observeAlert(client: Client, { lookup, alerts }: Asked, signal: AbortSignal): Promise<Observation> {
  const found =
    lookup.by === 'id'
      ? (alerts.find(({ id }) => id === lookup.id) ?? (await getAlert(client, lookup.id, signal)))
      : alerts.find((alert) => isNamed(alert, lookup.name));
  return found === undefined || found.trashed ? { status: 'absent', lookup } : presentAlert(found, lookup);
}

/** With the number that the service may have added. */
function isNamed({ folder, displayName }: Alert, path: string): boolean {
  return `${folder}/${displayName.replace(/ \(\d+\)$/u, '')}` === path.replace(/^\/Workspace(?=\/)/u, '');
}

/**
 * The query runs once before, and the alert starts paused: one that fails would send a message on every evaluation
 * (corrections, 15; W013).
 */
async function create(client: Client, { spec, marker }: CreateRequest, context: WriteContext): Promise<Applied> {
  const { signal } = context;
  await mkdirs(client, textIn(spec, 'parent_path'), signal);
  await tryQuery(client, spec, context);
  const body = bodyOf(spec, { host: client.host, lineage: marker.lineage });
  const paused = overlaid(body, { schedule: { pause_status: 'PAUSED' } });
  const made = await namedAs(client, textIn(spec, 'display_name'), await tryCreate(client, paused, signal));
  const note =
    made.displayName === spec['display_name'] ? {} : { note: `its name was taken: it is called '${made.displayName}'` };
  if (valueAt(body, 'schedule.pause_status') === 'PAUSED') return { ...appliedOf(made), ...note };
  const resumed = await updateAlert(client, { id: made.id, alert: body, mask: ['schedule'] }, signal);
  return { ...appliedOf(resumed), ...note };
}

async function tryCreate(client: Client, body: JsonObject, signal: AbortSignal): Promise<Alert> {
  try {
    return await createAlert(client, body, signal);
  } catch (error) {
    if (apiCodeOf(error) !== 'API.CONFLICT') throw error;
    throw restated(error, () => ({ hint: 'an alert in the trash may hold the name: delete it there for good' }));
  }
}

/**
 * Where a name is taken the service adds a number, at least if an alert in the trash has it (corrections, 14). If a standing
 * one has it, ours is a second one, and goes.
 */
async function namedAs(client: Client, name: string, made: Alert): Promise<Alert> {
  if (made.displayName === name) return made;
  const others = await listAlerts(client);
  if (!others.some((alert) => alert.folder === made.folder && alert.displayName === name)) return made;
  await purgeAlert(client, made.id);
  return fail({
    code: 'API.CONFLICT',
    message: `an alert named '${name}' is in that folder already`,
    hint: 'plan again: dpo plan',
  });
}

/** Members are sent whole: what nobody declares in them stays as it is. */
async function update(client: Client, { id, spec, mask }: UpdateRequest, context: WriteContext): Promise<Applied> {
  const { signal } = context;
  const live = await getAlert(client, id, signal);
  const members = [...new Set(mask.map(memberOf))].filter((name) => name !== 'view');
  if (members.length === 0) return appliedOf(live);
  if (members.includes('query_text')) await tryQuery(client, spec, context);
  const wanted = bodyOf(spec, {
    host: client.host,
    lineage: lineageOf(live),
    paused: valueAt(live.body, 'schedule.pause_status'),
  });
  const cleared = mask.filter((path) => valueAt(wanted, path) === undefined);
  const { dashboard: _linked, ...found } = fieldsOf(live);
  const alert = cleared.reduce(without, overlaid(found, wanted));
  return appliedOf(await updateAlert(client, { id, alert: normalised(alert), mask: members }, signal));
}

/** The link to a dashboard stands in the description. */
function memberOf(path: string): string {
  return path === 'dashboard' ? 'custom_description' : (path.split('.', 1)[0] ?? '');
}

async function tryQuery(client: Client, spec: Spec, context: WriteContext): Promise<void> {
  const statement = {
    warehouseId: textIn(spec, 'warehouse_id'),
    text: textIn(spec, 'query_text'),
    effect: 'read',
  } as const;
  await executeStatement(client, statement, context);
}

interface Surroundings {
  readonly host: string;
  readonly lineage: string | undefined;
  readonly paused?: Json | undefined;
}

/** As the service takes it; the pause status is always sent, for leaving it out resumes (W013). `paused`: what it is now. */
function bodyOf(spec: Spec, { host, lineage, paused = 'UNPAUSED' }: Surroundings): JsonObject {
  const { view: _view, dashboard: id, custom_description: description, ...body } = normalised(spec);
  return overlaid(
    { schedule: { pause_status: paused } },
    {
      ...body,
      custom_description: described(linked(typeof description === 'string' ? description : '', { host, id }), lineage),
    },
  );
}

function normalised(spec: Spec): Spec {
  return kinds.alert.normalise(spec);
}

function textIn(spec: Spec, name: string): string {
  const value = spec[name];
  if (typeof value !== 'string') throw new TypeError(`the spec of an alert has no ${name}`);
  return value;
}

function appliedOf(alert: Alert): Applied {
  const fields = fieldsOf(alert);
  return { id: alert.id, fields: isJsonObject(fields) ? fields : {}, out: { id: alert.id } };
}
