import { compareText, isOneOf, qualifiedName, type Principal } from '@dpo/core';
import { executeStatement, type StatementContext } from '../api/statements.ts';
import type { Client } from '../client/client.ts';
import type { Grant } from '../providers/access.ts';

/** Grants on a table; `hidden` where the table is there and this identity may not be shown all of them. */
export type TableGrants = readonly Grant[] | 'hidden';

export interface MetricGrantsRequest {
  /** Full names of metric tables. */
  readonly tables: readonly string[];
  readonly warehouseId: string;
  /** Who asks. */
  readonly me: Principal | undefined;
}

/**
 * Who was given SELECT on metric tables themselves, by full name in lower case: one statement for each catalog, whatever their
 * number. A table that is not there, or may not be seen at all, has no entry. The owner is shown every grant, others their own.
 * https://docs.databricks.com/aws/en/sql/language-manual/information-schema/table_privileges
 */
export async function readMetricGrants(
  client: Client,
  { tables, warehouseId, me }: MetricGrantsRequest,
  context: StatementContext,
): Promise<ReadonlyMap<string, TableGrants>> {
  const asked = new Set(tables.map((name) => name.toLowerCase()));
  const found = new Map<string, { owner: string | null | undefined; readonly to: string[] }>();
  for (const catalog of new Set([...asked].toSorted(compareText).map((name) => name.split('.')[0] ?? ''))) {
    const schemas = [...new Set([...asked].filter((name) => name.startsWith(`${catalog}.`)).map(schemaOf))];
    const names = schemas.toSorted(compareText).map((schema, index) => [`schema_${String(index)}`, schema] as const);
    const view = (name: string): string => qualifiedName(catalog, 'information_schema', name);
    const text = [
      'SELECT t.table_schema, t.table_name, t.table_owner, p.grantee',
      `FROM ${view('tables')} AS t LEFT JOIN ${view('table_privileges')} AS p`,
      'ON p.table_schema = t.table_schema AND p.table_name = t.table_name',
      "AND p.privilege_type = 'SELECT' AND p.inherited_from = 'NONE'",
      `WHERE t.table_schema IN (${names.map(([name]) => `:${name}`).join(', ')}) AND t.table_name LIKE '%_metrics'`,
    ].join(' ');
    const statement = { warehouseId, text, parameters: Object.fromEntries(names), effect: 'read' } as const;
    // oxlint-disable-next-line no-await-in-loop
    const { rows } = await executeStatement(client, statement, context);
    for (const [schema, table, owner, grantee] of rows) {
      const key = [catalog, schema, table].join('.').toLowerCase();
      if (!asked.has(key)) continue;
      const one = found.get(key) ?? { owner, to: [] };
      if (grantee != null) one.to.push(grantee);
      found.set(key, one);
    }
  }
  return new Map([...found].map(([name, one]) => [name, grantsOf(one, me)]));
}

function grantsOf(
  { owner, to }: { readonly owner: string | null | undefined; readonly to: readonly string[] },
  me: Principal | undefined,
): TableGrants {
  // Who sees what others have sees all of it; so does the owner.
  const whole = me === undefined || (owner != null && isOneOf(me, owner)) || to.some((each) => !isOneOf(me, each));
  return whole ? to.map((each) => ({ to: each, level: 'SELECT' })) : 'hidden';
}

function schemaOf(name: string): string {
  return name.split('.')[1] ?? '';
}
