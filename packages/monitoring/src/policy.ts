import { checkPolicy, conceal, type LoadedConfig, type PolicyTable } from '@dpo/config';
import { addressOf, type CatalogTable, type Problem, type Spec } from '@dpo/core';

/** What became of a table that is to be monitored: what the catalog holds, and the spec unless it is faulty. */
export interface ResolvedTable {
  /** Key of the table in `monitored_tables`. */
  readonly key: string;
  /** Undefined where it could not be read. */
  readonly table: CatalogTable | undefined;
  readonly spec: Spec | undefined;
}

/**
 * Breaches of the policy by tables as they are resolved, tags included (T38, T39). Of a table that could not be resolved
 * the rules see what the file says.
 */
export function policyProblems(loaded: LoadedConfig, resolved: readonly ResolvedTable[]): readonly Problem[] {
  const inFile = new Map(loaded.policy.tables.map((table) => [table.name, table]));
  const tables = resolved.map((found) => policyTable(found, inFile.get(found.key)));
  return checkPolicy(loaded.policy, tables).map(({ table, code, severity, message, hint }) => {
    const about =
      table === undefined
        ? { place: loaded.placeOf(['policy', 'max_tables_per_config']) }
        : { place: loaded.keyPlaceOf(['monitored_tables', table]), address: addressOf('monitor', table) };
    return conceal({ code, severity, message, hint, ...about }, loaded.references);
  });
}

function policyTable({ key, table, spec }: ResolvedTable, inFile: PolicyTable | undefined): PolicyTable {
  const tags = table === undefined ? undefined : new Set(Object.keys(table.tags));
  const base = inFile ?? {
    name: key,
    profileType: 'INFERENCE',
    hasBaseline: false,
    hasSlices: false,
    settings: nothing,
  };
  if (spec === undefined) return { ...base, tags };
  return {
    ...base,
    profileType: typeof spec['profile_type'] === 'string' ? spec['profile_type'] : base.profileType,
    hasBaseline: spec['baseline_table_name'] !== undefined,
    hasSlices: spec['slicing_exprs'] !== undefined,
    tags,
  };
}

const nothing: ReadonlySet<string> = new Set();
