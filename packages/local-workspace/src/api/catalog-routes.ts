import { doesNotExist } from '../unity/unity-error.ts';
import type { Unity } from '../unity/unity.ts';
import { pageOf } from './paging.ts';
import type { Paging } from './paging.ts';
import { integer, queryFlag, shape, text } from './reader.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';
import { catalogAnswer } from './unity-answers.ts';

const listQuery = shape({
  optional: {
    include_browse: queryFlag,
    include_unbound: queryFlag,
    max_results: integer({ min: 0 }),
    page_token: text,
  },
});

export function catalogRoutes(options: {
  readonly unity: Unity;
  readonly workspaceId: string;
  readonly paging: Paging;
}): readonly Route[] {
  const { unity, workspaceId, paging } = options;
  return [
    route('GET /api/2.1/unity-catalog/metastore_summary', {
      handle: () => ({
        metastore_id: unity.metastoreId,
        name: 'local',
        cloud: 'local',
        region: 'local',
        global_metastore_id: `local:local:${unity.metastoreId}`,
      }),
    }),
    route('GET /api/2.1/unity-catalog/current-metastore-assignment', {
      // workspace_id is an int64 in this answer, while the header carries it as text.
      handle: () => ({ metastore_id: unity.metastoreId, workspace_id: Number(workspaceId) }),
    }),
    route('GET /api/2.1/unity-catalog/catalogs', {
      query: listQuery,
      handle({ query }) {
        const page = pageOf(unity.catalogs(), { maxResults: query.max_results, pageToken: query.page_token }, paging);
        return {
          catalogs: page.items.map((catalog) => catalogAnswer(catalog, unity.metastoreId)),
          next_page_token: page.nextPageToken,
        };
      },
    }),
    route('GET /api/2.1/unity-catalog/catalogs/{name}', {
      query: shape({ optional: { include_browse: queryFlag } }),
      handle({ parameters }) {
        const catalog = unity.catalog(parameters('name'));
        if (catalog === undefined) throw doesNotExist('Catalog', parameters('name'));
        return catalogAnswer(catalog, unity.metastoreId);
      },
    }),
  ];
}
