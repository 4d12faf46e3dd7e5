import type { Access } from '../access/access.ts';
import { catalogSecurable } from '../access/securable.ts';
import { requireVisible, visibilityOf } from '../access/visibility.ts';
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

const getQuery = shape({ optional: { include_browse: queryFlag } });

export function catalogRoutes(options: {
  readonly unity: Unity;
  readonly access: Access;
  readonly paging: Paging;
}): readonly Route[] {
  const { unity, access, paging } = options;
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
      handle: ({ caller }) => ({ metastore_id: unity.metastoreId, workspace_id: Number(caller.workspaceId) }),
    }),
    route('GET /api/2.1/unity-catalog/catalogs', {
      query: listQuery,
      handle({ query, caller }) {
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        const shown = unity.catalogs().flatMap((catalog) => {
          const visibility = visibilityOf(sight, catalogSecurable(catalog.name));
          return visibility === 'hidden' ? [] : [catalogAnswer(catalog, { ...unity, visibility })];
        });
        const page = pageOf(shown, { maxResults: query.max_results, pageToken: query.page_token }, paging);
        return { catalogs: page.items, next_page_token: page.nextPageToken };
      },
    }),
    route('GET /api/2.1/unity-catalog/catalogs/{name}', {
      query: getQuery,
      handle({ parameters, query, caller }) {
        const catalog = unity.catalog(parameters('name'));
        if (catalog === undefined) throw doesNotExist('Catalog', parameters('name'));
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        const visibility = requireVisible(sight, catalogSecurable(catalog.name));
        return catalogAnswer(catalog, { ...unity, visibility });
      },
    }),
  ];
}
