import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { quoteIdentifier } from './quote.ts';
import { duckdbWords, macroPrefix, tryCastMarker } from './rewrite-functions.ts';
import { functionSchema } from './sql-functions.ts';
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
    if (isCall && isWord(token, 'TRY_CAST') && !isWord(tokens[index + 2], tryCastMarker.toUpperCase())) {
      output.push({ ...token, text: 'CAST' });
    } else if (isCall && isWord(token, tryCastMarker.toUpperCase())) continue;
    else if (isCall && token.value.toLowerCase().startsWith(macroPrefix)) {
      const macro = token.value.slice(macroPrefix.length).toLowerCase();
      output.push({ ...token, text: `${functionSchema}."${macro}"` });
    } else if (isCall && isWord(token, 'CONCAT')) {
      const close = closingIndex(tokens, index + 1);
      append(output, concatenation(tokens.slice(index + 2, close)));
      index = close;
    } else if (token.text === 'TIMESTAMPTZ' && !isSymbol(tokens[index + 1], '.')) {
      // Spark timestamps are kept in UTC without a zone, so that they compare with each other.
      output.push({ ...token, text: 'TIMESTAMP' });
    } else if (token.kind === 'word' && !isCall && isName(token.value) && !isWord(tokens[index + 1], 'TIME')) {
      output.push({ ...token, text: quoteIdentifier(token.value) });
    } else if (isWord(token, 'LEFT') && isWord(tokens[index + 1], 'ANTI', 'SEMI')) continue;
    else output.push(token);
  }
  return output;
}

/** The translator drops some of the quotes that `rewriteFunctions` gave. */
function isName(word: string): boolean {
  return duckdbWords.has(word.toUpperCase());
}

/** CONCAT skips NULLs in DuckDB; in Spark one NULL makes the result NULL, as `||` does in both. */
function concatenation(content: readonly Token[]): readonly Token[] {
  const operands = splitAt(content, ',').map(repair);
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
