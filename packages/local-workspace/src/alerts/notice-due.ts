import type { AlertNotification } from './alert-config.ts';
import type { Alert, AlertState } from './alert.ts';

/**
 * Whether subscribers hear of a new state. TRIGGERED: once per incident, or again after `retrigger_seconds`, of which 1 means
 * each evaluation (SDK `AlertV2Notification`). OK: only when it ends an incident and `notify_on_ok` is set. ERROR: each time,
 * as measured in a public example (correction 15).
 */
export function isNoticeDue(alert: Alert, state: AlertState, at: Date): boolean {
  const { notify_on_ok: onOk = false, retrigger_seconds: retrigger = 0 }: AlertNotification =
    alert.config.evaluation.notification ?? {};
  switch (state) {
    case 'ERROR':
      return true;
    case 'UNKNOWN':
      return false;
    case 'OK':
      return onOk && (alert.state === 'TRIGGERED' || alert.state === 'ERROR');
    case 'TRIGGERED': {
      if (alert.triggeredNoticeAt === undefined) return true;
      const passed = at.getTime() - Date.parse(alert.triggeredNoticeAt);
      return retrigger === 1 || (retrigger > 0 && passed >= retrigger * 1000);
    }
  }
}
