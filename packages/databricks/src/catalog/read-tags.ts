import { compareText, qualifiedName, type ReadContext } from '@dpo/core';
import { executeStatement, type StatementResult } from '../api/statements.ts';
import { listTableTags } from '../api/table-tags.ts';
import type { Client } from '../client/client.ts';
import { readAll } from './read-all.ts';

/** Full names in lower case. A table without tags has no entry. */
export type TagsByTable = ReadonlyMap<string, Readonly<Record<string, string>>>;

export interface TagRequest {
  /** Full names in lower case. */
  readonly tables: readonly string[];
  readonly warehouseId?: string | undefined;
}

/**
 * Tags set on tables. With a warehouse one statement a catalog, whose answer holds only what the caller may see; else one
 * listing a table. Rejects if any part fails: tags decide about settings, and half of them decide wrongly (T26).
 */
export async function readTags(client: Client, request: TagRequest, context: ReadContext): Promise<TagsByTable> {
  const { tables, warehouseId } = request;
  if (warehouseId === undefined) {
    return new Map(
      await readAll(
        tables,
        context,
        async (table, inner) => [table, await listTableTags(client, table, inner.signal)] as const,
      ),
    );
  }
  const wanted = new Set(tables);
  const found = new Map<string, Record<string, string>>();
  const results = await readAll([...schemasByCatalog(tables)], context, ([catalog, schemas], inner) =>
    readCatalogTags(client, { catalog, schemas, warehouseId }, inner),
  );
  for (const { rows } of results) {
    for (const [catalog, schema, table, tag, value] of rows) {
      const key = [catalog, schema, table].join('.').toLowerCase();
      if (tag === undefined || tag === null || !wanted.has(key)) continue;
      found.set(key, { ...found.get(key), [tag]: value ?? '' });
    }
  }
  return found;
}

interface CatalogTags {
  readonly catalog: string;
  readonly schemas: readonly string[];
  readonly warehouseId: string;
}

/** https://docs.databricks.com/aws/en/sql/language-manual/information-schema/table_tags */
function readCatalogTags(client: Client, request: CatalogTags, context: ReadContext): Promise<StatementResult> {
  const { catalog, schemas, warehouseId } = request;
  const parameters = Object.fromEntries(schemas.map((schema, index) => [`schema_${index}`, schema]));
  const markers = Object.keys(parameters).map((name) => `:${name}`);
  const text = [
    'SELECT catalog_name, schema_name, table_name, tag_name, tag_value',
    `FROM ${qualifiedName(catalog, 'information_schema', 'table_tags')}`,
    `WHERE schema_name IN (${markers.join(', ')})`,
  ].join(' ');
  return executeStatement(client, { warehouseId, text, parameters, effect: 'read' }, context);
}

function schemasByCatalog(tables: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const table of tables.toSorted(compareText)) {
    const [catalog = '', schema = ''] = table.split('.');
    found.set(catalog, (found.get(catalog) ?? new Set()).add(schema));
  }
  return new Map([...found].map(([catalog, schemas]) => [catalog, [...schemas]]));
}
