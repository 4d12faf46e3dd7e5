import { callTokens, macroCall } from './call-tokens.ts';
import { bareFunctions, functionAliases } from './functions/function-names.ts';
import type { Token } from './lexer.ts';
import { endOfOperand, startOfOperand, startOfProduct } from './operands.ts';
import { rewriteCall } from './rewrite-calls.ts';
import { readInterval, rewriteNumber, rewriteString } from './rewrite-literals.ts';
import type { Rewrite } from './rewrite-literals.ts';
import { parseError } from './sql-errors.ts';
import {
  append,
  closingIndex,
  isName,
  isSymbol,
  isWord,
  quoteDatabricksName,
  stringToken,
  symbolToken,
  wordToken,
} from './tokens.ts';

/**
 * Prepares tokens for the translator wherever it is known to be wrong for a warehouse in ANSI mode: functions, division,
 * array indexes, JSON paths, intervals, LIKE escapes and literals.
 */
export function rewriteFunctions(tokens: readonly Token[]): readonly Token[] {
  const output: Token[] = [];
  for (let index = 0; index < tokens.length;) {
    const { replacement, next } = rewriteBehind(tokens, index, output) ?? rewriteAt(tokens, index);
    append(output, replacement);
    index = next;
  }
  return output;
}

/** What stands behind an operand and takes it in: it is cut off the output again. */
function rewriteBehind(tokens: readonly Token[], index: number, output: Token[]): Rewrite | undefined {
  const token = tokens[index];
  if (token?.kind !== 'symbol' || output.length === 0) return undefined;
  if (token.text === '/') return rewriteDivision(tokens, index, output);
  const cut = (): readonly Token[] => output.splice(startOfOperand(output, output.length));
  if (token.text === '[') return rewriteIndex(tokens, index, cut);
  if (token.text === ':' && tokens[index + 1] !== undefined) return rewritePath(tokens, index, cut);
  if ((token.text === '+' || token.text === '-') && isWord(tokens[index + 1], 'INTERVAL')) {
    const interval = readInterval(tokens, index + 1);
    if (interval === undefined || !endsOperand(output.at(-1))) return undefined;
    const value = macroCall('interval', [[stringToken(interval.text)]]);
    const signed = token.text === '-' ? [symbolToken('-'), ...value] : value;
    // A date stays a date when whole days are added; hours make a timestamp of it.
    if (interval.wholeDays) return { replacement: macroCall('day_interval', [cut(), signed]), next: interval.next };
    return { replacement: [token, ...value], next: interval.next };
  }
  return undefined;
}

function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return token.kind !== 'symbol' || isSymbol(token, ')') || isSymbol(token, ']');
}

