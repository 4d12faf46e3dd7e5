import { compareText, qualifiedName, type ColumnTags, type ReadContext } from '@dpo/core';
import { catalogGrantHint } from '../api/grant-hints.ts';
import { executeStatement } from '../api/statements.ts';
import { restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { readAll } from './read-all.ts';

export interface ColumnTagsRequest {
  /** Full names in lower case. */
  readonly tables: readonly string[];
  readonly warehouseId: string;
}

/** A statement with more names than this is longer than its answer is large. */
const mostSchemas = 200;

/**
 * Tags of columns, one statement a catalog, as far as the caller may see them. Rejects if one fails: a guard that looks at
 * half of them guards nothing.
 * https://docs.databricks.com/aws/en/sql/language-manual/information-schema/column_tags
 */
export async function readColumnTags(
  client: Client,
  { tables, warehouseId }: ColumnTagsRequest,
  context: ReadContext,
): Promise<ColumnTags> {
  const asked = new Set(tables);
  const results = await readAll([...schemasByCatalog(tables)], context, async ([catalog, schemas], inner) => {
    const statement = { warehouseId, ...statementOf(catalog, schemas), effect: 'read' } as const;
    const { rows } = await executeStatement(client, statement, inner).catch((error: unknown) => {
      throw restated(error, ({ message }) => ({
        message: `the tags of columns of catalog ${catalog} cannot be read: ${message}`,
        hint: catalogGrantHint(catalog),
      }));
    });
    return { catalog, rows };
  });
  const found = new Map<string, Map<string, string[]>>();
  for (const { catalog, rows } of results) {
    for (const [schema, table, column, tag, value] of rows) {
      const name = `${catalog}.${schema ?? ''}.${table ?? ''}`.toLowerCase();
      if (!asked.has(name) || column == null || tag == null || saysNo.has((value ?? '').trim().toLowerCase())) continue;
      const columns = found.get(name) ?? new Map<string, string[]>();
      found.set(name, columns.set(column.toLowerCase(), [...(columns.get(column.toLowerCase()) ?? []), tag]));
    }
  }
  return found;
}

/** Values by which a tag says that it does not apply: `pii = false`. */
const saysNo: ReadonlySet<string> = new Set(['false', 'no', 'none', '0']);

function statementOf(
  catalog: string,
  schemas: readonly string[],
): { readonly text: string; readonly parameters: Readonly<Record<string, string>> } {
  const text = `SELECT schema_name, table_name, column_name, tag_name, tag_value FROM ${qualifiedName(catalog, 'information_schema', 'column_tags')}`;
  if (schemas.length > mostSchemas) return { text, parameters: {} };
  const parameters = Object.fromEntries(schemas.map((schema, index) => [`schema_${String(index)}`, schema]));
  const markers = Object.keys(parameters).map((name) => `:${name}`);
  return { text: `${text} WHERE schema_name IN (${markers.join(', ')})`, parameters };
}

function schemasByCatalog(tables: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const table of tables.toSorted(compareText)) {
    const [catalog = '', schema = ''] = table.split('.');
    found.set(catalog, (found.get(catalog) ?? new Set()).add(schema));
  }
  return new Map([...found].map(([catalog, schemas]) => [catalog, [...schemas]]));
}
