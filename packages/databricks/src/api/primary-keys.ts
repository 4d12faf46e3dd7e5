import { isJsonArray, isJsonObject, type JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';

/**
 * Columns of the declared primary key of a table, none without one; one request. Lists of tables leave constraints out.
 * https://github.com/databricks/databricks-sdk-py, `TableInfo.table_constraints`.
 */
export async function getPrimaryKey(
  client: Client,
  fullName: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { body } = await client.send({
    method: 'GET',
    path: `/api/2.1/unity-catalog/tables/${segment(fullName)}`,
    query: { include_browse: 'true' },
    signal,
  });
  return keyIn(body);
}

function keyIn({ table_constraints: constraints }: JsonObject): readonly string[] {
  if (!isJsonArray(constraints)) return [];
  for (const constraint of constraints) {
    const key = isJsonObject(constraint) ? constraint['primary_key_constraint'] : undefined;
    const columns = isJsonObject(key) ? key['child_columns'] : undefined;
    if (isJsonArray(columns)) return columns.filter((column) => typeof column === 'string');
  }
  return [];
}
