import type { Token } from './lexer.ts';
import { append, closingIndex, isSymbol, isWord, nameToken, splitAt, symbolToken, wordToken } from './tokens.ts';

/**
 * `VALUES (array(1)), (array(2))` becomes `SELECT array(1) AS col1 UNION ALL SELECT array(2)`, because the translator leaves
 * functions in VALUES as they are. Rows of plain literals stay; there can be many of them.
 */
export function expandValues(tokens: readonly Token[]): readonly Token[] {
  const output: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const rows = isWord(token, 'VALUES') && !isSymbol(tokens[index - 1], '.') ? readRows(tokens, index + 1) : undefined;
    if (rows === undefined || !rows.contents.some(hasCall)) {
      output.push(token);
      continue;
    }
    const bare = isWord(tokens[index - 1], 'FROM', 'JOIN') || isSymbol(tokens[index - 1], ',');
    if (bare) output.push({ ...symbolToken('('), spaced: true });
    append(output, selects(rows.contents));
    if (bare) output.push(symbolToken(')'));
    index = rows.next - 1;
  }
  return output;
}

function readRows(
  tokens: readonly Token[],
  start: number,
): { readonly contents: readonly (readonly Token[])[]; readonly next: number } | undefined {
  const contents: (readonly Token[])[] = [];
  for (let index = start; isSymbol(tokens[index], '(');) {
    const close = closingIndex(tokens, index);
    contents.push(tokens.slice(index + 1, close));
    if (!isSymbol(tokens[close + 1], ',') || !isSymbol(tokens[close + 2], '(')) return { contents, next: close + 1 };
    index = close + 2;
  }
  return undefined;
}

function hasCall(content: readonly Token[]): boolean {
  return content.some((token, index) => token.kind === 'word' && isSymbol(content[index + 1], '('));
}

function selects(rows: readonly (readonly Token[])[]): readonly Token[] {
  return rows.flatMap((row, index) => [
    ...(index === 0 ? [] : [wordToken('UNION'), wordToken('ALL')]),
    wordToken('SELECT'),
    ...splitAt(row, ',').flatMap((cell, column) => [
      ...(column === 0 ? [] : [symbolToken(',')]),
      ...cell,
      wordToken('AS'),
      { ...nameToken(`col${column + 1}`), spaced: true },
    ]),
  ]);
}
