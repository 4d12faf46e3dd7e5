import type { Access } from '../access/access.ts';
import { tableSecurable } from '../access/securable.ts';
import { visibilityOf } from '../access/visibility.ts';
import { doesNotExist } from '../unity/unity-error.ts';
import type { Unity } from '../unity/unity.ts';
import { isLike } from './like-pattern.ts';
import { pageOf } from './paging.ts';
import type { Paging } from './paging.ts';
import { filledText, integer, queryFlag, shape, text } from './reader.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

/** The service's own limit of a page (`TablesAPI.list_summaries`). */
const largestPage = 10_000;
const query = shape({
  required: { catalog_name: filledText },
  optional: {
    schema_name_pattern: text,
    table_name_pattern: text,
    include_manifest_capabilities: queryFlag,
    max_results: integer({ min: 0 }),
    page_token: text,
  },
});

/** Names and types of the tables that the caller may read; neither ids nor tags (corrections 5). */
export function tableSummaryRoutes(options: {
  readonly unity: Unity;
  readonly access: Access;
  readonly paging: Paging;
}): readonly Route[] {
  const { unity, access, paging } = options;
  return [
    route('GET /api/2.1/unity-catalog/table-summaries', {
      query,
      handle({ query: asked, caller }) {
        if (unity.catalog(asked.catalog_name) === undefined) throw doesNotExist('Catalog', asked.catalog_name);
        // An empty pattern is none.
        const schemaPattern = asked.schema_name_pattern || '%';
        const tablePattern = asked.table_name_pattern || '%';
        const sight = { access, caller, includeBrowse: false };
        const tables = unity
          .schemas(asked.catalog_name)
          .filter(({ name }) => isLike(name, schemaPattern))
          .flatMap(({ catalog, name }) => unity.tables(catalog, name))
          .filter((table) => isLike(table.name, tablePattern))
          .filter((table) => visibilityOf(sight, tableSecurable(table)) === 'full');
        const maxResults = Math.min(asked.max_results || largestPage, largestPage);
        const page = pageOf(tables, { maxResults, pageToken: asked.page_token }, paging);
        return {
          tables: page.items.map((table) => ({
            full_name: `${table.catalog}.${table.schema}.${table.name}`,
            table_type: table.tableType,
          })),
          next_page_token: page.nextPageToken,
        };
      },
    }),
  ];
}
