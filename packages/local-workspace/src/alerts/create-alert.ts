import { ApiError } from '../api/api-error.ts';
import { permissionObjectOf } from '../permissions/entries.ts';
import type { Caller } from '../principals/caller.ts';
import { pathMissing } from '../workspace-files/create-workspace-tree.ts';
import { homeOf } from '../workspace-files/standard-folders.ts';
import { canonicalPath } from '../workspace-files/workspace-path.ts';
import { alertObject } from './alert-access.ts';
import type { AlertConfig } from './alert-config.ts';
import { alertFile, alertFileText, alertPath } from './alert-files.ts';
import { nameInFolder } from './alert-name.ts';
import type { AlertPorts } from './alert-ports.ts';
import { listAlerts, putAlert, removeGoneAlerts } from './alert.ts';
import type { Alert } from './alert.ts';
import { checkAlert } from './check-alert.ts';
import { resolveRunAs } from './run-as.ts';

/** Makes an alert of the caller, in his home folder unless another one is named. */
export async function createAlert(options: AlertPorts, given: AlertConfig, caller: Caller): Promise<Alert> {
  const { storage, clock, files } = options;
  const { workspaceId } = caller;
  const { run_as_user_name: _deprecated, ...config } = given;
  checkAlert(given, { ...options, workspaceId });
  const runAs = resolveRunAs(given, { storage, caller });
  return storage.transaction(async (transaction) => {
    await removeGoneAlerts(transaction, clock());
    const alerts = listAlerts(transaction, clock());
    requireRoom(options, alerts, workspaceId);
    const folder = folderOf(options, given, caller);
    const place = { workspaceId, folder };
    const isFile = (name: string): boolean =>
      files.isTaken(transaction, { workspaceId, path: alertPath(folder, name) });
    const name = nameInFolder(given.display_name, { alerts, place, isFile, behaviour: options.behaviour });
    const time = clock().toISOString();
    const alert: Alert = {
      id: newId(options),
      workspaceId,
      order: (alerts.at(-1)?.order ?? 0) + 1,
      config: { ...config, display_name: name },
      folder,
      owner: caller.userName,
      runAs,
      createTime: time,
      updateTime: time,
    };
    await putAlert(transaction, alert);
    await files.write(transaction, alertFile(alert), alertFileText(alert.config));
    await options.permissions.ownNew(transaction, caller, alertObject(alert.id));
    return alert;
  });
}

/** At most 1,000 alerts, and those in the trash count (databricks/cli PR #4505); the answer is not recorded. */
function requireRoom({ limit, behaviour }: AlertPorts, alerts: readonly Alert[], workspaceId: string): void {
  if (alerts.filter((alert) => alert.workspaceId === workspaceId).length < limit) return;
  const message = `The workspace has reached the limit of ${limit} alerts.`;
  throw behaviour.alert_limit_error === 'quota_exceeded'
    ? new ApiError(429, 'QUOTA_EXCEEDED', message)
    : new ApiError(400, 'RESOURCE_EXHAUSTED', message);
}

/** A folder that the caller may not see is as if it were not there; to put something in he must manage it. */
function folderOf({ files, permissions }: AlertPorts, given: AlertConfig, caller: Caller): string {
  const asked = given.parent_path ?? homeOf(caller.userName);
  const folder = files.folder(caller.workspaceId, canonicalPath(asked));
  const place = folder === undefined ? undefined : permissionObjectOf(folder);
  // The text of the workspace API; that of alerts is not recorded.
  if (folder === undefined || place === undefined || !permissions.allows(caller, 'CAN_READ', place)) {
    throw pathMissing(asked);
  }
  permissions.require(caller, 'CAN_MANAGE', place);
  return folder.path;
}

/** The SDK calls it a UUID, ids seen in use are digits (databricks/cli #3271, system table `alerts`). */
function newId({ ids, behaviour }: AlertPorts): string {
  return behaviour.alert_id === 'uuid' ? ids.uuid() : String(ids.integer());
}
