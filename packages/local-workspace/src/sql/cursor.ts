import { parseError } from './sql-errors.ts';
import type { Token } from './lexer.ts';
import { closingIndex, isName, isSymbol, isWord } from './tokens.ts';

/** Reads a command from left to right. What does not fit is PARSE_SYNTAX_ERROR. */
export interface Cursor {
  /** The next token, or one behind it. */
  peek(offset?: number): Token | undefined;
  /** Takes all of the words or none. */
  take(...words: readonly string[]): boolean;
  takeSymbol(symbol: string): boolean;
  expect(...words: readonly string[]): void;
  expectSymbol(symbol: string): void;
  /** A bare or quoted name. */
  name(): string;
  /** A name of several parts. */
  dottedName(): readonly string[];
  string(): string;
  number(): number;
  /** The tokens up to the bracket that closes the one just taken; takes that bracket too. */
  untilClosing(): readonly Token[];
  /** The tokens up to one of the words outside brackets and CASE, which stays, or to the end. */
  until(...words: readonly string[]): readonly Token[];
  /** All tokens that are left. */
  rest(): readonly Token[];
  expectEnd(): void;
  fault(): Error;
}

export function createCursor(tokens: readonly Token[]): Cursor {
  let index = 0;
  function fault(): Error {
    return parseError(`Syntax error at or near '${tokens[index]?.text ?? 'end of input'}'`);
  }
  function next(): Token {
    const token = tokens[index];
    if (token === undefined) throw fault();
    index += 1;
    return token;
  }
  function take(...words: readonly string[]): boolean {
    if (!words.every((word, offset) => isWord(tokens[index + offset], word))) return false;
    index += words.length;
    return true;
  }
  function takeSymbol(symbol: string): boolean {
    if (!isSymbol(tokens[index], symbol)) return false;
    index += 1;
    return true;
  }
  function name(): string {
    if (!isName(tokens[index])) throw fault();
    return next().value;
  }
  function literal(kind: 'string' | 'number'): string {
    if (tokens[index]?.kind !== kind) throw fault();
    return next().value;
  }
  return {
    peek: (offset = 0) => tokens[index + offset],
    take,
    takeSymbol,
    expect: (...words) => {
      if (!take(...words)) throw fault();
    },
    expectSymbol: (symbol) => {
      if (!takeSymbol(symbol)) throw fault();
    },
    name,
    dottedName: () => {
      const parts = [name()];
      while (takeSymbol('.')) parts.push(name());
      return parts;
    },
    string: () => literal('string'),
    number: () => Number(literal('number')),
    untilClosing: () => {
      const close = closingIndex(tokens, index - 1);
      if (close >= tokens.length) throw parseError("Syntax error at or near end of input: missing ')'");
      const inner = tokens.slice(index, close);
      index = close + 1;
      return inner;
    },
    until: (...words) => {
      const end = endBefore(tokens, index, words);
      const taken = tokens.slice(index, end);
      index = end;
      return taken;
    },
    rest: () => {
      const rest = tokens.slice(index);
      index = tokens.length;
      return rest;
    },
    expectEnd: () => {
      if (index < tokens.length) throw fault();
    },
    fault,
  };
}

function endBefore(tokens: readonly Token[], start: number, words: readonly string[]): number {
  let cases = 0;
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (isSymbol(token, '(') || isSymbol(token, '[')) index = closingIndex(tokens, index);
    else if (isWord(token, 'CASE')) cases += 1;
    else if (isWord(token, 'END') && cases > 0) cases -= 1;
    else if (cases === 0 && isWord(token, ...words) && !isSymbol(tokens[index - 1], '.')) return index;
  }
  return tokens.length;
}
