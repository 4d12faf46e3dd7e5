import { ignored } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Call, Route } from '../api/route.ts';
import { monitoredTable } from './monitored-table.ts';
import { cancelRefresh, getRefresh, listRefreshes, startRefresh } from './monitor-refreshes.ts';
import type { MonitorRequest } from './permitted-monitor.ts';
import type { MonitorServices } from './monitor-services.ts';
import { legacyRefreshAnswer } from './refresh-answer.ts';

const path = '/api/2.1/unity-catalog/tables/{table_name}/monitor/refreshes';

/** The list has no pages (`list_refreshes`). */
const listed = 25;

/** Refreshes in the deprecated API. */
export function legacyRefreshRoutes(services: MonitorServices): readonly Route[] {
  const { unity, behaviour } = services;
  const requestOf = ({
    parameters,
    caller,
  }: Pick<Call<unknown, unknown>, 'parameters' | 'caller'>): MonitorRequest => ({
    objectId: monitoredTable(unity, parameters('table_name')).tableId,
    caller,
  });
  return [
    route(`POST ${path}`, {
      async handle(call) {
        const added = await startRefresh(services, { ...requestOf(call), trigger: 'MANUAL' });
        return legacyRefreshAnswer(added, behaviour);
      },
    }),
    route(`GET ${path}`, {
      handle(call) {
        const newest = listRefreshes(services, requestOf(call)).slice(0, listed);
        return { refreshes: newest.map((refresh) => legacyRefreshAnswer(refresh, behaviour)) };
      },
    }),
    route(`GET ${path}/{refresh_id}`, {
      handle(call) {
        const refreshId = call.parameters('refresh_id');
        return legacyRefreshAnswer(getRefresh(services, { ...requestOf(call), refreshId }), behaviour);
      },
    }),
    route(`POST ${path}/{refresh_id}/cancel`, {
      body: ignored,
      async handle(call) {
        await cancelRefresh(services, { ...requestOf(call), refreshId: call.parameters('refresh_id') });
        return {};
      },
    }),
  ];
}
