import type { Token } from './lexer.ts';
import { closingIndex, isName, isSymbol, isWord } from './tokens.ts';

/** End of the operand of a multiplication that starts at `start`. */
export function endOfOperand(tokens: readonly Token[], start: number): number {
  let index = start;
  while (isSymbol(tokens[index], '-') || isSymbol(tokens[index], '+') || isSymbol(tokens[index], '~')) index += 1;
  if (isWord(tokens[index], 'CASE')) index = endOfCase(tokens, index);
  else if (isSymbol(tokens[index], '(')) index = closingIndex(tokens, index) + 1;
  else if (tokens[index] !== undefined && tokens[index]?.kind !== 'symbol') index += 1;
  for (;;) {
    const token = tokens[index];
    if (isSymbol(token, '(') || isSymbol(token, '[')) index = closingIndex(tokens, index) + 1;
    else if (isSymbol(token, '.') && isName(tokens[index + 1])) index += 2;
    else if (isSymbol(token, '::') || isSymbol(token, ':')) index += 2;
    else return Math.min(index, tokens.length);
  }
}

function endOfCase(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index += 1) {
    if (isWord(tokens[index], 'CASE')) depth += 1;
    if (isWord(tokens[index], 'END')) depth -= 1;
    if (depth === 0) return index + 1;
  }
  return tokens.length;
}

/** Start of the name, call, literal or bracket that ends before `end`: `a.b`, `f(x)`, `(x + y)[0]`. */
export function startOfOperand(tokens: readonly Token[], end: number): number {
  let index = end - 1;
  for (;;) {
    const token = tokens[index];
    if (isSymbol(token, ')') || isSymbol(token, ']')) {
      index = openingIndex(tokens, index);
      const before = tokens[index - 1];
      const belongs = isName(before) || isSymbol(before, ')') || isSymbol(before, ']');
      if (!belongs || isWord(before, ...keywords)) return index;
      index -= 1;
    } else if (token?.kind === 'string' && isWord(tokens[index - 1], 'DATE', 'TIMESTAMP', 'INTERVAL')) return index - 1;
    else if (isName(token) && isSymbol(tokens[index - 1], '.')) index -= 2;
    else return Math.max(index, 0);
  }
}

/** Start of the operands joined by `*`, `%` and DIV that end before `end`, with their signs. */
export function startOfProduct(tokens: readonly Token[], end: number): number {
  let index = startOfOperand(tokens, end);
  for (;;) {
    const before = tokens[index - 1];
    const isSign = isSymbol(before, '-') || isSymbol(before, '+') || isSymbol(before, '~');
    const joins = isSymbol(before, '*') || isSymbol(before, '%') || isWord(before, 'DIV');
    if (isSign && !isOperand(tokens[index - 2])) index -= 1;
    else if (joins) index = startOfOperand(tokens, index - 1);
    else return index;
  }
}

function isOperand(token: Token | undefined): boolean {
  if (token === undefined || isWord(token, ...keywords)) return false;
  return token.kind !== 'symbol' || isSymbol(token, ')') || isSymbol(token, ']');
}

const keywords = [
  'SELECT',
  'AND',
  'OR',
  'NOT',
  'IN',
  'THEN',
  'ELSE',
  'WHEN',
  'CASE',
  'ON',
  'WHERE',
  'BY',
  'BETWEEN',
  'DISTINCT',
  'LIKE',
  'IS',
  'AS',
  'DIV',
  'HAVING',
  'QUALIFY',
  'LIMIT',
  'OFFSET',
  'VALUES',
  'RETURN',
  'SET',
];

function openingIndex(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let index = close; index >= 0; index -= 1) {
    if (isSymbol(tokens[index], ')') || isSymbol(tokens[index], ']')) depth += 1;
    if (isSymbol(tokens[index], '(') || isSymbol(tokens[index], '[')) depth -= 1;
    if (depth === 0) return index;
  }
  return 0;
}
