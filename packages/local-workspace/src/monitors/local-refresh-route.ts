import { filledText, oneOf, shape } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { monitoredTable } from './monitored-table.ts';
import { startRefresh } from './monitor-refreshes.ts';
import type { MonitorServices } from './monitor-services.ts';
import { refreshAnswer } from './refresh-answer.ts';

const body = shape({
  required: { table_name: filledText },
  optional: { trigger: oneOf('MANUAL', 'SCHEDULE', 'DATA_CHANGE') },
});

/** Starts a refresh as if the schedule of the monitor or new data had done it. Control call, not of the service. */
export function localRefreshRoute(services: MonitorServices): Route {
  return route('POST /__local/refreshes', {
    body,
    async handle({ body: { table_name: name, trigger = 'SCHEDULE' }, caller }) {
      const { tableId: objectId } = monitoredTable(services.unity, name);
      return refreshAnswer(await startRefresh(services, { objectId, caller, trigger }), services.behaviour);
    },
  });
}
