import { compareText, qualifiedName, type CatalogColumn, type MetricColumns } from '@dpo/core';
import { executeStatement, type StatementContext } from '../api/statements.ts';
import type { Client } from '../client/client.ts';

export interface MetricColumnsRequest {
  /** Full names of metric tables. */
  readonly tables: readonly string[];
  readonly warehouseId: string;
}

/**
 * Columns of metric tables: one statement for each catalog, whatever their number. A table that has no row there does not
 * exist, or may not be seen; `settleMetricColumns` tells which (W023).
 * https://docs.databricks.com/aws/en/sql/language-manual/information-schema/columns
 */
export async function readMetricColumns(
  client: Client,
  { tables, warehouseId }: MetricColumnsRequest,
  context: StatementContext,
): Promise<MetricColumns> {
  const found = new Map<string, CatalogColumn[]>();
  const asked = new Set(tables.map((name) => name.toLowerCase()));
  for (const [catalog, schemas] of schemasByCatalog([...asked])) {
    const names = schemas.map((schema, index) => [`schema_${String(index)}`, schema] as const);
    const text = [
      'SELECT table_schema, table_name, column_name, full_data_type',
      `FROM ${qualifiedName(catalog, 'information_schema', 'columns')}`,
      `WHERE table_schema IN (${names.map(([name]) => `:${name}`).join(', ')})`,
      "AND (table_name LIKE '%_metrics')",
      'ORDER BY table_schema, table_name, ordinal_position',
    ].join(' ');
    const statement = { warehouseId, text, parameters: Object.fromEntries(names), effect: 'read' } as const;
    // oxlint-disable-next-line no-await-in-loop
    const { rows } = await executeStatement(client, statement, context);
    for (const [schema, table, name, type] of rows) {
      const key = [catalog, schema, table].join('.').toLowerCase();
      if (!asked.has(key) || name == null) continue;
      const columns = found.get(key) ?? [];
      columns.push({ name, type: (type ?? '').toLowerCase() });
      found.set(key, columns);
    }
  }
  return (name) => (asked.has(name.toLowerCase()) ? (found.get(name.toLowerCase()) ?? 'absent') : 'unknown');
}

function schemasByCatalog(tables: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const table of tables.toSorted(compareText)) {
    const [catalog = '', schema = ''] = table.split('.');
    found.set(catalog, (found.get(catalog) ?? new Set()).add(schema));
  }
  return new Map([...found].map(([catalog, schemas]) => [catalog, [...schemas]]));
}
