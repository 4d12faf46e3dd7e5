import type { Call } from './call.ts';
import { callTokens, joined, macroCall, nativeCall, tryCastTokens, unresolvedRoutine } from './call-tokens.ts';
import { functionAliases, nativeFunctions } from './functions/function-names.ts';
import { macros } from './functions/install-functions.ts';
import { aritiesOf } from './functions/macro.ts';
import { rewriteAggregate } from './rewrite-aggregates.ts';
import { rewriteDateCall } from './rewrite-dates.ts';
import { rewriteLambdaCall } from './rewrite-lambdas.ts';
import type { Rewrite } from './rewrite-literals.ts';
import { rewriteStructCall } from './rewrite-structs.ts';
import { scalarNamed, typeText } from './spark-type.ts';
import { parseError } from './sql-errors.ts';
import type { Token } from './lexer.ts';
import { closingIndex, isSymbol, isWord, splitAt, symbolToken, wordToken } from './tokens.ts';

/** `name(...)` at `index` in the terms of DuckDB; words that only look like calls are passed on. */
export function rewriteCall(
  tokens: readonly Token[],
  index: number,
  rewrite: (tokens: readonly Token[]) => readonly Token[],
): Rewrite {
  const word = tokens[index];
  const close = closingIndex(tokens, index + 1);
  if (word === undefined || close >= tokens.length) throw parseError("Syntax error at or near '(': missing ')'");
  const content = tokens.slice(index + 2, close);
  // A comma in the type of a cast separates no arguments.
  const parts = isWord(word, 'CAST', 'TRY_CAST') ? [content] : splitAt(content, ',');
  const args = content.length === 0 ? [] : parts.map(rewrite);
  const next = close + 1;
  const unchanged: Rewrite = { replacement: [word, symbolToken('('), ...joined(args), symbolToken(')')], next };
  if (!isCall(tokens, index)) return unchanged;
  const given = word.value.toLowerCase();
  // Names that begin like this are ours; tokens that were not in the statement may use them.
  if (given.startsWith('__') && word.start >= 0) throw unresolvedRoutine(word.value);
  const name = Object.hasOwn(functionAliases, given) ? (functionAliases[given] ?? given) : given;
  const call: Call = { name, args, content, tokens, next, rewrite };
  const special = rewriteAggregate(call) ?? rewriteLambdaCall(call) ?? rewriteStructCall(call) ?? rewriteDateCall(call);
  if (special !== undefined) return special;
  const replacement = rewriteOther(call) ?? rewriteKnown(call);
  return replacement === undefined ? unchanged : { replacement, next };
}

/** `AS t(x)`, `VALUES (1) t(x)`, `LIKE ANY (...)` and `* REPLACE (1 AS a)` are no calls. */
function isCall(tokens: readonly Token[], index: number): boolean {
  const previous = tokens[index - 1];
  if (isWord(previous, 'AS', 'LIKE', 'ILIKE', 'RLIKE', 'JOIN') && isWord(tokens[index], 'ANY', 'SOME', 'ALL'))
    return false;
  if (isWord(previous, 'AS') || isSymbol(previous, '::') || isSymbol(previous, ')')) return false;
  if (isSymbol(previous, '*') && isWord(tokens[index], 'REPLACE', 'EXCEPT')) {
    const close = closingIndex(tokens, index + 1);
    return !tokens.slice(index, close).some((token) => isWord(token, 'AS'));
  }
  return true;
}

