import type { Catalog, CatalogTable } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { columnsToCount, slicesOf, type KnownSlices } from './slices.ts';
import { tableSettings } from './table-settings.ts';
import { wantedTables } from './wanted-tables.ts';

/** What has to be known of the tables beyond the catalog before `desire` can be asked. */
export interface Questions {
  /** Baselines that a tag names, in lower case: of each a finding is needed. */
  readonly baselines: readonly string[];
  /** Columns whose values are to be counted, by the full name of their table. */
  readonly counts: readonly { readonly table: string; readonly columns: readonly string[] }[];
  /** Full names, in lower case, of the tables whose columns' tags count. */
  readonly tagged: readonly string[];
}

export interface QuestionsRequest {
  readonly loaded: LoadedConfig;
  readonly catalog: Pick<Catalog, 'found' | 'findings'>;
  /** What the state remembers of the slices, by full name of the table in lower case. */
  readonly known?: ReadonlyMap<string, KnownSlices>;
  /** Count again what was counted. */
  readonly recount?: boolean;
}

export function questionsOf({ loaded, catalog, known = new Map(), recount = false }: QuestionsRequest): Questions {
  const baselines = new Set<string>();
  const counts = new Map<string, readonly string[]>();
  const tagged = new Set<string>();
  for (const { key, source, finding } of wantedTables(loaded, catalog)) {
    if (finding?.status !== 'present') continue;
    const { table } = finding;
    const settings = tableSettings(loaded, source, table);
    const baseline = settings.text('baseline_table_name')?.value.toLowerCase();
    if (baseline !== undefined && !catalog.findings.has(baseline)) baselines.add(baseline);
    const slices = slicesOf(table, settings);
    if (loaded.policy.piiTags.length > 0 && slices.some((slice) => slice.kind !== 'missing')) {
      tagged.add(fullNameOf(table));
    }
    const columns = columnsToCount(slices, known.get(key.toLowerCase()), recount);
    if (columns.length > 0) counts.set(table.fullName, columns);
  }
  return {
    baselines: [...baselines].toSorted(),
    counts: [...counts].map(([table, columns]) => ({ table, columns })),
    tagged: [...tagged].toSorted(),
  };
}

function fullNameOf({ fullName }: CatalogTable): string {
  return fullName.toLowerCase();
}
