import type { CatalogTable, PrimaryKey } from '@dpo/core';

/**
 * What identifies a row, for information only (U057). A constraint is what somebody declared; without one a column that is
 * called as keys are called: `id`, `<table>_id` or, of a table in the plural, `<singular>_id`. Null if nothing tells.
 */
export function primaryKeyOf(
  table: Pick<CatalogTable, 'fullName' | 'columns'>,
  constraint: readonly string[],
): PrimaryKey | null {
  if (constraint.length > 0) return { columns: constraint, known_by: 'constraint' };
  const leaf = table.fullName.slice(table.fullName.lastIndexOf('.') + 1).toLowerCase();
  const likely = [...new Set([leaf, leaf.replace(/s$/u, '')])].flatMap((name) => [`${name}_id`, `${name}_key`]);
  const column = ['id', ...likely].flatMap(
    (name) => table.columns.find((candidate) => candidate.name.toLowerCase() === name) ?? [],
  )[0];
  return column === undefined ? null : { columns: [column.name], known_by: 'name' };
}
