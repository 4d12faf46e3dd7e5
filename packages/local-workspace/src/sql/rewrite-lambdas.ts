import { nativeCall } from './call-tokens.ts';
import type { Call } from './call.ts';
import type { Rewrite } from './rewrite-literals.ts';
import type { Token } from './lexer.ts';
import { isName, isSymbol, splitAt, stringToken, symbolToken, wordToken } from './tokens.ts';
import { unsupported } from './sql-errors.ts';

interface Lambda {
  readonly parameters: readonly string[];
  readonly body: readonly Token[];
}

/** Functions that take a lambda. Arguments are rewritten already, so that a lambda is found by its arrow. */
export function rewriteLambdaCall({ name, args, next }: Call): Rewrite | undefined {
  const replacement = rewriteByName(name, args);
  return replacement === undefined ? undefined : { replacement, next };
}

function rewriteByName(name: string, args: Call['args']): readonly Token[] | undefined {
  const [value = [], second = []] = args;
  const lambda = readLambda(args.at(-1) ?? []);
  if (lambda === undefined) return undefined;
  switch (name) {
    case 'transform':
      return nativeCall('list_transform', [value, lambdaTokens(fromZero(lambda))]);
    case 'filter':
      return nativeCall('list_filter', [value, lambdaTokens(fromZero(lambda))]);
    case 'exists':
    case 'any_match':
      return nativeCall('list_bool_or', [nativeCall('list_transform', [value, lambdaTokens(lambda)])]);
    case 'forall':
      return nativeCall('coalesce', [
        nativeCall('list_bool_and', [nativeCall('list_transform', [value, lambdaTokens(lambda)])]),
        [wordToken('TRUE')],
      ]);
    case 'aggregate':
    case 'reduce':
      return reduce(args, lambda);
    case 'zip_with':
      return zipWith([value, second], lambda);
    case 'map_filter':
      return fromEntries(nativeCall('list_filter', [entriesOf(value), entryLambda(lambda)]));
    case 'transform_values':
      return fromEntries(nativeCall('list_transform', [entriesOf(value), entryLambda(lambda, 'value')]));
    case 'transform_keys':
      return fromEntries(nativeCall('list_transform', [entriesOf(value), entryLambda(lambda, 'key')]));
    case 'array_sort':
      throw unsupported('array_sort with a comparator; use sort_array or transform the elements first');
    default:
      return undefined;
  }
}

function readLambda(tokens: readonly Token[]): Lambda | undefined {
  if (isName(tokens[0]) && isSymbol(tokens[1], '->')) {
    return { parameters: [tokens[0].value], body: tokens.slice(2) };
  }
  const close = tokens.findIndex((token) => isSymbol(token, ')'));
  if (!isSymbol(tokens[0], '(') || close < 0 || !isSymbol(tokens[close + 1], '->')) return undefined;
  const parameters = splitAt(tokens.slice(1, close), ',').map((part) => part[0]?.value ?? '');
  return { parameters, body: tokens.slice(close + 2) };
}

function lambdaTokens({ parameters, body }: Lambda): readonly Token[] {
  const names = parameters.flatMap((name, index) => [...(index === 0 ? [] : [symbolToken(',')]), wordToken(name)]);
  const list = parameters.length === 1 ? names : [symbolToken('('), ...names, symbolToken(')')];
  return [...list, { ...symbolToken('->'), spaced: true }, ...body];
}

/** Replaces a name wherever it stands for itself and not for a field of something else. */
function substitute(body: readonly Token[], name: string, replacement: readonly Token[]): readonly Token[] {
  return body.flatMap((token, index) => {
    const matches = isName(token) && token.value.toLowerCase() === name.toLowerCase();
    const stands = matches && !isSymbol(body[index - 1], '.') && !isSymbol(body[index + 1], '(');
    return stands ? replacement : [token];
  });
}

/** The second parameter counts from 0 in Spark and from 1 in DuckDB. */
function fromZero({ parameters, body }: Lambda): Lambda {
  const [, position] = parameters;
  if (position === undefined) return { parameters, body };
  const shifted = [symbolToken('('), wordToken(position), symbolToken('-'), numberOne, symbolToken(')')];
  return { parameters, body: substitute(body, position, shifted) };
}

const numberOne: Token = { ...symbolToken('1'), kind: 'number' };

/** Spark: aggregate(array, start, merge [, finish]); DuckDB: list_reduce(array, merge, start). */
function reduce(args: Call['args'], last: Lambda): readonly Token[] | undefined {
  const [list = [], start = [], merge = []] = args;
  const merging = args.length === 4 ? readLambda(merge) : last;
  if (merging === undefined || args.length < 3) return undefined;
  const reduced = nativeCall('list_reduce', [list, lambdaTokens(merging), start]);
  if (args.length === 3) return reduced;
  const finished = nativeCall('list_transform', [[symbolToken('['), ...reduced, symbolToken(']')], lambdaTokens(last)]);
  return nativeCall('list_extract', [finished, [numberOne]]);
}

/** Elements by their number, as the shorter array counts as filled up with NULL. */
function zipWith([left, right]: readonly [readonly Token[], readonly Token[]], lambda: Lambda): readonly Token[] {
  const [first = '', second = ''] = lambda.parameters;
  const at = (list: readonly Token[]): readonly Token[] => nativeCall('list_extract', [list, [wordToken('__i')]]);
  const body = substitute(substitute(lambda.body, first, at(left)), second, at(right));
  const longest = nativeCall('greatest', [nativeCall('len', [left]), nativeCall('len', [right])]);
  const numbers = nativeCall('range', [[numberOne], [...longest, symbolToken('+'), numberOne]]);
  return nativeCall('list_transform', [numbers, lambdaTokens({ parameters: ['__i'], body })]);
}

function entriesOf(map: readonly Token[]): readonly Token[] {
  return nativeCall('map_entries', [map]);
}

function fromEntries(entries: readonly Token[]): readonly Token[] {
  return nativeCall('map_from_entries', [entries]);
}

/** `(k, v) -> ...` over the entries of a map; `changed` names the half of an entry that the body gives. */
function entryLambda({ parameters, body }: Lambda, changed?: 'key' | 'value'): readonly Token[] {
  const [key = '', value = ''] = parameters;
  const half = (name: string): readonly Token[] => [
    wordToken('__e'),
    symbolToken('.'),
    { ...wordToken(name), spaced: false },
  ];
  const result = substitute(substitute(body, key, half('key')), value, half('value'));
  if (changed === undefined) return lambdaTokens({ parameters: ['__e'], body: result });
  const entry = [
    symbolToken('{'),
    stringToken('key'),
    symbolToken(':'),
    ...(changed === 'key' ? result : half('key')),
    symbolToken(','),
    stringToken('value'),
    symbolToken(':'),
    ...(changed === 'value' ? result : half('value')),
    symbolToken('}'),
  ];
  return lambdaTokens({ parameters: ['__e'], body: entry });
}
