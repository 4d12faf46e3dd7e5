import type { Token } from './lexer.ts';

/** A Databricks literal of any text: the only two characters with a meaning inside are escaped. */
export function quoteDatabricksLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function quoteDatabricksName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function wordToken(text: string): Token {
  return { kind: 'word', text, value: text, spaced: true, start: -1, end: -1 };
}

export function symbolToken(text: string): Token {
  return { kind: 'symbol', text, value: text, spaced: false, start: -1, end: -1 };
}

export function nameToken(value: string): Token {
  return { kind: 'name', text: quoteDatabricksName(value), value, spaced: false, start: -1, end: -1 };
}

export function stringToken(value: string): Token {
  return { kind: 'string', text: quoteDatabricksLiteral(value), value, spaced: true, start: -1, end: -1 };
}

/** Tokens of a dotted name; the first one keeps the blank before it. */
export function nameTokens(parts: readonly string[]): readonly Token[] {
  return parts.flatMap((part, index) =>
    index === 0 ? [{ ...nameToken(part), spaced: true }] : [symbolToken('.'), nameToken(part)],
  );
}

/** Text of the tokens, without comments and with single blanks; two words never run together. */
export function tokensToText(tokens: readonly Token[]): string {
  let text = '';
  let afterWord = false;
  for (const token of tokens) {
    const isWordLike = token.kind !== 'symbol';
    text += text !== '' && (token.spaced || (afterWord && isWordLike)) ? ` ${token.text}` : token.text;
    afterWord = isWordLike;
  }
  return text;
}

/** True for a bare word, whatever its case; `token` may be missing. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.value.toUpperCase());
}

export function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}

export function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'name';
}

/** Index of the bracket that closes the one at `open`, or the number of tokens. */
export function closingIndex(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (isSymbol(token, '(') || isSymbol(token, '[')) depth += 1;
    if (isSymbol(token, ')') || isSymbol(token, ']')) depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** Splits at a symbol outside all brackets. */
export function splitAt(tokens: readonly Token[], symbol: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    if (isSymbol(token, '(') || isSymbol(token, '[')) {
      const close = closingIndex(tokens, index);
      append(parts.at(-1) ?? [], tokens.slice(index, close + 1));
      index = close;
    } else if (isSymbol(token, symbol)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Adds tokens at the end; a spread would pass each of perhaps a million tokens as an argument. */
export function append(target: Token[], added: readonly Token[]): void {
  for (const token of added) target.push(token);
}
