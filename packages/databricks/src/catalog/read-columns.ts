import { qualifiedName, type CatalogColumn, type ReadContext } from '@dpo/core';
import { executeStatement } from '../api/statements.ts';
import { catalogGrantHint } from '../api/grant-hints.ts';
import { restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { readAll } from './read-all.ts';

/** By full name of the table in lower case, in the order of the table. */
export type ColumnsByTable = ReadonlyMap<string, readonly CatalogColumn[]>;

export interface ColumnRequest {
  /** Catalog → the schemas whose columns are read. */
  readonly schemas: ReadonlyMap<string, readonly string[]>;
  readonly warehouseId: string;
}

/** A statement with more names than this is longer than the answer is large: then the columns of all schemas are read. */
const mostSchemas = 200;

/**
 * One statement a catalog. Rejects when one fails: without columns nothing could be checked.
 * https://docs.databricks.com/aws/en/sql/language-manual/information-schema/columns
 */
export async function readColumns(
  client: Client,
  { schemas, warehouseId }: ColumnRequest,
  context: ReadContext,
): Promise<ColumnsByTable> {
  const results = await readAll([...schemas], context, async ([catalog, names], inner) => {
    const statement = { warehouseId, ...columnStatement(catalog, names), effect: 'read' } as const;
    const { rows } = await executeStatement(client, statement, inner).catch((error: unknown) => {
      throw restated(error, ({ message }) => ({
        message: `the columns of catalog ${catalog} cannot be read: ${message}`,
        hint: catalogGrantHint(catalog),
      }));
    });
    return { catalog, rows };
  });
  const found = new Map<string, { readonly position: number; readonly column: CatalogColumn }[]>();
  for (const { catalog, rows } of results) {
    for (const [schema, table, name, position, type] of rows) {
      const key = `${catalog}.${schema ?? ''}.${table ?? ''}`.toLowerCase();
      const columns = found.get(key) ?? [];
      columns.push({ position: Number(position), column: { name: name ?? '', type: (type ?? '').toLowerCase() } });
      found.set(key, columns);
    }
  }
  return new Map(
    [...found].map(([key, columns]) => [
      key,
      columns.toSorted((a, b) => a.position - b.position).map(({ column }) => column),
    ]),
  );
}

function columnStatement(
  catalog: string,
  schemas: readonly string[],
): { readonly text: string; readonly parameters: Readonly<Record<string, string>> } {
  const text = `SELECT table_schema, table_name, column_name, ordinal_position, full_data_type FROM ${qualifiedName(catalog, 'information_schema', 'columns')}`;
  if (schemas.length > mostSchemas) return { text, parameters: {} };
  const parameters = Object.fromEntries(schemas.map((schema, index) => [`schema_${index}`, schema]));
  const markers = Object.keys(parameters).map((name) => `:${name}`);
  return { text: `${text} WHERE table_schema IN (${markers.join(', ')})`, parameters };
}
