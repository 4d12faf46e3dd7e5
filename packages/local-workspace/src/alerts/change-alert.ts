import { ApiError } from '../api/api-error.ts';
import type { MaskPath } from '../api/field-mask.ts';
import type { Caller } from '../principals/caller.ts';
import type { Transaction } from '../storage/storage.ts';
import { alertConfig } from './alert-config.ts';
import type { AlertConfig } from './alert-config.ts';
import { alertFile, alertFileText } from './alert-files.ts';
import { applyAlertMask, masksRunAs } from './alert-mask.ts';
import { nameInFolder } from './alert-name.ts';
import type { AlertPorts } from './alert-ports.ts';
import { alertMissing, findAlert, listAlerts, putAlert } from './alert.ts';
import type { Alert } from './alert.ts';
import { checkAlert } from './check-alert.ts';
import { resolveRunAs } from './run-as.ts';

export interface AlertChange {
  readonly id: string;
  readonly given: AlertConfig;
  readonly paths: readonly MaskPath[];
  readonly caller: Caller;
}

/** Applies the masked fields; the whole alert is checked again, so that a required field cannot be cleared. */
export async function changeAlert(options: AlertPorts, change: AlertChange): Promise<Alert> {
  const { storage, clock } = options;
  return storage.transaction(async (transaction) => {
    const alert = findAlert(transaction, change.id, clock());
    if (alert === undefined) throw alertMissing(change.id);
    if (alert.trashTime !== undefined) {
      throw new ApiError(400, 'INVALID_STATE', `Alert with ID '${alert.id}' is in the trash.`);
    }
    const changed = changedAlert(options, change, { alert, alerts: listAlerts(transaction, clock()) });
    await putAlert(transaction, changed);
    await replaceFile(transaction, options, [alert, changed]);
    return changed;
  });
}

function changedAlert(
  options: AlertPorts,
  { given, paths, caller }: AlertChange,
  { alert, alerts }: { readonly alert: Alert; readonly alerts: readonly Alert[] },
): Alert {
  const { storage, behaviour, clock } = options;
  const { workspaceId, folder } = alert;
  const config = alertConfig(applyAlertMask(alert.config, given, paths), { path: [] });
  checkAlert(config, { ...options, workspaceId, current: alert.config });
  const name = config.display_name;
  const place = { workspaceId, folder, self: alert.id };
  return {
    ...alert,
    config: {
      ...config,
      display_name: name === alert.config.display_name ? name : nameInFolder(name, { alerts, place, behaviour }),
    },
    runAs: masksRunAs(paths) ? resolveRunAs(config, { storage, caller, current: alert.runAs }) : alert.runAs,
    updateTime: clock().toISOString(),
  };
}

async function replaceFile(
  transaction: Transaction,
  { files }: AlertPorts,
  [before, after]: readonly [Alert, Alert],
): Promise<void> {
  const file = alertFile(after);
  if (alertFile(before).path !== file.path) await files.remove(transaction, alertFile(before));
  await files.write(transaction, file, alertFileText(after.config));
}
