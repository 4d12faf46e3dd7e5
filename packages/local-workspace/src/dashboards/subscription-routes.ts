import { ApiError, resourceDoesNotExist } from '../api/api-error.ts';
import { exactlyOne } from '../api/exactly-one.ts';
import { pageOf } from '../api/paging.ts';
import { filledText, flag, ignored, integer, narrowed, shape, text } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { permittedDashboard } from './dashboard-services.ts';
import type { DashboardServices } from './dashboard-services.ts';
import { lakeview } from './draft-routes.ts';
import { mostSubscriptions, subscriptionAnswer } from './schedule.ts';
import type { Schedule, Subscription } from './schedule.ts';
import { editable, putSchedule, requireCurrent, requireSchedule } from './schedule-routes.ts';

const subscriberShape = exactlyOne(
  shape({
    optional: {
      user_subscriber: shape({ required: { user_id: integer() } }),
      destination_subscriber: shape({ required: { destination_id: filledText } }),
    },
  }),
  ['user_subscriber', 'destination_subscriber'],
);
const subscriber: Reader<Subscription['subscriber']> = narrowed(
  subscriberShape,
  (value, place) => subscriberShape(value, place) as Subscription['subscriber'],
);
const body = shape({
  required: { subscriber },
  optional: {
    skip_notify: flag,
    subscription_id: ignored,
    schedule_id: ignored,
    dashboard_id: ignored,
    created_by_user_id: ignored,
    etag: ignored,
    create_time: ignored,
    update_time: ignored,
  },
});
const listQuery = shape({ optional: { page_size: integer({ min: 0 }), page_token: text } });
const deleteQuery = shape({ optional: { etag: text } });
const prefix = `${lakeview}/{dashboard_id}/schedules/{schedule_id}/subscriptions` as const;

/** Who gets a scheduled dashboard. There is no update. */
export function subscriptionRoutes(services: DashboardServices): readonly Route[] {
  const { storage, ids, clock } = services;
  const readable = (caller: Parameters<typeof editable>[2]): { readonly place: Place; readonly schedule: Schedule } => {
    const { parameters } = caller;
    const asked = { caller: caller.caller, id: parameters('dashboard_id'), level: 'CAN_READ' } as const;
    const dashboard = permittedDashboard(services, storage, asked);
    return { place: placeOf(parameters), schedule: requireSchedule(dashboard, parameters('schedule_id')) };
  };
  return [
    route(`POST ${prefix}`, {
      body,
      async handle({ parameters, body: given, caller }) {
        const added: Subscription = {
          subscriptionId: ids.uuid(),
          subscriber: given.subscriber,
          skipNotify: given.skip_notify ?? false,
          createdByUserId: Number(caller.id),
          etag: 1,
          createTime: clock().getTime(),
        };
        await storage.transaction(async (transaction) => {
          const dashboard = editable(services, transaction, { caller, parameters });
          const schedule = requireSchedule(dashboard, parameters('schedule_id'));
          if (schedule.subscriptions.length >= mostSubscriptions) {
            throw new ApiError(400, 'RESOURCE_EXHAUSTED', `A schedule has at most ${mostSubscriptions} subscriptions.`);
          }
          await putSchedule(transaction, dashboard, {
            ...schedule,
            subscriptions: [...schedule.subscriptions, added],
          });
        });
        return subscriptionAnswer(placeOf(parameters), added);
      },
    }),
    route(`GET ${prefix}`, {
      query: listQuery,
      handle({ parameters, query, caller }) {
        const { place, schedule } = readable({ caller, parameters });
        const page = pageOf(schedule.subscriptions, { maxResults: query.page_size, pageToken: query.page_token });
        return {
          subscriptions: page.items.map((subscription) => subscriptionAnswer(place, subscription)),
          next_page_token: page.nextPageToken,
        };
      },
    }),
    route(`GET ${prefix}/{subscription_id}`, {
      handle({ parameters, caller }) {
        const { place, schedule } = readable({ caller, parameters });
        return subscriptionAnswer(place, requireSubscription(schedule, parameters('subscription_id')));
      },
    }),
    route(`DELETE ${prefix}/{subscription_id}`, {
      query: deleteQuery,
      async handle({ parameters, query, caller }) {
        await storage.transaction(async (transaction) => {
          const dashboard = editable(services, transaction, { caller, parameters });
          const schedule = requireSchedule(dashboard, parameters('schedule_id'));
          const gone = requireSubscription(schedule, parameters('subscription_id'));
          if (query.etag !== undefined) requireCurrent(gone.etag, query.etag);
          const subscriptions = schedule.subscriptions.filter((known) => known !== gone);
          await putSchedule(transaction, dashboard, { ...schedule, subscriptions });
        });
        return {};
      },
    }),
  ];
}

interface Place {
  readonly dashboardId: string;
  readonly scheduleId: string;
}

function placeOf(parameters: (name: string) => string): Place {
  return { dashboardId: parameters('dashboard_id'), scheduleId: parameters('schedule_id') };
}

function requireSubscription(schedule: Schedule, subscriptionId: string): Subscription {
  const found = schedule.subscriptions.find((known) => known.subscriptionId === subscriptionId);
  if (found === undefined) throw resourceDoesNotExist(`Unable to find subscription [${subscriptionId}]`);
  return found;
}
