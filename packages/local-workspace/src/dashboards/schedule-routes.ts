import { ApiError, invalidParameter, resourceDoesNotExist } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import { filledText, ignored, integer, oneOf, shape, text } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import type { Caller } from '../principals/caller.ts';
import type { Transaction } from '../storage/storage.ts';
import { quartzCron, timeZoneId } from '../schedules/schedule-readers.ts';
import { putDashboard } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { permittedDashboard, requireActive, requireWarehouse } from './dashboard-services.ts';
import type { DashboardServices } from './dashboard-services.ts';
import { lakeview } from './draft-routes.ts';
import { mostSchedules, scheduleAnswer } from './schedule.ts';
import type { Schedule } from './schedule.ts';

const outputs = { schedule_id: ignored, dashboard_id: ignored, create_time: ignored, update_time: ignored };
const scheduleBody = shape({
  required: { cron_schedule: shape({ required: { quartz_cron_expression: quartzCron, timezone_id: timeZoneId } }) },
  optional: {
    display_name: filledText,
    pause_status: oneOf('PAUSED', 'UNPAUSED'),
    warehouse_id: filledText,
    etag: text,
    ...outputs,
  },
});
const listQuery = shape({ optional: { page_size: integer({ min: 0 }), page_token: text } });
const deleteQuery = shape({ optional: { etag: text } });
const prefix = `${lakeview}/{dashboard_id}/schedules` as const;

/** Schedules are kept and shown; nothing is ever sent. */
export function scheduleRoutes(services: DashboardServices): readonly Route[] {
  const { storage, ids, clock } = services;
  return [
    route(`POST ${prefix}`, {
      body: scheduleBody,
      async handle({ parameters, body, caller }) {
        requireWarehouse(services, body.warehouse_id);
        if (body.etag !== undefined && body.etag !== '') throw invalidParameter('etag: must be empty on create');
        const now = clock().getTime();
        const schedule: Schedule = {
          ...settings(body),
          scheduleId: ids.uuid(),
          etag: 1,
          createTime: now,
          updateTime: now,
          subscriptions: [],
        };
        await storage.transaction(async (transaction) => {
          const dashboard = editable(services, transaction, { caller, parameters });
          if (dashboard.schedules.length >= mostSchedules) {
            throw new ApiError(400, 'RESOURCE_EXHAUSTED', `A dashboard has at most ${mostSchedules} schedules.`);
          }
          await putDashboard(transaction, { ...dashboard, schedules: [...dashboard.schedules, schedule] });
        });
        return scheduleAnswer(parameters('dashboard_id'), schedule);
      },
    }),
    route(`GET ${prefix}`, {
      query: listQuery,
      handle({ parameters, query, caller }) {
        const asked = { caller, id: parameters('dashboard_id'), level: 'CAN_READ' } as const;
        const { schedules, dashboardId } = permittedDashboard(services, storage, asked);
        const page = pageOf(schedules, { maxResults: query.page_size, pageToken: query.page_token });
        return {
          schedules: page.items.map((schedule) => scheduleAnswer(dashboardId, schedule)),
          next_page_token: page.nextPageToken,
        };
      },
    }),
    route(`GET ${prefix}/{schedule_id}`, {
      handle({ parameters, caller }) {
        const asked = { caller, id: parameters('dashboard_id'), level: 'CAN_READ' } as const;
        const dashboard = permittedDashboard(services, storage, asked);
        return scheduleAnswer(dashboard.dashboardId, requireSchedule(dashboard, parameters('schedule_id')));
      },
    }),
    ...changeRoutes(services),
  ];
}

function changeRoutes(services: DashboardServices): readonly Route[] {
  const { storage, clock } = services;
  return [
    route(`PUT ${prefix}/{schedule_id}`, {
      body: scheduleBody,
      async handle({ parameters, body, caller }) {
        requireWarehouse(services, body.warehouse_id);
        const changed = await storage.transaction(async (transaction) => {
          const dashboard = editable(services, transaction, { caller, parameters });
          const present = requireSchedule(dashboard, parameters('schedule_id'));
          requireCurrent(present.etag, body.etag);
          const { scheduleId, createTime, subscriptions } = present;
          const schedule: Schedule = {
            ...settings(body),
            scheduleId,
            createTime,
            subscriptions,
            etag: present.etag + 1,
            updateTime: Math.max(clock().getTime(), present.updateTime + 1),
          };
          await putSchedule(transaction, dashboard, schedule);
          return schedule;
        });
        return scheduleAnswer(parameters('dashboard_id'), changed);
      },
    }),
    route(`DELETE ${prefix}/{schedule_id}`, {
      query: deleteQuery,
      async handle({ parameters, query, caller }) {
        await storage.transaction(async (transaction) => {
          const dashboard = editable(services, transaction, { caller, parameters });
          const present = requireSchedule(dashboard, parameters('schedule_id'));
          if (query.etag !== undefined) requireCurrent(present.etag, query.etag);
          const schedules = dashboard.schedules.filter(({ scheduleId }) => scheduleId !== present.scheduleId);
          await putDashboard(transaction, { ...dashboard, schedules });
        });
        return {};
      },
    }),
  ];
}

export function editable(
  services: DashboardServices,
  transaction: Transaction,
  asked: { readonly caller: Caller; readonly parameters: (name: string) => string },
): Dashboard {
  const { caller, parameters } = asked;
  const wanted = { caller, id: parameters('dashboard_id'), level: 'CAN_EDIT' } as const;
  const dashboard = permittedDashboard(services, transaction, wanted);
  requireActive(dashboard);
  return dashboard;
}

export function requireSchedule(dashboard: Dashboard, scheduleId: string): Schedule {
  const schedule = dashboard.schedules.find((known) => known.scheduleId === scheduleId);
  if (schedule === undefined) throw resourceDoesNotExist(`Unable to find schedule [${scheduleId}]`);
  return schedule;
}

export async function putSchedule(transaction: Transaction, dashboard: Dashboard, changed: Schedule): Promise<void> {
  const schedules = dashboard.schedules.map((known) => (known.scheduleId === changed.scheduleId ? changed : known));
  await putDashboard(transaction, { ...dashboard, schedules });
}

/** Empty on create, required on update (`LakeviewAPI.update_schedule`). */
export function requireCurrent(etag: number, given: string | undefined): void {
  if (given === undefined || given === '') throw invalidParameter('etag: missing required field');
  if (given !== String(etag)) throw new ApiError(409, 'ABORTED', `etag: ${given} is not the present one`);
}

function settings(body: ReturnType<typeof scheduleBody>) {
  return {
    cronSchedule: body.cron_schedule,
    pauseStatus: body.pause_status ?? ('UNPAUSED' as const),
    ...(body.display_name === undefined ? {} : { displayName: body.display_name }),
    ...(body.warehouse_id === undefined ? {} : { warehouseId: body.warehouse_id }),
  };
}
