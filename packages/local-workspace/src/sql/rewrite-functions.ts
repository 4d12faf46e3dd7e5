import { scalarNamed, typeText } from './spark-type.ts';
import { parseError, unsupported } from './sql-errors.ts';
import type { Token } from './lexer.ts';
import { bareFunctions, functionMacros, functionSynonyms } from './sql-functions.ts';
import {
  append,
  closingIndex,
  isName,
  isSymbol,
  isWord,
  quoteDatabricksName,
  splitAt,
  stringToken,
  symbolToken,
  wordToken,
} from './tokens.ts';

/** Marks a `try_cast` of the user: the translator turns every CAST into TRY_CAST; see repair-translation.ts. */
export const tryCastMarker = '__try';

/** Stands for the schema of the macros: the translator does not look into the arguments of a qualified function. */
export const macroPrefix = '__sql_';

/**
 * Prepares tokens for the translator wherever it is known to be wrong for a warehouse in ANSI mode: functions, division,
 * array indexes, intervals, LIKE escapes and string literals.
 */
export function rewriteFunctions(tokens: readonly Token[]): readonly Token[] {
  const output: Token[] = [];
  for (let index = 0; index < tokens.length;) {
    const { replacement, next } = rewriteAt(tokens, index);
    append(output, replacement);
    index = next;
  }
  return output;
}

interface Rewrite {
  readonly replacement: readonly Token[];
  readonly next: number;
}