function rewriteAt(tokens: readonly Token[], index: number): Rewrite {
  const token = tokens[index];
  if (token === undefined) throw new RangeError('no token at the index of a rewrite');
  const previous = tokens[index - 1];
  if (isWord(token, 'STRUCT', 'ARRAY', 'MAP') && isSymbol(tokens[index + 1], '<')) return copyType(tokens, index);
  if (token.kind === 'string') return rewriteString(tokens, index);
  if (token.kind === 'number') return rewriteNumber(tokens, index);
  if (isSymbol(token, '%') || isWord(token, 'DIV')) return rewriteRemainder(tokens, index);
  if (isSymbol(token, '!')) return { replacement: [wordToken('NOT')], next: index + 1 };
  if (token.kind !== 'word' || isSymbol(previous, '.')) return { replacement: [token], next: index + 1 };
  const typed = isWord(token, 'DATE', 'TIMESTAMP', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ') ? tokens[index + 1] : undefined;
  if (typed?.kind === 'string') {
    const type = token.value.toUpperCase().replace('_LTZ', '');
    return { replacement: callTokens('CAST', [[typed, wordToken('AS'), wordToken(type)]]), next: index + 2 };
  }
  if (isWord(token, 'X') && tokens[index + 1]?.kind === 'string' && tokens[index + 1]?.spaced === false)
    return { replacement: macroCall('unhex', [tokens.slice(index + 1, index + 2)]), next: index + 2 };
  if (isSymbol(tokens[index + 1], '(')) return rewriteCall(tokens, index, rewriteFunctions);
  if (duckdbWords.has(token.value.toUpperCase()))
    return { replacement: [{ ...token, ...quoted(token.value) }], next: index + 1 };
  if (isWord(token, 'INTERVAL')) return rewriteInterval(tokens, index);
  const name = token.value.toLowerCase();
  const bare = bareFunctions.has(name) && !isSymbol(tokens[index + 1], '.') && !isWord(previous, 'AS');
  if (bare) return { replacement: macroCall(functionAliases[name] ?? name, []), next: index + 1 };
  return { replacement: [token], next: index + 1 };
}

/** `STRUCT<a: INT, b: ARRAY<STRING>>`: a colon in it starts no path. */
function copyType(tokens: readonly Token[], index: number): Rewrite {
  let depth = 0;
  for (let next = index + 1; next < tokens.length; next += 1) {
    if (isSymbol(tokens[next], '<')) depth += 1;
    if (isSymbol(tokens[next], '>')) depth -= 1;
    if (depth === 0) return { replacement: tokens.slice(index, next + 1), next: next + 1 };
  }
  throw parseError("Syntax error at or near end of input: missing '>'");
}

/** Words that are names in Spark and syntax in DuckDB. */
export const duckdbWords: ReadonlySet<string> = new Set([
  'ANALYSE',
  'ANALYZE',
  'ASYMMETRIC',
  'AT',
  'CHECK',
  'COLUMN',
  'CONSTRAINT',
  'CREATE',
  'DEFAULT',
  'DEFERRABLE',
  'DESCRIBE',
  'DO',
  'FOREIGN',
  'INITIALLY',
  'LAMBDA',
  'ONLY',
  'PIVOT_LONGER',
  'PIVOT_WIDER',
  'PLACING',
  'PRIMARY',
  'REFERENCES',
  'RETURNING',
  'SHOW',
  'SUMMARIZE',
  'SYMMETRIC',
  'UNIQUE',
  'VARIADIC',
]);

function quoted(name: string): Pick<Token, 'kind' | 'text'> {
  return { kind: 'name', text: quoteDatabricksName(name) };
}

/** `a / b` becomes `div(a, b)`, whose type depends on those of its operands; see resolve-types.ts. */
function rewriteDivision(tokens: readonly Token[], index: number, output: Token[]): Rewrite {
  const next = endOfOperand(tokens, index + 1);
  if (next === index + 1) throw parseError("Syntax error at or near '/'");
  const dividend = output.splice(startOfProduct(output, output.length));
  return { replacement: macroCall('div', [dividend, rewriteFunctions(tokens.slice(index + 1, next))]), next };
}

/** `a % b` becomes `a % nonzero(b)`: DuckDB answers NULL where ANSI mode raises DIVIDE_BY_ZERO. */
function rewriteRemainder(tokens: readonly Token[], index: number): Rewrite {
  const operator = tokens[index];
  const next = endOfOperand(tokens, index + 1);
  if (operator === undefined || next === index + 1)
    throw parseError(`Syntax error at or near '${operator?.text ?? ''}'`);
  const operand = rewriteFunctions(tokens.slice(index + 1, next));
  return { replacement: [operator, ...macroCall('nonzero', [operand])], next };
}

/** Arrays start at 0 in brackets and at 1 in DuckDB; a literal string is the key of a map or the field of a struct. */
function rewriteIndex(tokens: readonly Token[], index: number, cut: () => readonly Token[]): Rewrite {
  const close = closingIndex(tokens, index);
  const content = rewriteFunctions(tokens.slice(index + 1, close));
  if (content.length === 0) throw parseError("Syntax error at or near '['");
  const field = content.length === 1 && content[0]?.kind === 'string';
  if (field) return { replacement: [symbolToken('['), ...content, symbolToken(']')], next: close + 1 };
  return { replacement: macroCall('item', [cut(), content]), next: close + 1 };
}

/** `payload:a.b[0]` is the text at a path of a JSON text. */
function rewritePath(tokens: readonly Token[], index: number, cut: () => readonly Token[]): Rewrite | undefined {
  let path = '$';
  let next = index + 1;
  const name = tokens[next];
  if (isName(name)) {
    path += field(name.value);
    next += 1;
  } else if (!isSymbol(name, '[')) return undefined;
  for (;;) {
    const token = tokens[next];
    const [content, close] = [tokens[next + 1], tokens[next + 2]];
    if (isSymbol(token, '.') && isName(content)) {
      path += field(content.value);
      next += 2;
    } else if (isSymbol(token, '[') && isSymbol(close, ']') && content !== undefined) {
      path += content.kind === 'string' ? field(content.value) : `[${content.value}]`;
      next += 3;
    } else break;
  }
  return { replacement: macroCall('get_json_object', [cut(), [stringToken(path)]]), next };
}

function field(name: string): string {
  return `."${name.replaceAll('"', '')}"`;
}

function rewriteInterval(tokens: readonly Token[], index: number): Rewrite {
  const interval = readInterval(tokens, index);
  const keyword = tokens[index];
  if (interval === undefined) return { replacement: keyword === undefined ? [] : [keyword], next: index + 1 };
  return { replacement: macroCall('interval', [[stringToken(interval.text)]]), next: interval.next };
}
