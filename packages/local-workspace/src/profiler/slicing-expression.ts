import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { findColumn } from './find-column.ts';
import type { ProfiledTable } from './profile-request.ts';

/** A string in single or double quotes, or a name in backticks. */
const quotedText = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`/gu;

/**
 * A slicing expression as DuckDB text. A column name is taken as such whatever characters it has; in an expression
 * backticks quote names and double quotes quote strings, as Databricks reads them. Functions are not translated.
 * Undefined when the text is a plain name that the table does not have.
 */
export function slicingSql(expression: string, table: ProfiledTable): string | undefined {
  const text = expression.trim();
  const column = findColumn(table, text) ?? findColumn(table, unquoteName(text));
  if (column !== undefined) return quoteIdentifier(column.name);
  if (/^[a-z_][a-z0-9_]*$/iu.test(text)) return undefined;
  return `(${text.replaceAll(quotedText, requote)})`;
}

function requote(token: string): string {
  const inside = token.slice(1, -1);
  if (token.startsWith('`')) return quoteIdentifier(inside.replaceAll('``', '`'));
  return token.startsWith('"') ? quoteLiteral(inside.replaceAll('\\"', '"')) : token;
}

function unquoteName(text: string): string {
  return /^`(?:[^`]|``)*`$/u.test(text) ? text.slice(1, -1).replaceAll('``', '`') : text;
}
