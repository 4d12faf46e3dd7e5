import { compareText, qualifiedName } from '@dpo/core';
import { executeStatement, type StatementContext } from '../api/statements.ts';
import type { Client } from '../client/client.ts';

export interface TaggedTablesRequest {
  readonly catalog: string;
  readonly tag: { readonly name: string; readonly value: string };
  readonly warehouseId: string;
}

export interface TaggedTable {
  readonly schema: string;
  readonly fullName: string;
}

/**
 * The tables and views of a catalog that carry a tag of this value themselves, as far as the caller may see them, by name.
 * One statement. https://docs.databricks.com/aws/en/sql/language-manual/information-schema/table_tags
 */
export async function findTaggedTables(
  client: Client,
  { catalog, tag, warehouseId }: TaggedTablesRequest,
  context: StatementContext,
): Promise<readonly TaggedTable[]> {
  const text = [
    'SELECT schema_name, table_name',
    `FROM ${qualifiedName(catalog, 'information_schema', 'table_tags')}`,
    'WHERE tag_name = :tag_name AND tag_value = :tag_value',
  ].join(' ');
  const parameters = { tag_name: tag.name, tag_value: tag.value };
  const { rows } = await executeStatement(client, { warehouseId, text, parameters, effect: 'read' }, context);
  return rows
    .flatMap(([schema, table]) =>
      typeof schema === 'string' && typeof table === 'string'
        ? [{ schema, fullName: `${catalog}.${schema}.${table}` }]
        : [],
    )
    .toSorted((a, b) => compareText(a.fullName, b.fullName));
}
