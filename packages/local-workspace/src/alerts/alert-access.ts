import { ApiError } from '../api/api-error.ts';
import type { Caller } from '../principals/caller.ts';
import type { Alert } from './alert.ts';

export type AlertPermission = 'CAN_READ' | 'CAN_RUN' | 'CAN_EDIT' | 'CAN_MANAGE';

/** Everybody in the workspace reads; its owner and the admins of the workspace do the rest. */
export function hasAlertPermission(caller: Caller, alert: Alert, permission: AlertPermission): boolean {
  return permission === 'CAN_READ' || caller.admin || caller.userName.toLowerCase() === alert.owner.toLowerCase();
}

/** Throws 403 unless the caller has the permission. */
export function requireAlertPermission(caller: Caller, alert: Alert, permission: AlertPermission): void {
  if (hasAlertPermission(caller, alert, permission)) return;
  const message = `${caller.userName} does not have ${permission} on alert '${alert.id}'.`;
  throw new ApiError(403, 'PERMISSION_DENIED', message);
}
