import { quoteIdentifier } from '../sql/quote.ts';
import type { Storage } from '../storage/storage.ts';
import type { TableObject } from '../unity/objects.ts';
import { doesNotExist } from '../unity/unity-error.ts';
import type { Unity } from '../unity/unity.ts';
import { pageOf } from './paging.ts';
import type { Paging } from './paging.ts';
import { filledText, integer, queryFlag, shape, text } from './reader.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';
import { tableAnswer } from './unity-answers.ts';

interface TableRouteOptions {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly paging: Paging;
}

const listQuery = shape({
  required: { catalog_name: filledText, schema_name: filledText },
  optional: {
    include_browse: queryFlag,
    include_manifest_capabilities: queryFlag,
    max_results: integer({ min: 0 }),
    omit_columns: queryFlag,
    omit_properties: queryFlag,
    omit_username: queryFlag,
    page_token: text,
  },
});
const getQuery = shape({
  optional: { include_browse: queryFlag, include_delta_metadata: queryFlag, include_manifest_capabilities: queryFlag },
});

export function tableRoutes({ storage, unity, paging }: TableRouteOptions): readonly Route[] {
  const { metastoreId } = unity;
  return [
    route('GET /api/2.1/unity-catalog/tables', {
      query: listQuery,
      handle({ query }) {
        if (unity.catalog(query.catalog_name) === undefined) throw doesNotExist('Catalog', query.catalog_name);
        const schema = `${query.catalog_name}.${query.schema_name}`;
        if (unity.schema(schema) === undefined) throw doesNotExist('Schema', schema);
        const tables = unity.tables(query.catalog_name, query.schema_name);
        const page = pageOf(tables, { maxResults: query.max_results, pageToken: query.page_token }, paging);
        const answerOptions = {
          metastoreId,
          omitColumns: query.omit_columns,
          omitProperties: query.omit_properties,
          omitUsername: query.omit_username,
        };
        return {
          tables: page.items.map((table) => tableAnswer(table, answerOptions)),
          next_page_token: page.nextPageToken,
        };
      },
    }),
    route('GET /api/2.1/unity-catalog/tables/{full_name}', {
      query: getQuery,
      handle: ({ parameters }) => tableAnswer(existingTable(unity, parameters('full_name')), { metastoreId }),
    }),
    route('GET /api/2.1/unity-catalog/tables/{full_name}/exists', {
      handle: ({ parameters }) => ({ table_exists: unity.table(parameters('full_name')) !== undefined }),
    }),
    route('DELETE /api/2.1/unity-catalog/tables/{full_name}', {
      async handle({ parameters }) {
        await storage.transaction(async (transaction) => {
          const table = existingTable(unity, parameters('full_name'));
          const kind = table.tableType === 'VIEW' ? 'VIEW' : 'TABLE';
          const relation = `${quoteIdentifier(`${table.catalog}.${table.schema}`)}.${quoteIdentifier(table.name)}`;
          await transaction.connection.run(`DROP ${kind} IF EXISTS ${relation}`);
          await unity.dropTable(transaction, table);
        });
        return {};
      },
    }),
  ];
}

function existingTable(unity: Unity, name: string): TableObject {
  const table = unity.table(name);
  if (table === undefined) throw doesNotExist('Table', name);
  return table;
}
