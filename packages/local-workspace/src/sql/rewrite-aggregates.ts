import { callTokens, nativeCall } from './call-tokens.ts';
import type { Call } from './call.ts';
import type { Rewrite } from './rewrite-literals.ts';
import type { Token } from './lexer.ts';
import { closingIndex, isSymbol, isWord, stringToken, symbolToken, wordToken } from './tokens.ts';

/** Aggregates that are no macros, so that DISTINCT, FILTER and OVER can be used with them. */
export function rewriteAggregate(call: Call): Rewrite | undefined {
  const { name, args, next } = call;
  const [value = [], second = []] = args;
  switch (name) {
    case 'approx_count_distinct':
      // Exact, because DuckDB's estimate is off by 13 % on average and Spark's by 5 %.
      return { replacement: nativeCall('count', [[wordToken('DISTINCT'), ...value]]), next };
    case 'percentile':
      return args.length === 2
        ? { replacement: nativeCall('quantile_cont', [asDouble(value), second]), next }
        : undefined;
    case 'percentile_approx':
      // Exact too; the third argument is an accuracy.
      return { replacement: nativeCall('quantile_disc', [value, second]), next };
    case 'count_if':
      return { replacement: nativeCall('count_if', args), next };
    case 'try_sum':
      return { replacement: nativeCall('sum', args), next };
    case 'collect_list':
    case 'array_agg':
      return collected(call, value);
    case 'collect_set':
      return collected(call, [wordToken('DISTINCT'), ...value]);
    case 'first':
    case 'first_value':
      return isWord(second[0], 'TRUE') ? { replacement: nativeCall('any_value', [value]), next } : undefined;
    case 'last':
    case 'last_value':
      return isWord(second[0], 'TRUE') ? filtered(call, nativeCall('last', [value]), value) : undefined;
    case 'listagg':
    case 'string_agg':
      // The translator moves the order of WITHIN GROUP into the brackets of this one.
      return { replacement: callTokens('listagg', [value, args.length > 1 ? second : [stringToken('')]]), next };
    default:
      return undefined;
  }
}

function asDouble(value: readonly Token[]): readonly Token[] {
  return callTokens('CAST', [[...value, wordToken('AS'), wordToken('DOUBLE')]]);
}

/** Spark leaves NULLs out and answers an empty array where DuckDB answers NULL. */
function collected(call: Call, value: readonly Token[]): Rewrite {
  const plain = isWord(value[0], 'DISTINCT') ? value.slice(1) : value;
  const { replacement, next } = filtered(call, nativeCall('list', [value]), plain);
  if (isWord(call.tokens[next], 'OVER')) return { replacement, next };
  const empty = [symbolToken('['), symbolToken(']')];
  return { replacement: nativeCall('coalesce', [replacement, empty]), next };
}

/** Adds `FILTER (WHERE value IS NOT NULL)`, together with the filter that the query has already. */
function filtered(call: Call, aggregate: readonly Token[], value: readonly Token[]): Rewrite {
  const { tokens, next, rewrite } = call;
  const given = isWord(tokens[next], 'FILTER') && isSymbol(tokens[next + 1], '(');
  const close = given ? closingIndex(tokens, next + 1) : next - 1;
  const condition = given ? rewrite(tokens.slice(next + 3, close)) : [];
  const both = condition.length === 0 ? [] : [wordToken('AND'), symbolToken('('), ...condition, symbolToken(')')];
  return {
    replacement: [
      ...aggregate,
      wordToken('FILTER'),
      symbolToken('('),
      wordToken('WHERE'),
      symbolToken('('),
      ...value,
      symbolToken(')'),
      wordToken('IS'),
      wordToken('NOT'),
      wordToken('NULL'),
      ...both,
      symbolToken(')'),
    ],
    next: close + 1,
  };
}
