import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { quoteIdentifier } from './quote.ts';
import { macroPrefix, nativePrefix, readCatalogFunction, tryCastMarker } from './call-tokens.ts';
import { wholeCasts } from './functions/cast-macros.ts';
import { functionSchema } from './functions/macro.ts';
import { duckdbWords } from './rewrite-functions.ts';
import { append, closingIndex, isSymbol, isWord, splitAt, symbolToken, tokensToText, wordToken } from './tokens.ts';

/** Turns what the translator is known to get wrong into the DuckDB statement that behaves as a warehouse does. */
export function repairTranslation(sql: string): string {
  return tokensToText(repair(tokenize(sql, 'duckdb')));
}

function repair(tokens: readonly Token[]): readonly Token[] {
  const output: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const isCall = token.kind === 'word' && isSymbol(tokens[index + 1], '(') && !isSymbol(tokens[index - 1], '.');
    if (isCall && isWord(token, 'CAST', 'TRY_CAST')) {
      const close = closingIndex(tokens, index + 1);
      append(output, cast(token, tokens.slice(index + 2, close)));
      index = close;
    } else if (isCall && isWord(token, 'CONCAT')) {
      const close = closingIndex(tokens, index + 1);
      append(output, concatenation(tokens.slice(index + 2, close)));
      index = close;
    } else if (isCall) output.push({ ...token, text: functionText(token) });
    else if (token.text === 'TIMESTAMPTZ' && !isSymbol(tokens[index + 1], '.')) {
      // Spark timestamps are kept in UTC without a zone, so that they compare with each other.
      output.push({ ...token, text: 'TIMESTAMP' });
    } else if (token.kind === 'word' && isName(token.value) && !isWord(tokens[index + 1], 'TIME')) {
      output.push({ ...token, text: quoteIdentifier(token.value) });
    } else if (isWord(token, 'LEFT') && isWord(tokens[index + 1], 'ANTI', 'SEMI')) continue;
    else output.push(token);
  }
  return output;
}

/** Marked functions come back in upper case. */
function functionText(token: Token): string {
  const word = token.value.toLowerCase();
  if (word.startsWith(macroPrefix)) return `${functionSchema}.${quoteIdentifier(word.slice(macroPrefix.length))}`;
  if (word.startsWith(nativePrefix)) return word.slice(nativePrefix.length);
  const [schema, name] = readCatalogFunction(word) ?? [];
  if (schema !== undefined && name !== undefined) return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  return token.text;
}

/**
 * The translator makes a TRY_CAST of every cast; only those of the user are marked. Casts to whole numbers are macros,
 * because DuckDB rounds.
 */
function cast(word: Token, content: readonly Token[]): readonly Token[] {
  const at = content.findLastIndex((token, index) => isWord(token, 'AS') && depthAt(content, index) === 0);
  const tolerant = isWord(word, 'TRY_CAST') && isWord(content[0], tryCastMarker.toUpperCase());
  const value = repair(tolerant ? content.slice(2, at - 1) : content.slice(0, at));
  const type = repair(content.slice(at + 1));
  const macro = type.length === 1 ? wholeCasts[type[0]?.text.toUpperCase() ?? ''] : undefined;
  const name = `${tolerant ? 'try_' : ''}${macro ?? ''}`;
  const text = macro === undefined ? (tolerant ? 'TRY_CAST' : 'CAST') : `${functionSchema}.${quoteIdentifier(name)}`;
  const target = macro === undefined ? [wordToken('AS'), ...type] : [];
  return [{ ...word, text }, symbolToken('('), ...value, ...target, symbolToken(')')];
}

function depthAt(tokens: readonly Token[], end: number): number {
  let depth = 0;
  for (let index = 0; index < end; index += 1) {
    const token = tokens[index];
    if (isSymbol(token, '(') || isSymbol(token, '[') || isSymbol(token, '{')) depth += 1;
    if (isSymbol(token, ')') || isSymbol(token, ']') || isSymbol(token, '}')) depth -= 1;
  }
  return depth;
}

/** The translator drops some of the quotes that `rewriteFunctions` gave. */
function isName(word: string): boolean {
  return duckdbWords.has(word.toUpperCase());
}

const nullText: readonly Token[] = tokenize('CAST(NULL AS VARCHAR)', 'duckdb');

/** CONCAT skips NULLs in DuckDB; in Spark one NULL makes the result NULL, as `||` does in both. */
function concatenation(content: readonly Token[]): readonly Token[] {
  const operands = splitAt(content, ',').map((operand) =>
    operand.length === 1 && isWord(operand[0], 'NULL') ? nullText : repair(operand),
  );
  return [
    { ...symbolToken('('), spaced: true },
    ...operands.flatMap((operand, index) => [
      ...(index === 0 ? [] : [{ ...symbolToken('||'), spaced: true }]),
      { ...symbolToken('('), spaced: true },
      ...operand,
      symbolToken(')'),
    ]),
    symbolToken(')'),
    ...(operands.length === 0 ? [wordToken('NULL')] : []),
  ];
}