function rewriteAt(tokens: readonly Token[], index: number): Rewrite {
  const token = tokens[index];
  if (token === undefined) throw new RangeError('no token at the index of a rewrite');
  const previous = tokens[index - 1];
  if (token.kind === 'string') return rewriteString(tokens, index);
  if (isSymbol(token, '/') || isSymbol(token, '%') || isWord(token, 'DIV')) return rewriteDivision(tokens, index);
  if (isSymbol(token, '[') && previous !== undefined) return rewriteIndex(tokens, index);
  if (token.kind !== 'word' || isSymbol(previous, '.')) return { replacement: [token], next: index + 1 };
  if (isSymbol(tokens[index + 1], '(')) return rewriteCall(tokens, index);
  if (duckdbWords.has(token.value.toUpperCase()))
    return { replacement: [{ ...token, ...quoted(token.value) }], next: index + 1 };
  if (isWord(token, 'INTERVAL')) return rewriteInterval(tokens, index);
  const macro = functionMacros[token.value.toLowerCase()];
  const bare =
    bareFunctions.has(token.value.toLowerCase()) && !isSymbol(tokens[index + 1], '.') && !isWord(previous, 'AS');
  if (bare && macro !== undefined) return { replacement: call(macro.macro, []), next: index + 1 };
  return { replacement: [token], next: index + 1 };
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

function call(macro: string, args: readonly (readonly Token[])[]): readonly Token[] {
  return nested([macroPrefix + macro], args);
}

function joined(args: readonly (readonly Token[])[]): readonly Token[] {
  return args.flatMap((argument, index) => (index === 0 ? argument : [symbolToken(','), ...argument]));
}

/** Adjacent literals are one string in Spark. A literal pattern of LIKE that escapes needs the ESCAPE that Spark implies. */
function rewriteString(tokens: readonly Token[], index: number): Rewrite {
  let next = index;
  let value = '';
  for (; tokens[next]?.kind === 'string'; next += 1) value += tokens[next]?.value ?? '';
  const literal = { ...stringToken(value), spaced: tokens[index]?.spaced ?? true };
  const implied = isWord(tokens[index - 1], 'LIKE', 'ILIKE') && value.includes('\\') && !isWord(tokens[next], 'ESCAPE');
  return { replacement: implied ? [literal, wordToken('ESCAPE'), stringToken('\\')] : [literal], next };
}

/** `a / b` becomes `a / nonzero(b)`: DuckDB answers infinity or NULL where ANSI mode raises DIVIDE_BY_ZERO. */
function rewriteDivision(tokens: readonly Token[], index: number): Rewrite {
  const operator = tokens[index];
  const next = endOfOperand(tokens, index + 1);
  if (operator === undefined || next === index + 1)
    throw parseError(`Syntax error at or near '${operator?.text ?? ''}'`);
  const operand = rewriteFunctions(tokens.slice(index + 1, next));
  return { replacement: [operator, ...call('nonzero', [operand])], next };
}

/** End of the operand of a multiplication that starts at `start`. */
function endOfOperand(tokens: readonly Token[], start: number): number {
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

/** Arrays start at 0 in Spark and at 1 in DuckDB; a string is the key of a map. Other indexes could be either. */
function rewriteIndex(tokens: readonly Token[], index: number): Rewrite {
  const close = closingIndex(tokens, index);
  const content = tokens.slice(index + 1, close);
  const [only] = content;
  const open = tokens[index];
  if (only === undefined || open === undefined) throw parseError("Syntax error at or near '['");
  if (content.length === 1 && only.kind === 'number' && /^\d+$/.test(only.text)) {
    const shifted = String(BigInt(only.text) + 1n);
    return { replacement: [open, { ...only, text: shifted, value: shifted }, symbolToken(']')], next: close + 1 };
  }
  if (content.length === 1 && only.kind === 'string') {
    return { replacement: [open, ...rewriteFunctions(content), symbolToken(']')], next: close + 1 };
  }
  throw unsupported(
    'an index in brackets must be a whole number or a string; use get(array, index) or element_at(map, key)',
  );
}

/** DuckDB reads no sign between INTERVAL and a number. */
function rewriteInterval(tokens: readonly Token[], index: number): Rewrite {
  const keyword = tokens[index];
  const amount = tokens[index + 2];
  if (keyword !== undefined && isSymbol(tokens[index + 1], '-') && amount?.kind === 'number') {
    return { replacement: [keyword, stringToken(`-${amount.text}`)], next: index + 3 };
  }
  return { replacement: keyword === undefined ? [] : [keyword], next: index + 1 };
}

function rewriteCall(tokens: readonly Token[], index: number): Rewrite {
  const word = tokens[index];
  const close = closingIndex(tokens, index + 1);
  if (word === undefined || close >= tokens.length) throw parseError("Syntax error at or near '(': missing ')'");
  const name = word.value.toLowerCase();
  const content = tokens.slice(index + 2, close);
  const args = content.length === 0 ? [] : splitAt(content, ',').map(rewriteFunctions);
  const next = close + 1;
  const macro = Object.hasOwn(functionMacros, name) ? functionMacros[name] : undefined;
  if (macro?.arguments.includes(args.length) === true) {
    // The third argument of percentile_approx is an accuracy; the answer here is exact.
    return {
      replacement: call(
        macro.macro,
        args.slice(0, Math.min(args.length, macro.macro === 'percentile_approx' ? 2 : args.length)),
      ),
      next,
    };
  }
  // FILTER (WHERE ...) behind an aggregate is no call.
  if (name === 'filter' && isWord(content[0], 'WHERE'))
    return { replacement: [word, symbolToken('('), ...joined(args), symbolToken(')')], next };
  const [argument] = args;
  // `double(x)` is a cast.
  const type = args.length === 1 && castFunctions.has(name) ? scalarNamed(name) : undefined;
  if (type !== undefined && argument !== undefined) {
    return { replacement: nested(['CAST'], [[...argument, wordToken('AS'), wordToken(typeText(type))]]), next };
  }
  const special = Object.hasOwn(specialCalls, name) ? specialCalls[name]?.(args, content) : undefined;
  if (special !== undefined) return { replacement: special, next };
  const synonym = Object.hasOwn(functionSynonyms, name) ? functionSynonyms[name] : undefined;
  const renamed = synonym === undefined ? word : { ...word, text: synonym, value: synonym };
  return { replacement: [renamed, symbolToken('('), ...joined(args), symbolToken(')')], next };
}

const castFunctions: ReadonlySet<string> = new Set([
  'boolean',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'double',
  'string',
  'binary',
  'date',
  'timestamp',
]);

type SpecialCall = (args: readonly (readonly Token[])[], content: readonly Token[]) => readonly Token[] | undefined;

function nested(functions: readonly string[], args: readonly (readonly Token[])[]): readonly Token[] {
  return [
    ...functions.flatMap((name) => [wordToken(name), symbolToken('(')]),
    ...joined(args),
    ...functions.map(() => symbolToken(')')),
  ];
}

const specialCalls: Readonly<Record<string, SpecialCall>> = {
  // Exact, because DuckDB's estimate is off by 13 % on average and Spark's by 5 %.
  approx_count_distinct: (args) => nested(['count'], [[wordToken('DISTINCT'), ...(args[0] ?? [])]]),
  // EXISTS (SELECT ...) has one argument.
  exists: (args) => (args.length === 2 ? nested(['list_bool_or', 'list_transform'], args) : undefined),
  forall: (args) => (args.length === 2 ? nested(['list_bool_and', 'list_transform'], args) : undefined),
  aggregate: (args) => reduce(args),
  reduce: (args) => reduce(args),
  try_cast: (_args, content) => protectedCast(content),
};

/** Spark: aggregate(array, start, merge); DuckDB: list_reduce(array, merge, start). */
function reduce(args: readonly (readonly Token[])[]): readonly Token[] | undefined {
  const [list, start, merge] = args;
  if (list === undefined || start === undefined || merge === undefined || args.length !== 3) return undefined;
  return nested(['list_reduce'], [list, merge, start]);
}

function protectedCast(content: readonly Token[]): readonly Token[] | undefined {
  let at = content.length - 1;
  let depth = 0;
  for (; at >= 0; at -= 1) {
    if (isSymbol(content[at], ')')) depth += 1;
    if (isSymbol(content[at], '(')) depth -= 1;
    if (depth === 0 && isWord(content[at], 'AS')) break;
  }
  if (at <= 0) return undefined;
  const value = rewriteFunctions(content.slice(0, at));
  return nested(['TRY_CAST'], [[...nested([tryCastMarker], [value]), ...content.slice(at)]]);
}
