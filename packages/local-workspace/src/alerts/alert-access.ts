import { ApiError } from '../api/api-error.ts';
import type { PermissionObject } from '../permissions/entries.ts';
import type { Permissions } from '../permissions/permissions.ts';
import type { Caller } from '../principals/caller.ts';
import type { Alert } from './alert.ts';

export type AlertPermission = 'CAN_READ' | 'CAN_RUN' | 'CAN_EDIT' | 'CAN_MANAGE';

/** An alert as the permissions API names it. */
export function alertObject(id: string): PermissionObject {
  return { type: 'alertsv2', id };
}

/** What is in the trash has no place whose permissions it could inherit: its owner and admins are left. */
export function hasAlertPermission(
  permissions: Permissions,
  caller: Caller,
  { alert, level }: { readonly alert: Alert; readonly level: AlertPermission },
): boolean {
  if (alert.trashTime === undefined) return permissions.allows(caller, level, alertObject(alert.id));
  return caller.admin || caller.userName.toLowerCase() === alert.owner.toLowerCase();
}

/** Throws 403 unless the caller has the permission. */
export function requireAlertPermission(
  permissions: Permissions,
  caller: Caller,
  asked: { readonly alert: Alert; readonly level: AlertPermission },
): void {
  if (hasAlertPermission(permissions, caller, asked)) return;
  if (asked.alert.trashTime === undefined) permissions.require(caller, asked.level, alertObject(asked.alert.id));
  const message = `${caller.userName} does not have ${asked.level} on alert '${asked.alert.id}'.`;
  throw new ApiError(403, 'PERMISSION_DENIED', message);
}
