import type { ColumnTags, Problem, ValueCounts } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import type { ResolvedTable } from './policy.ts';

const mostNames = 3;

function namesOf(names: readonly string[]): string {
  const more = names.length - mostNames;
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

/** Slices of which nobody could tell whether they have too many values: they are made as they are asked for. */
export function uncounted(
  { loaded, counted }: { readonly loaded: LoadedConfig; readonly counted?: ValueCounts },
  tables: readonly string[],
): readonly Problem[] {
  const [first] = tables;
  if (first === undefined) return [];
  const why = counted === undefined ? 'no warehouse is set' : (counted.uncounted.get(first) ?? 'it was not asked');
  return [
    {
      code: 'CATALOG.SLICES_UNCOUNTED',
      severity: 'warning',
      message: `the values of slices could not be counted in ${namesOf(tables)}, so that they are kept as they are asked for: ${why}`,
      hint:
        counted === undefined ? 'set warehouse_id' : 'grant SELECT on the tables, or plan with an identity that has it',
      place: loaded.keyPlaceOf(['profile_defaults', 'max_slicing_cardinality']),
    },
  ];
}

/** Whether columns hold personal data is then known to nobody. */
export function unseenTags(
  { loaded, columnTags }: { readonly loaded: LoadedConfig; readonly columnTags?: ColumnTags },
  resolved: readonly ResolvedTable[],
): readonly Problem[] {
  if (columnTags !== undefined || loaded.policy.piiTags.length === 0) return [];
  const tables = resolved.filter(({ slices = [] }) => slices.some(({ kind }) => kind !== 'missing'));
  if (tables.length === 0) return [];
  return [
    {
      code: 'CATALOG.COLUMN_TAGS_UNKNOWN',
      severity: 'warning',
      message: `without a warehouse the tags of columns are not read: nobody knows whether ${namesOf(tables.map(({ key }) => key))} ${tables.length === 1 ? 'is' : 'are'} sliced by personal data`,
      hint: 'set warehouse_id, or policy.pii_tags: [] if every column may be a slice',
      place: loaded.keyPlaceOf(['policy', 'pii_tags']),
    },
  ];
}
