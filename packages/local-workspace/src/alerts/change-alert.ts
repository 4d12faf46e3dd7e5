import { ApiError } from '../api/api-error.ts';
import type { MaskPath } from '../api/field-mask.ts';
import type { Caller } from '../principals/caller.ts';
import type { Transaction } from '../storage/storage.ts';
import { alertConfig } from './alert-config.ts';
import type { AlertConfig } from './alert-config.ts';
import { alertFile, alertFileText, alertPath } from './alert-files.ts';
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
    const changed = changedAlert(options, change, { alert, transaction });
    await putAlert(transaction, changed);
    await replaceFile(transaction, options, [alert, changed]);
    return changed;
  });
}

function changedAlert(
  options: AlertPorts,
  { given, paths, caller }: AlertChange,
  { alert, transaction }: { readonly alert: Alert; readonly transaction: Transaction },
): Alert {
  const { storage, behaviour, clock, files } = options;
  const { workspaceId, folder } = alert;
  const merged = alertConfig(applyAlertMask(alert.config, given, paths), { path: [] });
  const asked = withoutOldRunAs(merged, paths);
  checkAlert(asked, { ...options, workspaceId, current: alert.config });
  const runAs = masksRunAs(paths) ? resolveRunAs(asked, { storage, caller, current: alert.runAs }) : alert.runAs;
  const { run_as_user_name: _deprecated, ...config } = asked;
  const name = config.display_name;
  const names = {
    alerts: listAlerts(transaction, clock()),
    place: { workspaceId, folder, self: alert.id },
    isFile: (other: string) => files.isTaken(transaction, { workspaceId, path: alertPath(folder, other) }),
    behaviour,
  };
  return {
    ...alert,
    config: {
      ...config,
      display_name: name === alert.config.display_name ? name : nameInFolder(name, names),
    },
    runAs,
    updateTime: clock().toISOString(),
  };
}

/** A mask of the deprecated field alone means it instead of the `run_as` that was set before. */
function withoutOldRunAs({ run_as: runAs, ...config }: AlertConfig, paths: readonly MaskPath[]): AlertConfig {
  const isOld = config.run_as_user_name !== undefined && !paths.some(([first]) => first === 'run_as' || first === '*');
  return runAs === undefined || isOld ? config : { ...config, run_as: runAs };
}

async function replaceFile(
  transaction: Transaction,
  { files }: AlertPorts,
  [before, after]: readonly [Alert, Alert],
): Promise<void> {
  const file = alertFile(after);
  if (alertFile(before).path !== file.path) await files.move(transaction, alertFile(before), file.path);
  await files.write(transaction, file, alertFileText(after.config));
}
