import { columnNotFound } from '../sql-errors.ts';
import type { Token } from '../lexer.ts';
import { isSymbol, splitAt } from '../tokens.ts';

/** The column as the table spells it. */
export function findColumn(given: string, known: readonly string[]): string {
  const column = known.find((name) => name.toLowerCase() === given.toLowerCase());
  if (column === undefined) throw columnNotFound(given, known);
  return column;
}

/** Columns of a list `a, b`. */
export function readColumnList(tokens: readonly Token[], known: readonly string[]): readonly string[] {
  return splitAt(tokens, ',').map((part) => findColumn(part.length === 1 ? (part[0]?.value ?? '') : '', known));
}

/** `a` or `t.a` before an equals sign, and the expression behind it. */
export function readAssignment(
  tokens: readonly Token[],
  known: readonly string[],
): { readonly column: string; readonly expression: readonly Token[] } | undefined {
  const equals = tokens.findIndex((token) => isSymbol(token, '='));
  const expression = tokens.slice(equals + 1);
  if ((equals !== 1 && equals !== 3) || expression.length === 0) return undefined;
  return { column: findColumn(tokens[equals - 1]?.value ?? '', known), expression };
}
