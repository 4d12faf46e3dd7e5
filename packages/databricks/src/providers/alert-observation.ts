import {
  dashboardIn,
  dashboardPage,
  isJsonObject,
  type Json,
  type JsonObject,
  type Lookup,
  type Marker,
  type Observation,
  type Spec,
} from '@dpo/core';
import type { Alert } from '../api/alerts.ts';

export type PresentAlert = Extract<Observation, { status: 'present' }>;

const lineagePrefix = 'dpo-lineage:';

export function presentAlert(alert: Alert, lookup: Lookup): PresentAlert {
  const marker = markerOf(alert);
  return {
    status: 'present',
    lookup,
    id: alert.id,
    fields: fieldsOf(alert),
    out: { id: alert.id },
    ...(marker === undefined ? {} : { marker }),
  };
}

/** The folder is the marker: its last two parts are project and target. The last line of the description has the lineage. */
export function markerOf({ folder, body }: Alert): Marker | undefined {
  const [project, target] = folder.split('/').slice(-2);
  if (project === undefined || target === undefined || project === '') return undefined;
  const lineage = lineageIn(body['custom_description']);
  return { owner: `${project}/${target}`, ...(lineage === undefined ? {} : { lineage }) };
}

function lineageIn(description: Json | undefined): string | undefined {
  if (typeof description !== 'string') return undefined;
  const last = description.slice(description.lastIndexOf('\n') + 1);
  return last.startsWith(lineagePrefix) ? last.slice(lineagePrefix.length) : undefined;
}

/** The description as it is sent: ours, and the lineage in a line of its own at the end. */
export function described(description: string, lineage: string | undefined): string {
  return lineage === undefined ? description : `${description}\n${lineagePrefix}${lineage}`;
}

const linkPrefix = 'Dashboard: ';

/** A description with a link to a dashboard in its last line. */
export function linked(description: string, link: { readonly host: string; readonly id: Json | undefined }): string {
  return typeof link.id === 'string'
    ? `${description}\n${linkPrefix}${dashboardPage(link.host, link.id)}`
    : description;
}

/** The description without the link, and the id in it: the host of a workspace may be written in several ways. */
function unlinked(description: string): Spec {
  const at = description.lastIndexOf('\n');
  const last = description.slice(at + 1);
  const id = last.startsWith(linkPrefix) ? dashboardIn(last.slice(linkPrefix.length)) : undefined;
  return id === undefined
    ? { custom_description: description }
    : { custom_description: description.slice(0, Math.max(0, at)), dashboard: id };
}

export function lineageOf(alert: Alert): string | undefined {
  return lineageIn(alert.body['custom_description']);
}

/** Set by the service, or written in another form. */
const others: ReadonlySet<string> = new Set([
  'id',
  'create_time',
  'update_time',
  'owner_user_name',
  'lifecycle_state',
  'effective_run_as',
  'effective_parent_path',
  'run_as_user_name',
]);

/** An alert in the shape of its kind's spec. */
export function fieldsOf({ body }: Alert): Spec {
  const fields = Object.fromEntries(Object.entries(body).filter(([name]) => !others.has(name)));
  const { evaluation, schedule, custom_description: description, run_as: runAs } = fields;
  const identity = isJsonObject(runAs) ? runAs : body['effective_run_as'];
  return {
    ...fields,
    ...(typeof description === 'string' ? unlinked(withoutLineage(description)) : {}),
    ...(isJsonObject(identity) ? { run_as: identity } : {}),
    ...(isJsonObject(evaluation) ? { evaluation: without(evaluation, 'state', 'last_evaluated_at') } : {}),
    ...(isJsonObject(schedule) ? { schedule: without(schedule, 'effective_pause_status') } : {}),
  };
}

function withoutLineage(description: string): string {
  const lineage = lineageIn(description);
  return lineage === undefined ? description : description.slice(0, -(lineagePrefix.length + lineage.length + 1));
}

function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
