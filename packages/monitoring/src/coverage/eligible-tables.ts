import type { Catalog, ScopeSchema, ScopeTable } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { isEligibleType } from '../eligible.ts';
import { ownOutputs } from '../own-outputs.ts';

export interface EligibleTable extends ScopeTable {
  /** `catalog.schema` in lower case. */
  readonly schema: string;
}

/**
 * The tables that could have a monitor: of a type that can be profiled, and none of dpo's own metric tables and views (T37).
 * By schema and name.
 */
export function eligibleTables(
  loaded: LoadedConfig,
  schemas: readonly ScopeSchema[],
  { findings }: Pick<Catalog, 'findings'>,
): readonly EligibleTable[] {
  const known = [...findings.values()].flatMap((finding) => (finding.status === 'present' ? [finding.table] : []));
  const isOwn = ownOutputs(loaded, known);
  return schemas.flatMap(({ catalog, schema, read }) => {
    const tables = read.status === 'listed' ? read.tables : [];
    return tables
      .filter(({ table, tableType }) => isEligibleType(tableType) && !isOwn({ catalog, schema, table }))
      .map((table) => ({ ...table, schema: `${catalog}.${schema}`.toLowerCase() }));
  });
}
