import { compareText } from '@dpo/core';
import { objectField, textField } from '../api/fields.ts';
import { allPages } from '../api/paging.ts';
import type { SchemaName } from '../api/tables.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';

/**
 * Which projects' markers (`project/target`) the views of a schema carry, as far as the caller may see them; none for a
 * schema that does not exist or may not be listed. One request a page.
 */
export async function viewOwners(
  client: Client,
  { catalog, schema }: SchemaName,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  try {
    const tables = await allPages(client, {
      path: '/api/2.1/unity-catalog/tables',
      query: {
        catalog_name: catalog,
        schema_name: schema,
        max_results: '0',
        omit_columns: 'true',
        omit_username: 'true',
      },
      key: 'tables',
      signal,
    });
    const owners = tables.flatMap((table) => textField(objectField(table, 'properties') ?? {}, 'dpo.owner') ?? []);
    return [...new Set(owners.map((owner) => owner.replace(/^dpo:/, '')))].toSorted(compareText);
  } catch (error) {
    const code = apiCodeOf(error);
    if (code === 'API.NOT_FOUND' || code === 'API.FORBIDDEN') return [];
    throw error;
  }
}
