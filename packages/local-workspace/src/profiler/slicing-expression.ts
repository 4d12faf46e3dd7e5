import type { ExpressionTranslator } from '../sql/translate-expression.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { findColumn } from './find-column.ts';
import type { ProfiledTable } from './profile-request.ts';

/**
 * A slicing expression as DuckDB text. A column name is taken as such whatever characters it has; anything else is an
 * expression of Databricks SQL over the columns of `scope`, guarded as a query is. Undefined when `table` lacks a column
 * that it names.
 */
export async function slicingSql(
  expression: string,
  tables: { readonly table: ProfiledTable; readonly scope: ProfiledTable; readonly expressions: ExpressionTranslator },
): Promise<string | undefined> {
  const { table, scope, expressions } = tables;
  const text = expression.trim();
  const column = findColumn(table, text) ?? findColumn(table, unquoteName(text));
  if (column !== undefined) return quoteIdentifier(column.name);
  if (/^[a-z_][a-z0-9_]*$/iu.test(text)) return undefined;
  const names = scope.columns.map(({ name }) => name);
  const { sql, names: read } = await expressions.translate(text, { names, from: scope.from });
  return [...read].every((name) => findColumn(table, name) !== undefined) ? sql : undefined;
}

function unquoteName(text: string): string {
  return /^`(?:[^`]|``)*`$/u.test(text) ? text.slice(1, -1).replaceAll('``', '`') : text;
}
