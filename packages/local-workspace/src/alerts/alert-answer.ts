import type { Answer } from '../api/route.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { AlertNotification } from './alert-config.ts';
import { isPaused } from './alert.ts';
import type { Alert, RunAs } from './alert.ts';

/**
 * What the API shows: the alert as it was sent, without defaults (databricks/cli acceptance `alerts/basic`), and what the
 * server adds. `evaluation.state` is left out until the first evaluation, as in that recording.
 */
export function alertAnswer(alert: Alert, behaviour: Behaviour): Answer {
  const { config, state, lastEvaluatedAt } = alert;
  const { parent_path: parentPath, ...written } = config;
  const effectivePath = `/Workspace${alert.folder}`;
  const shownPath = behaviour.alert_parent_path === 'prefixed' ? effectivePath : parentPath;
  return {
    id: alert.id,
    ...written,
    run_as_user_name: alert.runAs.name,
    ...(shownPath === undefined ? {} : { parent_path: shownPath }),
    evaluation: {
      ...config.evaluation,
      notification: notificationAnswer(config.evaluation.notification, behaviour),
      ...(state === undefined ? {} : { state, last_evaluated_at: lastEvaluatedAt }),
    },
    schedule: { ...config.schedule, effective_pause_status: isPaused(alert) ? 'PAUSED' : 'UNPAUSED' },
    create_time: alert.createTime,
    update_time: alert.updateTime,
    owner_user_name: alert.owner,
    lifecycle_state: alert.trashTime === undefined ? 'ACTIVE' : 'DELETED',
    effective_run_as: runAsAnswer(alert.runAs),
    effective_parent_path: effectivePath,
  };
}

/** Reads have the key even when nothing was set (correction 15). */
function notificationAnswer(notification: AlertNotification = {}, { alert_subscriptions: order }: Behaviour): Answer {
  const { subscriptions } = notification;
  if (subscriptions === undefined || order === 'kept') return notification;
  return { ...notification, subscriptions: subscriptions.toReversed() };
}

function runAsAnswer({ kind, name }: RunAs): Answer {
  return kind === 'user' ? { user_name: name } : { service_principal_name: name };
}
