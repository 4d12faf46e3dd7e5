import { ApiError } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import type { Caller } from '../principals/caller.ts';
import { isPresent } from './existing-monitor.ts';
import { defaultPageSize, monitorsPrefix, pageQuery } from './monitor-paths.ts';
import { mayRead } from './monitor-rights.ts';
import { answerOf } from './monitor-routes.ts';
import type { MonitorServices } from './monitor-services.ts';
import { allMonitors } from './monitor.ts';
import { schemaMonitorAnswers } from './schema-monitors.ts';

export function listRoute(services: MonitorServices): Route {
  return route(`GET ${monitorsPrefix}`, {
    query: pageQuery,
    handle({ query, caller }) {
      // Every generated client labels this call "(Unimplemented)"; Terraform ships a data source for it all the same.
      if (services.behaviour.monitor_list === 'unimplemented') {
        throw new ApiError(501, 'NOT_IMPLEMENTED', 'ListMonitor is not implemented');
      }
      const { page_size: maxResults = defaultPageSize, page_token: pageToken } = query;
      const page = pageOf(readableMonitors(services, caller), { maxResults, pageToken });
      return { monitors: page.items, next_page_token: page.nextPageToken };
    },
  });
}

function readableMonitors(services: MonitorServices, caller: Caller): readonly Answer[] {
  const { storage, access } = services;
  const tables = allMonitors(storage)
    .filter((monitor) => isPresent(services, monitor))
    .filter(({ monitoredTable }) => mayRead(access, caller, { type: 'table', name: monitoredTable }))
    .map((monitor) => answerOf(services, monitor, { caller }));
  return [...tables, ...schemaMonitorAnswers(services, caller)];
}