function rewriteKnown({ name, args, content }: Call): readonly Token[] | undefined {
  const overloads = Object.hasOwn(macros, name) ? macros[name] : undefined;
  const quantified = isWord(content[0], 'DISTINCT', 'ALL');
  if (overloads !== undefined && !quantified && aritiesOf(overloads).has(args.length)) return macroCall(name, args);
  const native = Object.hasOwn(nativeFunctions, name) ? nativeFunctions[name] : undefined;
  return native === undefined ? undefined : nativeCall(native, args);
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

function rewriteOther(call: Call): readonly Token[] | undefined {
  const { name, args } = call;
  const [argument = []] = args;
  // `double(x)` is a cast.
  const type = args.length === 1 && castFunctions.has(name) ? scalarNamed(name) : undefined;
  if (type !== undefined) return castTokens(argument, [wordToken(typeText(type))]);
  switch (name) {
    case 'try_cast':
      return tryCast(call);
    case 'iff':
      return callTokens('if', args);
    case 'concat_ws':
      return args.length === 0 ? undefined : concatWithSeparator(args);
    case 'try_divide':
      return args.length === 2 ? macroCall('try_divide', args) : undefined;
    case 'decode':
      return args.length === 2 ? macroCall('decode_text', args) : decodeTokens(args);
    case 'position':
      return args.length === 2 ? macroCall('locate', args) : positionIn(call);
    case 'overlay':
      return overlay(call);
    case 'like':
      return args.length === 2 ? [...(args[0] ?? []), wordToken('LIKE'), ...(args[1] ?? [])] : undefined;
    case 'monotonically_increasing_id':
      return [...callTokens('row_number', []), wordToken('OVER'), symbolToken('('), symbolToken(')')];
    default:
      return undefined;
  }
}

/** Arrays of texts may stand among the texts. */
function concatWithSeparator([separator = [], ...rest]: Call['args']): readonly Token[] {
  const lists = rest.map((value) => macroCall('texts', [value]));
  return macroCall('concat_ws', [castTokens(separator, [wordToken('STRING')]), nativeCall('list_value', lists)]);
}

function castTokens(value: readonly Token[], type: readonly Token[]): readonly Token[] {
  return callTokens('CAST', [[...value, wordToken('AS'), ...type]]);
}

function tryCast({ content, rewrite }: Call): readonly Token[] | undefined {
  let at = content.length - 1;
  let depth = 0;
  for (; at >= 0; at -= 1) {
    if (isSymbol(content[at], ')')) depth += 1;
    if (isSymbol(content[at], '(')) depth -= 1;
    if (depth === 0 && isWord(content[at], 'AS')) break;
  }
  return at <= 0 ? undefined : tryCastTokens(rewrite(content.slice(0, at)), content.slice(at + 1));
}

/** `decode(x, 1, 'a', 'b')`: NULL equals NULL. */
function decodeTokens(args: Call['args']): readonly Token[] {
  const [value = [], ...rest] = args;
  const branches: Token[] = [];
  for (let index = 0; index + 1 < rest.length; index += 2) {
    const same = [...value, wordToken('IS'), wordToken('NOT'), wordToken('DISTINCT'), wordToken('FROM')];
    branches.push(wordToken('WHEN'), ...same, ...(rest[index] ?? []), wordToken('THEN'), ...(rest[index + 1] ?? []));
  }
  const fallback = rest.length % 2 === 1 ? [wordToken('ELSE'), ...(rest.at(-1) ?? [])] : [];
  return [symbolToken('('), wordToken('CASE'), ...branches, ...fallback, wordToken('END'), symbolToken(')')];
}

/** `position('b' IN 'abc')` */
function positionIn({ content, rewrite }: Call): readonly Token[] | undefined {
  const at = content.findIndex((token) => isWord(token, 'IN'));
  return at < 0 ? undefined : macroCall('locate', [rewrite(content.slice(0, at)), rewrite(content.slice(at + 1))]);
}

/** `overlay(s PLACING r FROM 2 [FOR 1])` */
function overlay({ content, rewrite }: Call): readonly Token[] | undefined {
  const words = ['PLACING', 'FROM', 'FOR'].map((word) => content.findIndex((token) => isWord(token, word)));
  const [placing = -1, from = -1, length = -1] = words;
  if (placing < 0 || from < 0) return undefined;
  const ends = [placing, from, length < 0 ? content.length : length];
  const pieces = [content.slice(0, placing), content.slice(placing + 1, from), content.slice(from + 1, ends[2])];
  if (length >= 0) pieces.push(content.slice(length + 1));
  return macroCall('overlay', pieces.map(rewrite));
}
