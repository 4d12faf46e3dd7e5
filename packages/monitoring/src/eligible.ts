import type { CatalogTable, Place, Problem } from '@dpo/core';
import type { TableSource } from './table-source.ts';

/** Types that a search selects (U052). */
const eligible: ReadonlySet<string> = new Set(['MANAGED', 'EXTERNAL', 'VIEW', 'MATERIALIZED_VIEW', 'STREAMING_TABLE']);

/** Types of which a monitor is refused for sure. What else a listed table may be is the service's to judge. */
const refused: ReadonlySet<string> = new Set(['FOREIGN', 'METRIC_VIEW']);

/** Whether a table of this type is one that a search selects. */
export function isEligibleType(tableType: string): boolean {
  return eligible.has(tableType);
}

export function unsupportedType({ fullName, tableType }: CatalogTable, source: TableSource): Problem | undefined {
  const isFine = source.how === 'listed' ? !refused.has(tableType) : eligible.has(tableType);
  if (isFine) return undefined;
  return {
    code: 'CATALOG.UNSUPPORTED_TYPE',
    severity: 'error',
    message: `${fullName} is of type ${tableType}, which cannot be profiled`,
    hint: 'profile a view or a table made from it',
    place: source.place,
  };
}

/** Parts of a name are told apart by dots, in a config and in the API alike. */
export function unsupportedName(name: string, place: Place): Problem {
  return {
    code: 'CATALOG.NAME_UNSUPPORTED',
    severity: 'error',
    message: `${name} has a dot inside a part of its name, so that nothing can be asked about it`,
    hint: 'rename it, or profile a view of it',
    place,
  };
}
