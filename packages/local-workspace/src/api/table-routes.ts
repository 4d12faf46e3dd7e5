import type { Access } from '../access/access.ts';
import { schemaSecurable, tableSecurable } from '../access/securable.ts';
import { requireVisible, visibilityOf } from '../access/visibility.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Caller } from '../principals/caller.ts';
import { dropData } from '../sql/commands/drop-data.ts';
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
  readonly access: Access;
  readonly behaviour: Behaviour;
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

export function tableRoutes(options: TableRouteOptions): readonly Route[] {
  const { storage, unity, access, paging } = options;
  const { metastoreId } = unity;
  return [
    route('GET /api/2.1/unity-catalog/tables', {
      query: listQuery,
      handle({ query, caller }) {
        if (unity.catalog(query.catalog_name) === undefined) throw doesNotExist('Catalog', query.catalog_name);
        const schema = `${query.catalog_name}.${query.schema_name}`;
        if (unity.schema(schema) === undefined) throw doesNotExist('Schema', schema);
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        const seen = unity.tables(query.catalog_name, query.schema_name).flatMap((table) => {
          const visibility = visibilityOf(sight, tableSecurable(table));
          return visibility === 'hidden' ? [] : [{ table, visibility }];
        });
        const page = pageOf(seen, { maxResults: query.max_results, pageToken: query.page_token }, paging);
        const answerOptions = {
          metastoreId,
          listed: true,
          omitColumns: query.omit_columns,
          omitProperties: query.omit_properties,
          omitUsername: query.omit_username,
        };
        return {
          tables: page.items.map(({ table, visibility }) =>
            tableAnswer(table, { ...answerOptions, visibility, hidden: hiddenParts(options, caller, table) }),
          ),
          next_page_token: page.nextPageToken,
        };
      },
    }),
    route('GET /api/2.1/unity-catalog/tables/{full_name}', {
      query: getQuery,
      handle({ parameters, query, caller }) {
        const table = existingTable(options, caller, parameters('full_name'));
        const sight = { access, caller, includeBrowse: query.include_browse === true };
        const visibility = requireVisible(sight, tableSecurable(table));
        return tableAnswer(table, { metastoreId, visibility, hidden: hiddenParts(options, caller, table) });
      },
    }),
    route('GET /api/2.1/unity-catalog/tables/{full_name}/exists', {
      // True with nothing but BROWSE; what the caller cannot see does not exist for him.
      handle({ parameters, caller }) {
        const table = unity.table(parameters('full_name'));
        return { table_exists: table !== undefined && access.sees(caller, tableSecurable(table)) };
      },
    }),
    route('DELETE /api/2.1/unity-catalog/tables/{full_name}', {
      async handle({ parameters, caller }) {
        await storage.transaction(async (transaction) => {
          const table = existingTable(options, caller, parameters('full_name'));
          access.requireManage(caller, tableSecurable(table));
          await dropData(transaction, table);
          await unity.dropTable(transaction, table);
        });
        return {};
      },
    }),
  ];
}

/** Looks up catalog, schema and table in this order, so that a caller without USE does not learn what is in them. */
function existingTable({ unity, access }: TableRouteOptions, caller: Caller, name: string): TableObject {
  const [catalog = '', schema = ''] = name.split('.');
  if (unity.catalog(catalog) === undefined) throw doesNotExist('Catalog', catalog);
  if (unity.schema(`${catalog}.${schema}`) === undefined) throw doesNotExist('Schema', `${catalog}.${schema}`);
  const table = unity.table(name);
  if (table !== undefined) return table;
  access.require(caller, 'USE_SCHEMA', schemaSecurable({ catalog, name: schema }));
  throw doesNotExist('Table', name);
}

/** The text of a view is for its owner; whether its properties are too is not documented (corrections 1 and 20). */
function hiddenParts({ access, behaviour }: TableRouteOptions, caller: Caller, table: TableObject) {
  const foreign = table.viewDefinition !== undefined && !access.owns(caller, tableSecurable(table));
  return {
    text: foreign && behaviour.view_text_by_rest === 'owner_only',
    properties: foreign && behaviour.view_properties === 'owner_only',
  };
}
