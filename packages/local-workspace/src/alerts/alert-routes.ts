import { pageOf } from '../api/paging.ts';
import { filledText, integer, narrowed, queryFlag, shape, text } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import type { Caller } from '../principals/caller.ts';
import { hasAlertPermission, requireAlertPermission } from './alert-access.ts';
import { alertAnswer } from './alert-answer.ts';
import { alertConfig, newAlert } from './alert-config.ts';
import type { AlertConfig } from './alert-config.ts';
import { alertFile } from './alert-files.ts';
import { parseAlertMask } from './alert-mask.ts';
import type { AlertPorts } from './alert-ports.ts';
import { alertMissing, findAlert, listAlerts, putAlert } from './alert.ts';
import type { Alert } from './alert.ts';
import { changeAlert } from './change-alert.ts';
import { createAlert } from './create-alert.ts';

const prefix = '/api/2.0/alerts';

const listQuery = shape({ optional: { page_size: integer({ min: 0 }), page_token: text } });
const updateQuery = shape({ required: { update_mask: filledText } });
const deleteQuery = shape({ optional: { purge: queryFlag } });
const changedAlert = narrowed(alertConfig, (value, place): AlertConfig =>
  alertConfig(value, { ...place, partial: true }),
);

/** Alerts v2. The legacy `/api/2.0/sql/alerts` and `/api/2.0/sql/queries` are not served. */
export function alertRoutes(options: AlertPorts): readonly Route[] {
  const { storage, behaviour, clock } = options;
  return [
    route(`POST ${prefix}`, {
      body: newAlert,
      handle: async ({ body, caller }) => alertAnswer(await createAlert(options, body, caller), behaviour),
    }),
    route(`GET ${prefix}`, {
      query: listQuery,
      handle({ query, caller }) {
        const alerts = listAlerts(storage, clock()).filter(
          (alert) =>
            alert.workspaceId === caller.workspaceId &&
            alert.trashTime === undefined &&
            hasAlertPermission(options.permissions, caller, { alert, level: 'CAN_READ' }),
        );
        const page = pageOf(alerts, { maxResults: query.page_size, pageToken: query.page_token });
        return {
          alerts: page.items.map((alert) => alertAnswer(alert, behaviour)),
          next_page_token: page.nextPageToken,
        };
      },
    }),
    route(`GET ${prefix}/{id}`, {
      handle({ parameters, caller }) {
        const alert = existingAlert(options, parameters('id'), caller);
        requireAlertPermission(options.permissions, caller, { alert, level: 'CAN_READ' });
        return alertAnswer(alert, behaviour);
      },
    }),
    updateRoute(options),
    deleteRoute(options),
  ];
}

function updateRoute(options: AlertPorts): Route {
  return route(`PATCH ${prefix}/{id}`, {
    query: updateQuery,
    body: changedAlert,
    async handle({ parameters, query, body, caller }) {
      const paths = parseAlertMask(query.update_mask);
      const alert = existingAlert(options, parameters('id'), caller);
      requireAlertPermission(options.permissions, caller, { alert, level: 'CAN_EDIT' });
      const changed = await changeAlert(options, { id: alert.id, given: body, paths, caller });
      return alertAnswer(changed, options.behaviour);
    },
  });
}

/** Trashes the alert, or forgets it with `purge`. A trashed one is still readable, as databricks/cli `alert.go` relies on. */
function deleteRoute(options: AlertPorts): Route {
  const { storage, clock, files } = options;
  return route(`DELETE ${prefix}/{id}`, {
    query: deleteQuery,
    async handle({ parameters, query, caller }) {
      const alert = existingAlert(options, parameters('id'), caller);
      requireAlertPermission(options.permissions, caller, { alert, level: 'CAN_MANAGE' });
      await storage.transaction(async (transaction) => {
        const current = findAlert(transaction, alert.id, clock());
        if (current === undefined) throw alertMissing(alert.id);
        if (current.trashTime === undefined) await files.remove(transaction, alertFile(current));
        if (query.purge === true) await transaction.remove('alert', current.id);
        else if (current.trashTime === undefined) {
          await putAlert(transaction, { ...current, trashTime: clock().toISOString() });
        }
      });
      return {};
    },
  });
}

function existingAlert({ storage, clock }: AlertPorts, id: string, caller: Caller): Alert {
  const alert = findAlert(storage, id, clock());
  if (alert === undefined || alert.workspaceId !== caller.workspaceId) throw alertMissing(id);
  return alert;
}
