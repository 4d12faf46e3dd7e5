import type { Answer } from '../api/route.ts';
import { timeText } from './time-text.ts';

export interface Subscription {
  readonly subscriptionId: string;
  readonly subscriber:
    | { readonly user_subscriber: { readonly user_id: number } }
    | { readonly destination_subscriber: { readonly destination_id: string } };
  readonly skipNotify: boolean;
  readonly createdByUserId: number;
  readonly etag: number;
  readonly createTime: number;
}

/** When a dashboard is run and sent to its subscribers. */
export interface Schedule {
  readonly scheduleId: string;
  readonly cronSchedule: { readonly quartz_cron_expression: string; readonly timezone_id: string };
  readonly displayName?: string;
  readonly pauseStatus: 'PAUSED' | 'UNPAUSED';
  readonly warehouseId?: string;
  readonly etag: number;
  readonly createTime: number;
  readonly updateTime: number;
  readonly subscriptions: readonly Subscription[];
}

/** SDK `LakeviewAPI.create_schedule`, `create_subscription`. */
export const mostSchedules = 10;
export const mostSubscriptions = 100;

export function scheduleAnswer(dashboardId: string, schedule: Schedule): Answer {
  const { displayName, warehouseId } = schedule;
  return {
    schedule_id: schedule.scheduleId,
    dashboard_id: dashboardId,
    cron_schedule: schedule.cronSchedule,
    ...(displayName === undefined ? {} : { display_name: displayName }),
    pause_status: schedule.pauseStatus,
    ...(warehouseId === undefined ? {} : { warehouse_id: warehouseId }),
    etag: String(schedule.etag),
    create_time: timeText(schedule.createTime),
    update_time: timeText(schedule.updateTime),
  };
}

export function subscriptionAnswer(
  place: { readonly dashboardId: string; readonly scheduleId: string },
  subscription: Subscription,
): Answer {
  return {
    subscription_id: subscription.subscriptionId,
    dashboard_id: place.dashboardId,
    schedule_id: place.scheduleId,
    subscriber: subscription.subscriber,
    skip_notify: subscription.skipNotify,
    created_by_user_id: subscription.createdByUserId,
    etag: String(subscription.etag),
    create_time: timeText(subscription.createTime),
    update_time: timeText(subscription.createTime),
  };
}
