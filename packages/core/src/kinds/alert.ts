import { isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { Spec } from '../spec.ts';
import { isRef, refsIn } from '../value.ts';
import { accessRules, folderAccessRules, withAccess, workspaceLevels } from './access.ts';
import type { Edge, Kind } from './kind.ts';

/**
 * A SQL alert (alerts v2) on the view of a group. Spec, in the API's names:
 * - `display_name`, `parent_path` (the owner's folder, which is the marker), `query_text`, `warehouse_id`;
 * - `custom_summary`, `custom_description`; `run_as`;
 * - `evaluation` with `source`, `comparison_operator`, `threshold`, `empty_result_state` and `notification`;
 * - `schedule` (`quartz_cron_schedule`, `timezone_id`, `pause_status`);
 * - `view`: a reference to the view that the query reads, which has to be there first;
 * - `dashboard`: id of the dashboard of the group, to which the description has a link. The alert does without if that could not
 *   be made.
 * - `access`: who may see or run it, `folder_access` the same of the folder that it is in (W006).
 */
export const alertKind: Kind = {
  name: 'alert',
  version: 1,
  existing: 'foreign',
  rules: {
    display_name: { label: 'name', rules: [{ same: 'name-suffix' }] },
    parent_path: { rules: [{ createOnly: true }, { same: 'workspace-path' }] },
    view: { rules: [{ writeOnly: true }], enforced: 'the view is what the alert is about' },
    query_text: { label: 'query', rules: [] },
    warehouse_id: { label: 'warehouse_id', rules: [] },
    custom_summary: { label: 'summary', rules: [] },
    custom_description: { label: 'description', rules: [] },
    dashboard: { label: 'dashboard link', rules: [] },
    // What is not declared any more stays as it is: whom it would run as instead depends on who applies.
    'run_as.user_name': { label: 'run_as', rules: [{ release: true }, { same: 'name' }] },
    'run_as.service_principal_name': { label: 'run_as', rules: [{ release: true }, { same: 'name' }] },
    'evaluation.source.name': { rules: [] },
    'evaluation.comparison_operator': { rules: [] },
    'evaluation.threshold.value.double_value': { rules: [] },
    'evaluation.empty_result_state': { rules: [] },
    'evaluation.notification.notify_on_ok': { rules: [{ default: false }] },
    'evaluation.notification.retrigger_seconds': { rules: [{ default: 0 }] },
    'evaluation.notification.subscriptions': { label: 'recipients', rules: [{ list: 'set' }, { default: [] }] },
    'schedule.quartz_cron_schedule': { label: 'alert_cron_schedule', rules: [{ same: 'cron' }] },
    'schedule.timezone_id': { label: 'alert_timezone', rules: [] },
    'schedule.pause_status': { label: 'pause_status', rules: [{ default: 'UNPAUSED' }] },
    access: accessRules(workspaceLevels),
    folder_access: folderAccessRules,
  },
  normalise: normaliseAlert,
  lookup: (address, spec, recorded) =>
    withAccess(
      recorded === undefined ? { by: 'name', address, name: pathOf(spec) } : { by: 'id', address, id: recorded.id },
      spec,
      recorded,
    ),
  // Over a view without metrics it could only err, and an alert that errs sends a message on every evaluation (W013).
  untilReady: {
    spec: (spec) =>
      isJsonObject(spec['schedule']) ? { ...spec, schedule: { ...spec['schedule'], pause_status: 'PAUSED' } } : spec,
    note: 'paused until the first metrics',
  },
  arrivals: (paths) =>
    paths.every((path) => path === 'schedule.pause_status') ? ['its view has metrics now'] : undefined,
  edges,
  reduced,
  upgrade: (_from, stored) => stored,
  lost: () => ['the history of its evaluations'],
};

/** An alert without a link still tells of drift: the dashboard only goes first. */
function edges(spec: Spec): readonly Edge[] {
  return refsIn(spec).map(({ $ref: to }) => ({ to, need: to.startsWith('dashboard:') ? 'order' : 'exists' }));
}

function reduced(spec: Spec): Spec {
  const { dashboard, ...others } = spec;
  return isRef(dashboard) ? others : spec;
}

/** Folder and name, by which an alert is found that the state does not know. */
function pathOf(spec: Spec | undefined): string {
  const { parent_path: folder, display_name: name } = spec ?? {};
  return typeof folder === 'string' && typeof name === 'string' ? `${folder}/${name}` : '';
}

/** Nobody to tell: the service refuses an empty block and shows one (corrections, 15). */
function normaliseAlert(spec: Spec): Spec {
  const { evaluation } = spec;
  if (!isJsonObject(evaluation) || !isJsonObject(evaluation['notification'])) return spec;
  const { subscriptions } = evaluation['notification'];
  if (isJsonArray(subscriptions) && subscriptions.length > 0) return spec;
  const { notification: _nobody, ...others }: JsonObject = evaluation;
  return { ...spec, evaluation: others };
}
