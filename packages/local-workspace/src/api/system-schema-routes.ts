import type { Caller } from '../principals/caller.ts';
import { UnityError } from '../unity/unity-error.ts';
import type { Unity } from '../unity/unity.ts';
import { pageOf } from './paging.ts';
import type { Paging } from './paging.ts';
import { ApiError } from './api-error.ts';
import { integer, shape, text } from './reader.ts';
import { route } from './route.ts';
import type { Answer, Route } from './route.ts';

/** Schemas of the catalog `system` that an account can turn on ("System tables reference"). */
const offered = ['access', 'billing', 'compute', 'lakeflow', 'marketplace', 'query', 'serving', 'storage'];
const listQuery = shape({ optional: { max_results: integer({ min: 0 }), page_token: text } });

/** System schemas; those that a seed has made in the catalog `system` are the ones that are turned on. */
export function systemSchemaRoutes(options: { readonly unity: Unity; readonly paging: Paging }): readonly Route[] {
  const { unity, paging } = options;
  return [
    route('GET /api/2.1/unity-catalog/metastores/{metastore_id}/systemschemas', {
      query: listQuery,
      handle({ parameters, query, caller }) {
        requireMetastore(unity, caller, parameters('metastore_id'));
        const request = { maxResults: query.max_results, pageToken: query.page_token };
        const page = pageOf(systemSchemas(unity), request, paging);
        return { schemas: page.items, next_page_token: page.nextPageToken };
      },
    }),
  ];
}

function requireMetastore(unity: Unity, caller: Caller, metastoreId: string): void {
  if (!caller.metastoreAdmin) {
    throw new ApiError(403, 'PERMISSION_DENIED', 'Only an account admin or a metastore admin can list system schemas.');
  }
  if (metastoreId === unity.metastoreId) return;
  const message = `Metastore '${metastoreId}' does not exist.`;
  throw new UnityError({ status: 404, code: 'METASTORE_DOES_NOT_EXIST', message });
}

function systemSchemas(unity: Unity): readonly Answer[] {
  const made = unity.schemas('system').map(({ name }) => name);
  const names = [...new Set([...offered, ...made])].filter((name) => name !== 'information_schema').toSorted();
  return [
    { schema: 'information_schema', state: 'MANAGED' },
    ...names.map((schema) => ({ schema, state: made.includes(schema) ? 'ENABLE_COMPLETED' : 'AVAILABLE' })),
  ];
}
