import type { CatalogColumn } from '../catalog.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { ViewBranch } from './branch.ts';

export type SqlType = 'STRING' | 'BIGINT' | 'DOUBLE' | 'TIMESTAMP' | 'INT' | 'MAP<STRING, DOUBLE>';

/** A branch and the columns that its metric table really has. */
export interface BranchTable {
  readonly branch: ViewBranch;
  readonly columns: readonly CatalogColumn[];
}

/** A column of a unified view. The expression is `undefined` where the metric table has nothing for it: a typed NULL. */
export interface ViewColumn {
  readonly name: string;
  readonly type: SqlType;
  expression(table: BranchTable): string | undefined;
}

function find({ columns }: BranchTable, name: string): CatalogColumn | undefined {
  return columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

/** A column of the metric table, or a field of one; `undefined` unless its type says that it is there. */
export function field(table: BranchTable, ...[name = '', ...path]: readonly string[]): string | undefined {
  const column = find(table, name);
  if (column === undefined || !path.every((step) => hasField(column.type, step))) return undefined;
  return [column.name, ...path].map(quoteIdentifier).join('.');
}

/** Whether a struct of this type has a field of this name, at any depth. */
function hasField(type: string, name: string): boolean {
  return new RegExp(`[<,]\\s*\`?${name}\`?\\s*:`, 'iu').test(type);
}

/** As the metric table has it. */
export function plain(name: string, type: SqlType, source: string = name): ViewColumn {
  return { name, type, expression: (table) => field(table, source) };
}

/** A field of a struct of the metric table. */
export function part(name: string, type: SqlType, path: readonly string[]): ViewColumn {
  return { name, type, expression: (table) => field(table, ...path) };
}

/** The first of several shapes that the metric table has. */
export function firstOf(name: string, type: SqlType, paths: readonly (readonly string[])[]): ViewColumn {
  const expression = (table: BranchTable): string | undefined =>
    paths.map((path) => field(table, ...path)).find((found) => found !== undefined);
  return { name, type, expression };
}

/** The service keeps shares as 0 to 100; ours are 0 to 1 (C08, T02). */
export function share(name: string, source: string): ViewColumn {
  const expression = (table: BranchTable): string | undefined => {
    const found = field(table, source);
    return found === undefined ? undefined : `${found} / 100`;
  };
  return { name, type: 'DOUBLE', expression };
}

/** The same for all rows of a branch; `null` is a typed NULL. */
export function literal(
  name: string,
  type: SqlType,
  value: (branch: ViewBranch) => string | number | null,
): ViewColumn {
  const expression = ({ branch }: BranchTable): string | undefined => {
    const found = value(branch);
    if (found === null) return undefined;
    return typeof found === 'number' ? String(found) : quoteLiteral(found);
  };
  return { name, type, expression };
}
