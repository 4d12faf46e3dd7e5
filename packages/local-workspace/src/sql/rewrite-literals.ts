import type { Token } from './lexer.ts';
import { isSymbol, isWord, stringToken, symbolToken, wordToken } from './tokens.ts';

export interface Rewrite {
  readonly replacement: readonly Token[];
  readonly next: number;
}

/** Adjacent literals are one string in Spark. A literal pattern of LIKE that escapes needs the ESCAPE that Spark implies. */
export function rewriteString(tokens: readonly Token[], index: number): Rewrite {
  let next = index;
  let value = '';
  for (; tokens[next]?.kind === 'string'; next += 1) value += tokens[next]?.value ?? '';
  const literal = { ...stringToken(value), spaced: tokens[index]?.spaced ?? true };
  const implied = isWord(tokens[index - 1], 'LIKE', 'ILIKE') && value.includes('\\') && !isWord(tokens[next], 'ESCAPE');
  return { replacement: implied ? [literal, wordToken('ESCAPE'), stringToken('\\')] : [literal], next };
}

const numberTypes: Readonly<Record<string, string>> = {
  Y: 'TINYINT',
  S: 'SMALLINT',
  L: 'BIGINT',
  F: 'FLOAT',
  D: 'DOUBLE',
};

/** `1L` becomes `CAST(1 AS BIGINT)`; a number with an exponent is a DOUBLE in both. */
export function rewriteNumber(tokens: readonly Token[], index: number): Rewrite {
  const token = tokens[index];
  const text = token?.text ?? '';
  const suffix = /(?:BD|[YSLFD])$/i.exec(text)?.[0].toUpperCase();
  if (token === undefined || suffix === undefined)
    return { replacement: token === undefined ? [] : [token], next: index + 1 };
  const digits = text.slice(0, -suffix.length);
  const number: Token = { ...token, text: digits, value: digits, spaced: false };
  const type = numberTypes[suffix];
  if (type === undefined) return { replacement: [{ ...number, spaced: token.spaced }], next: index + 1 };
  const replacement = [
    { ...wordToken('CAST'), spaced: token.spaced },
    symbolToken('('),
    number,
    wordToken('AS'),
    wordToken(type),
    symbolToken(')'),
  ];
  return { replacement, next: index + 1 };
}

const units = /^(?:year|month|week|day|hour|minute|second|millisecond|microsecond)s?$/i;

/**
 * `INTERVAL 1 DAY 2 HOURS`, `INTERVAL -7 DAY`, `INTERVAL '1 02:03' DAY TO MINUTE` become one text that DuckDB reads.
 * An interval of an expression stays as it is: the translator passes it on.
 */
export function readInterval(
  tokens: readonly Token[],
  index: number,
): { readonly text: string; readonly next: number; readonly wholeDays: boolean } | undefined {
  const range = readRange(tokens, index + 1);
  if (range !== undefined) return range;
  const pieces: string[] = [];
  let next = index + 1;
  for (;;) {
    const sign = isSymbol(tokens[next], '-') ? '-' : '';
    const amount = tokens[sign === '' ? next : next + 1];
    const unit = tokens[sign === '' ? next + 1 : next + 2];
    if (amount === undefined || (amount.kind !== 'number' && amount.kind !== 'string')) break;
    if (unit?.kind !== 'word' || !units.test(unit.value)) break;
    pieces.push(`${sign}${amount.value.trim()} ${unit.value.toLowerCase()}`);
    next += sign === '' ? 2 : 3;
  }
  const only = tokens[index + 1];
  if (pieces.length === 0 && only?.kind === 'string') {
    pieces.push(only.value);
    next = index + 2;
  }
  if (pieces.length === 0) return undefined;
  const text = pieces.join(' ');
  return { text, next, wholeDays: !/hour|minute|second/i.test(text) };
}

/** `'1 02:03:04' DAY TO SECOND`, `'1-2' YEAR TO MONTH`, with a sign before the text or in it. */
function readRange(tokens: readonly Token[], start: number): ReturnType<typeof readInterval> {
  const negated = isSymbol(tokens[start], '-');
  const at = negated ? start + 1 : start;
  const literal = tokens[at];
  const [from, to, unit] = [tokens[at + 1], tokens[at + 2], tokens[at + 3]];
  if (literal?.kind !== 'string' || !isWord(to, 'TO') || from === undefined || unit === undefined) return undefined;
  const names = ['year', 'month', 'day', 'hour', 'minute', 'second'];
  const first = names.indexOf(from.value.toLowerCase());
  const last = names.indexOf(unit.value.toLowerCase());
  const text = literal.value.trim();
  const sign = negated !== text.startsWith('-') ? '-' : '';
  const values = text.replace(/^[+-]/, '').split(/[-: ]/);
  if (first < 0 || last <= first || values.length !== last - first + 1) return undefined;
  const pieces = values.map((value, offset) => `${sign}${value} ${names[first + offset] ?? ''}`);
  return { text: pieces.join(' '), next: at + 4, wholeDays: last <= 2 };
}
