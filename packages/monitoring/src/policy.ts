import { checkPolicy, conceal, type LoadedConfig, type PolicyTable, type SlicedColumn } from '@dpo/config';
import { addressOf, type CatalogTable, type ColumnTags, type Problem, type Spec } from '@dpo/core';
import type { Slice } from './slices.ts';
import { settingKeys, type TableSource } from './table-source.ts';

/** What became of a table that is to be monitored: what the catalog holds, and the spec unless it is faulty. */
export interface ResolvedTable {
  /** Key of the table in `monitored_tables`, or the name of one that was found. */
  readonly key: string;
  readonly source: TableSource;
  /** Missing where it could not be read. */
  readonly table?: CatalogTable;
  readonly spec?: Spec | undefined;
  readonly slices?: readonly Slice[];
  readonly outputSchema?: string;
}

export interface PolicyRequest {
  readonly loaded: LoadedConfig;
  readonly resolved: readonly ResolvedTable[];
  /** Missing: they could not be read. */
  readonly columnTags?: ColumnTags | undefined;
}

/**
 * Breaches of the policy by tables as they are resolved, tags included (T38, T39). Of a table that could not be resolved
 * the rules see what the file says.
 */
export function policyProblems({ loaded, resolved, columnTags }: PolicyRequest): readonly Problem[] {
  const inFile = new Map(loaded.policy.tables.map((table) => [table.name, table]));
  const sources = new Map(resolved.map(({ key, source }) => [key, source]));
  const tables = resolved.map((found) => ({
    ...policyTable(loaded, found, inFile.get(found.key)),
    ...tagged(loaded, found, columnTags),
  }));
  return checkPolicy(loaded.policy, tables).map(({ rule, table, code, severity, message, hint }) => {
    const place = table === undefined ? undefined : sources.get(table)?.place;
    const about =
      table === undefined
        ? { place: loaded.placeOf(['policy', rule]) }
        : { place: place ?? loaded.keyPlaceOf(['monitored_tables', table]), address: addressOf('monitor', table) };
    return conceal({ code, severity, message, hint, ...about }, loaded.references);
  });
}

function policyTable(
  loaded: LoadedConfig,
  { key, source, table, spec }: ResolvedTable,
  inFile: PolicyTable | undefined,
): PolicyTable {
  const base = {
    ...(inFile ?? { name: key, profileType: 'INFERENCE', hasBaseline: false, hasSlices: false }),
    settings: settingKeys(loaded, source),
    tags: table === undefined ? undefined : new Set(Object.keys(table.tags)),
  };
  if (spec === undefined) return base;
  return {
    ...base,
    profileType: typeof spec['profile_type'] === 'string' ? spec['profile_type'] : base.profileType,
    hasBaseline: spec['baseline_table_name'] !== undefined,
    hasSlices: spec['slicing_exprs'] !== undefined,
  };
}

/** What tags say about the output of a table, and about the columns that it is sliced by. */
function tagged(
  { policy }: LoadedConfig,
  { table, slices = [], outputSchema }: ResolvedTable,
  columnTags: ColumnTags | undefined,
): Pick<PolicyTable, 'slices' | 'output'> {
  if (table === undefined) return {};
  const mark = policy.separateOutputsBy === undefined ? undefined : table.tags[policy.separateOutputsBy];
  const output = outputSchema === undefined ? {} : { output: { schema: outputSchema, mark } };
  const tags = columnTags?.get(table.fullName.toLowerCase());
  return tags === undefined ? output : { ...output, slices: slices.flatMap((slice) => sliced(slice, tags)) };
}

function sliced(slice: Slice, tags: ReadonlyMap<string, readonly string[]>): readonly SlicedColumn[] {
  if (slice.kind === 'missing') return [];
  const columns = slice.kind === 'column' ? [slice.column] : slice.columns;
  return columns.map(({ name }) => ({
    slice: slice.kind === 'column' ? name : slice.text,
    column: name,
    tags: tags.get(name.toLowerCase()) ?? [],
  }));
}
