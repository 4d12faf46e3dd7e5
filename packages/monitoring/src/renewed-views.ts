import type { CatalogTable } from '@dpo/core';

const views: ReadonlySet<string> = new Set(['VIEW', 'MATERIALIZED_VIEW']);

/**
 * Whether a monitored view was made anew. CREATE OR REPLACE gives a view another id, a table keeps its own, so that a monitor
 * of such a view is replaced after every run of what makes it (W025). `ids`: full name → the id that the state knows.
 */
export function isRenewedView(
  { fullName, tableType, tableId }: CatalogTable,
  ids: ReadonlyMap<string, string> | undefined,
): boolean {
  const id = ids?.get(fullName.toLowerCase());
  return views.has(tableType) && id !== undefined && id !== tableId;
}
