import { quoteIdentifier, type CatalogColumn, type CatalogTable, type Problem } from '@dpo/core';
import type { Setting } from './setting.ts';

/** Columns are compared without case (U072); what is sent is the catalog's spelling. */
export function findColumn(table: CatalogTable, name: string): CatalogColumn | undefined {
  return table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

/** R065 fixes these words: single quotes, table order, no full stop at the end. */
export function missingColumn(
  table: CatalogTable,
  setting: Pick<Setting<string>, 'value' | 'place'> & { readonly key: string },
): Problem {
  const available = table.columns.map((column) => `'${column.name}'`).join(', ');
  return {
    code: 'CATALOG.COLUMN_NOT_FOUND',
    severity: 'error',
    message: `Column '${setting.value}' (from ${setting.key}) not found in table '${table.fullName}'. Available columns: [${available}]`,
    place: setting.place,
  };
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/u;

/** A slice that is just a column, back-ticked or not; an expression gives undefined (C05). */
export function bareColumn(slice: string): string | undefined {
  const quoted = /^`((?:[^`]|``)+)`$/u.exec(slice.trim());
  if (quoted?.[1] !== undefined) return quoted[1].replaceAll('``', '`');
  return plainName.test(slice.trim()) ? slice.trim() : undefined;
}

/** A slice by a column: bare where SQL takes it so. */
export function sliceOf(column: CatalogColumn): string {
  return plainName.test(column.name) ? column.name : quoteIdentifier(column.name);
}
