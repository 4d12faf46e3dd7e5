import { ApiError, invalidParameter } from '../api/api-error.ts';
import { pageOf } from '../api/paging.ts';
import { ignored, shape } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { newRefresh } from './monitor-config.ts';
import { cancelRefresh, getRefresh, listRefreshes, startRefresh } from './monitor-refreshes.ts';
import { defaultPageSize, monitorsPrefix, pageQuery } from './monitor-paths.ts';
import type { MonitorServices } from './monitor-services.ts';
import { refreshAnswer } from './refresh-answer.ts';

const cancellation = shape({ optional: { object_type: ignored, object_id: ignored, refresh_id: ignored } });
const prefix = `${monitorsPrefix}/table/{object_id}/refreshes` as const;

/** Refreshes of monitors on tables. */
export function refreshRoutes(services: MonitorServices): readonly Route[] {
  const { behaviour } = services;
  return [
    route(`POST ${prefix}`, {
      body: newRefresh,
      async handle({ parameters, body, caller }) {
        const objectId = parameters('object_id').toLowerCase();
        if (body.object_type !== 'table') {
          throw invalidParameter(`object_type: '${body.object_type}' is not the type of the path`);
        }
        if (body.object_id !== objectId) {
          throw invalidParameter(`object_id: '${body.object_id}' is not the table of the path`);
        }
        return refreshAnswer(await startRefresh(services, { objectId, caller, trigger: 'MANUAL' }), behaviour);
      },
    }),
    route(`GET ${prefix}`, {
      query: pageQuery,
      handle({ parameters, query, caller }) {
        const refreshes = listRefreshes(services, { objectId: parameters('object_id'), caller });
        const { page_size: maxResults = defaultPageSize, page_token: pageToken } = query;
        const page = pageOf(refreshes, { maxResults, pageToken });
        return {
          refreshes: page.items.map((refresh) => refreshAnswer(refresh, behaviour)),
          next_page_token: page.nextPageToken,
        };
      },
    }),
    route(`GET ${prefix}/{refresh_id}`, {
      handle({ parameters, caller }) {
        const wanted = { objectId: parameters('object_id'), refreshId: parameters('refresh_id'), caller };
        return refreshAnswer(getRefresh(services, wanted), behaviour);
      },
    }),
    route(`POST ${prefix}/{refresh_id}/cancel`, {
      body: cancellation,
      async handle({ parameters, caller }) {
        const wanted = { objectId: parameters('object_id'), refreshId: parameters('refresh_id'), caller };
        return { refresh: refreshAnswer(await cancelRefresh(services, wanted), behaviour) };
      },
    }),
    ...unimplementedRoutes(),
  ];
}

/** "(Unimplemented)" in every generated client. */
function unimplementedRoutes(): readonly Route[] {
  const handle = (name: string) => (): never => {
    throw new ApiError(501, 'NOT_IMPLEMENTED', `${name} is not implemented`);
  };
  const any = `${monitorsPrefix}/{object_type}/{object_id}/refreshes/{refresh_id}` as const;
  return [
    route(`PATCH ${any}`, {
      query: shape({ optional: { update_mask: ignored } }),
      body: ignored,
      handle: handle('UpdateRefresh'),
    }),
    route(`DELETE ${any}`, { handle: handle('DeleteRefresh') }),
  ];
}
