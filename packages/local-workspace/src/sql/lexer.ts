import { parseError } from './sql-errors.ts';

/** A piece of a statement. Blanks and comments are no tokens; `spaced` says that there were some before it. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'parameter' | 'symbol';
  /** As written: with its quotes. */
  readonly text: string;
  /** Without quotes and escapes; a parameter without its colon. */
  readonly value: string;
  readonly spaced: boolean;
  /** Offsets in the source, end exclusive; -1 for tokens that were not in it. */
  readonly start: number;
  readonly end: number;
}

/** Databricks: `name`, 'text' and "text" with backslash escapes, :parameter. DuckDB: "name", 'text' without escapes. */
export type LexicalDialect = 'databricks' | 'duckdb';

interface Piece {
  readonly kind: Token['kind'] | 'blank';
  readonly end: number;
  readonly value: string;
}

/** Everything behind the lexer recurses once per bracket. */
const maxDepth = 200;

const symbols = ['<=>', '::', '->>', '->', '<=', '>=', '<>', '!=', '==', '||', '&&', '//', '=>', ':='];
const wordPattern = /[\p{L}_][\p{L}\p{N}_]*/uy;
const numberPattern = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?:BD|[LSYDF])?(?![\p{L}\p{N}_])/uy;
const blankPattern = /(?:\s|--[^\n]*)+/y;

/** Throws PARSE_SYNTAX_ERROR for text that is not made of tokens, such as an unclosed string. */
export function tokenize(source: string, dialect: LexicalDialect = 'databricks'): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  let spaced = false;
  let depth = 0;
  while (position < source.length) {
    const { kind, end, value } = pieceAt({ source, position, dialect, previous: spaced ? undefined : tokens.at(-1) });
    if (kind === 'blank') spaced = true;
    else {
      tokens.push({ kind, text: source.slice(position, end), value, spaced, start: position, end });
      spaced = false;
      if (kind === 'symbol') depth += value === '(' || value === '[' ? 1 : value === ')' || value === ']' ? -1 : 0;
      if (depth > maxDepth) throw parseError(`brackets are nested deeper than ${maxDepth}`);
    }
    position = end;
  }
  return tokens;
}

interface Place {
  readonly source: string;
  readonly position: number;
  readonly dialect: LexicalDialect;
  /** The token that ends right here, with nothing between. */
  readonly previous: Token | undefined;
}

function pieceAt(place: Place): Piece {
  const { source, position, dialect } = place;
  const first = source[position] ?? '';
  const blank = match(blankPattern, source, position);
  if (blank !== undefined) return { kind: 'blank', end: position + blank.length, value: '' };
  if (source.startsWith('/*', position)) return { kind: 'blank', end: endOfComment(source, position), value: '' };
  if (first === "'" || (first === '"' && dialect === 'databricks')) return quoted(place, 'string');
  if (first === '`' || first === '"') return quoted(place, 'name');
  if (dialect === 'databricks' && /^[rR]['"]/.test(source.slice(position, position + 2))) return rawString(place);
  const number = match(numberPattern, source, position);
  if (number !== undefined && place.previous?.text !== '.') {
    return { kind: 'number', end: position + number.length, value: number };
  }
  const word = match(wordPattern, source, position);
  if (word !== undefined) return { kind: 'word', end: position + word.length, value: word };
  if (first === ':' && dialect === 'databricks' && !followsOperand(place.previous)) {
    const name = match(wordPattern, source, position + 1);
    if (name !== undefined) return { kind: 'parameter', end: position + 1 + name.length, value: name };
  }
  const symbol = symbols.find((candidate) => source.startsWith(candidate, position)) ?? first;
  return { kind: 'symbol', end: position + symbol.length, value: symbol };
}

/** `payload:field` is a JSON path: a colon right behind an operand starts no parameter. */
function followsOperand(previous: Token | undefined): boolean {
  if (previous === undefined) return false;
  return ['word', 'name', 'string'].includes(previous.kind) || previous.text === ')' || previous.text === ']';
}

function match(pattern: RegExp, source: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(source)?.[0];
}

function endOfComment(source: string, position: number): number {
  // Spark nests bracketed comments.
  let depth = 0;
  for (let index = position; index < source.length; index += 1) {
    if (source.startsWith('/*', index)) {
      depth += 1;
      index += 1;
    } else if (source.startsWith('*/', index)) {
      depth -= 1;
      index += 1;
      if (depth === 0) return index + 1;
    }
  }
  throw parseError("unclosed bracketed comment at or near '/*'");
}

function quoted(place: Place, kind: 'string' | 'name'): Piece {
  const { source, position, dialect } = place;
  const quote = source[position] ?? '';
  const escapes = kind === 'string' && dialect === 'databricks';
  let value = '';
  for (let index = position + 1; index < source.length; index += 1) {
    const character = source[index] ?? '';
    if (character === '\\' && escapes) {
      const { text, length } = unescape(source, index);
      value += text;
      index += length - 1;
    } else if (character !== quote) value += character;
    else if (source[index + 1] === quote) {
      // Spark 4: a doubled quote is one quote (spark.sql.legacy.consecutiveStringLiterals.enabled=false).
      value += quote;
      index += 1;
    } else return { kind, end: index + 1, value };
  }
  throw parseError(`unclosed quote at or near '${quote}'`);
}

function rawString({ source, position }: Place): Piece {
  const end = source.indexOf(source[position + 1] ?? '', position + 2);
  if (end < 0) throw parseError("unclosed quote at or near 'r'");
  return { kind: 'string', end: end + 1, value: source.slice(position + 2, end) };
}

const escapeCharacters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  '0': '\0',
  Z: '\u001A',
};

/** `\%` and `\_` keep their backslash, because LIKE reads it. */
function unescape(source: string, index: number): { readonly text: string; readonly length: number } {
  const code = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/.exec(source.slice(index + 1, index + 10));
  if (code !== null) {
    const point = code[3] === undefined ? Number.parseInt(code[1] ?? code[2] ?? '', 16) : Number.parseInt(code[3], 8);
    if (point <= 0x10_ff_ff) return { text: String.fromCodePoint(point), length: code[0].length + 1 };
  }
  const next = source[index + 1] ?? '';
  if (next === '%' || next === '_') return { text: `\\${next}`, length: 2 };
  return { text: escapeCharacters[next] ?? next, length: 2 };
}
