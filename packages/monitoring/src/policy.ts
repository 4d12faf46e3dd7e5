import { checkPolicy, conceal, type LoadedConfig, type PolicyTable } from '@dpo/config';
import type { TableSource } from './table-source.ts';
import { addressOf, type CatalogTable, type Problem, type Spec } from '@dpo/core';

/** What became of a table that is to be monitored: what the catalog holds, and the spec unless it is faulty. */
export interface ResolvedTable {
  /** Key of the table in `monitored_tables`, or the full name of a found one. */
  readonly key: string;
  readonly source: TableSource;
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
  const places = new Map(resolved.map(({ key, source }) => [key, source.place]));
  const tables = resolved.map((one) => policyTable(one, inFile.get(one.key) ?? foundTable(loaded, one)));
  return checkPolicy(loaded.policy, tables).map(({ table, code, severity, message, hint }) => {
    const about =
      table === undefined
        ? { place: loaded.placeOf(['policy', 'max_tables_per_config']) }
        : {
            place: places.get(table) ?? loaded.keyPlaceOf(['monitored_tables', table]),
            address: addressOf('monitor', table),
          };
    return conceal({ code, severity, message, hint, ...about }, loaded.references);
  });
}

function policyTable({ table, spec }: ResolvedTable, inFile: PolicyTable): PolicyTable {
  const tags = table === undefined ? undefined : new Set(Object.keys(table.tags));
  if (spec === undefined) return { ...inFile, tags };
  return {
    ...inFile,
    profileType: typeof spec['profile_type'] === 'string' ? spec['profile_type'] : inFile.profileType,
    hasBaseline: spec['baseline_table_name'] !== undefined,
    hasSlices: spec['slicing_exprs'] !== undefined,
    tags,
  };
}

/** What the file says of a table that it does not list: the patterns that match it, and the defaults. */
function foundTable({ config }: LoadedConfig, { key, source }: ResolvedTable): PolicyTable {
  const layers: readonly (object | undefined)[] = [
    config.profile_defaults,
    ...source.keys.map((pattern) => config.monitored_tables[pattern]),
  ];
  const settings = new Set(layers.flatMap((layer) => Object.keys(layer ?? {})));
  return { name: key, profileType: 'INFERENCE', hasBaseline: false, hasSlices: false, settings, tags: undefined };
}
