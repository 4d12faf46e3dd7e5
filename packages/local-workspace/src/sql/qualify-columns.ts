import type { DuckDBName } from './duckdb-name.ts';
import type { Token } from './lexer.ts';
import { isName, isSymbol, nameTokens } from './tokens.ts';

/** `prod.ml.churn.id` and `ml.churn.id` become `` `prod.ml`.`churn`.id `` for tables of the query. */
export function qualifyColumns(
  tokens: readonly Token[],
  references: ReadonlyMap<string, DuckDBName>,
): readonly Token[] {
  if (references.size === 0) return tokens;
  const output: Token[] = [];
  for (let index = 0; index < tokens.length;) {
    const parts = chainAt(tokens, index);
    const matched = [3, 2].find((count) => parts.length > count && references.has(joinLower(parts.slice(0, count))));
    const target = matched === undefined ? undefined : references.get(joinLower(parts.slice(0, matched)));
    if (matched !== undefined && target !== undefined) {
      output.push(...nameTokens(target));
      index += matched * 2 - 1;
    } else {
      output.push(...tokens.slice(index, index + Math.max(1, parts.length * 2 - 1)));
      index += Math.max(1, parts.length * 2 - 1);
    }
  }
  return output;
}

function chainAt(tokens: readonly Token[], start: number): readonly string[] {
  const parts: string[] = [];
  for (let index = start; isName(tokens[index]); index += 2) {
    parts.push(tokens[index]?.value ?? '');
    if (!isSymbol(tokens[index + 1], '.')) break;
  }
  return isSymbol(tokens[start - 1], '.') ? [] : parts;
}

function joinLower(parts: readonly string[]): string {
  return parts.join('.').toLowerCase();
}
