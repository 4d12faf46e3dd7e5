import type { Token } from './lexer.ts';
import {
  append,
  closingIndex,
  isName,
  isSymbol,
  isWord,
  nameToken,
  splitAt,
  tokensToText,
  wordToken,
} from './tokens.ts';

/**
 * Gives an alias, its own text, to each expression without a name in the first SELECT of a query. DuckDB would name the
 * column after the translation. Spark's names differ in blanks and brackets, except for `count(*)`, which both call `count(1)`.
 */
export function nameColumns(tokens: readonly Token[]): readonly Token[] {
  const start = selectList(tokens);
  if (start === undefined) return tokens;
  const end = endOfList(tokens, start);
  const output = tokens.slice(0, start);
  for (const [index, item] of splitAt(tokens.slice(start, end), ',').entries()) {
    if (index > 0) output.push({ kind: 'symbol', text: ',', value: ',', spaced: false, start: -1, end: -1 });
    append(output, item);
    // DuckDB has no empty names.
    if (needsName(item) && nameOf(item) !== '')
      append(output, [wordToken('AS'), { ...nameToken(nameOf(item)), spaced: true }]);
  }
  append(output, tokens.slice(end));
  return output;
}

/** Index behind the SELECT [DISTINCT] of the query, behind its WITH. */
function selectList(tokens: readonly Token[]): number | undefined {
  for (let index = 0; index < tokens.length; index += 1) {
    if (isSymbol(tokens[index], '(')) index = closingIndex(tokens, index);
    else if (isWord(tokens[index], 'SELECT'))
      return isWord(tokens[index + 1], 'DISTINCT', 'ALL') ? index + 2 : index + 1;
  }
  return undefined;
}

const endOfList = (tokens: readonly Token[], start: number): number => {
  const ends = [
    'FROM',
    'WHERE',
    'GROUP',
    'HAVING',
    'ORDER',
    'QUALIFY',
    'LIMIT',
    'UNION',
    'EXCEPT',
    'INTERSECT',
    'MINUS',
    'LATERAL',
  ];
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (isSymbol(token, '(')) index = closingIndex(tokens, index);
    else if (isSymbol(tokens[index - 1], '.') || isWord(tokens[index - 1], 'DISTINCT')) continue;
    else if (isSymbol(tokens[index - 1], '*') && isWord(token, 'EXCEPT')) continue;
    else if (isWord(token, ...ends) || isSymbol(token, ')')) return index;
  }
  return tokens.length;
};

function needsName(item: readonly Token[]): boolean {
  const last = item.at(-1);
  const before = item.at(-2);
  if (last === undefined || item.some((token, index) => isStar(item, index) && !isSymbol(token, '('))) return false;
  const isChain = item.every((token, index) => (index % 2 === 0 ? isName(token) : isSymbol(token, '.')));
  if (isChain && !(item.length === 1 && isWord(last, ...literals))) return false;
  if (isWord(before, 'AS')) return false;
  if (isWord(last, ...intervalUnits) && item.some((token) => isWord(token, 'INTERVAL'))) return true;
  const endsOperand =
    before !== undefined && (before.kind !== 'symbol' || isSymbol(before, ')') || isSymbol(before, ']'));
  const isAlias = isName(last) && !isWord(last, 'END', ...literals) && endsOperand && !isWord(before, ...operators);
  return !isAlias;
}

const intervalUnits = ['YEAR', 'MONTH', 'WEEK', 'DAY', 'HOUR', 'MINUTE', 'SECOND'].flatMap((unit) => [
  unit,
  `${unit}S`,
]);
const literals = ['NULL', 'TRUE', 'FALSE', 'CURRENT_DATE', 'CURRENT_TIMESTAMP', 'CURRENT_USER'];
const operators = [
  'AND',
  'OR',
  'NOT',
  'IS',
  'LIKE',
  'ILIKE',
  'RLIKE',
  'DIV',
  'FROM',
  'BETWEEN',
  'ELSE',
  'THEN',
  'WHEN',
  'CASE',
];

/** `*` and `t.*`; not the sign of a multiplication. */
function isStar(item: readonly Token[], index: number): boolean {
  return isSymbol(item[index], '*') && (index === 0 || isSymbol(item[index - 1], '.'));
}

function nameOf(item: readonly Token[]): string {
  const text = tokensToText(item.map((token) => (token.kind === 'string' ? { ...token, text: token.value } : token)));
  return text.toLowerCase() === 'count(*)' ? 'count(1)' : text;
}
