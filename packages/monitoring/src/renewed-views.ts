import type { CatalogTable, Problem } from '@dpo/core';

export interface RenewedViews {
  look(table: CatalogTable): void;
  problems(): readonly Problem[];
}

const views: ReadonlySet<string> = new Set(['VIEW', 'MATERIALIZED_VIEW']);

/**
 * Monitored views that were made anew. CREATE OR REPLACE gives a view another id, a table keeps its own, so that a monitor of
 * such a view is replaced after every run of what makes it (W025). `ids`: full name → the id that the state knows.
 */
export function renewedViews(ids: ReadonlyMap<string, string>): RenewedViews {
  const found: string[] = [];
  return {
    look: ({ fullName, tableType, tableId }) => {
      const id = ids.get(fullName.toLowerCase());
      if (views.has(tableType) && id !== undefined && id !== tableId) found.push(fullName);
    },
    problems: () => (found.length === 0 ? [] : [warning(found)]),
  };
}

function warning(names: readonly string[]): Problem {
  const shown = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${String(names.length - 3)} more` : ''}`;
  const one = names.length === 1;
  return {
    code: 'CATALOG.VIEW_RENEWED',
    severity: 'warning',
    message: one
      ? `view ${shown} was made anew since the last apply, which gave it another id: its monitor starts over`
      : `${String(names.length)} views were made anew since the last apply, which gave them other ids: their monitors start over (${shown})`,
    hint: 'change views with ALTER VIEW … AS instead of CREATE OR REPLACE (dbt: view_update_via_alter), or profile a table',
  };
}
