import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { parseError } from './sql-errors.ts';
import { isSymbol } from './tokens.ts';

/** One statement and its text; a view keeps a slice of the text as it was submitted. */
export interface StatementSource {
  readonly text: string;
  /** Without a closing semicolon. */
  readonly tokens: readonly Token[];
}

/** Throws PARSE_SYNTAX_ERROR for an empty statement and for a second one. */
export function readStatement(text: string): StatementSource {
  const tokens = tokenize(text);
  const semicolon = tokens.findIndex((token) => isSymbol(token, ';'));
  const first = semicolon < 0 ? tokens : tokens.slice(0, semicolon);
  if (first.length === 0) throw parseError('the statement is empty');
  const extra = semicolon < 0 ? undefined : tokens.slice(semicolon).find((token) => !isSymbol(token, ';'));
  if (extra !== undefined)
    throw parseError(`Syntax error at or near '${extra.text}': extra input; one statement is allowed`);
  return { text, tokens: first };
}

/** The text of the last tokens of a statement, as submitted. */
export function sliceFrom(source: StatementSource, tokens: readonly Token[]): string {
  return source.text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}
