import { nativeCall } from './call-tokens.ts';
import { columnTokens, generatedColumns, isGenerator, readAliases } from './generators.ts';
import type { Token } from './lexer.ts';
import { parseError } from './sql-errors.ts';
import { append, closingIndex, isName, isSymbol, isWord, nameToken, symbolToken, wordToken } from './tokens.ts';

/**
 * Clauses of Spark that have no like in DuckDB: LATERAL VIEW, generators, WITH ROLLUP, SORT BY, and the column `window`
 * that `GROUP BY window(...)` makes.
 */
export function rewriteClauses(tokens: readonly Token[]): readonly Token[] {
  const output: Token[] = [];
  const places: ('list' | 'from' | 'other')[] = ['other'];
  const source = expandWindow(tokens);
  for (let index = 0; index < source.length;) {
    const token = source[index];
    if (token === undefined) break;
    const place = places.at(-1) ?? 'other';
    const generated = isGenerator(token) && isSymbol(source[index + 1], '(') && !isSymbol(source[index - 1], '.');
    if (isSymbol(token, '(')) places.push('other');
    if (isSymbol(token, ')') && places.length > 1) places.pop();
    if (isWord(token, 'LATERAL') && isWord(source[index + 1], 'VIEW')) {
      index = lateralView(source, index, output);
    } else if (generated && place !== 'other') {
      index = place === 'list' ? listGenerator(source, index, output) : tableGenerator(source, index, output);
    } else if (isWord(token, 'WITH') && isWord(source[index + 1], 'ROLLUP', 'CUBE')) {
      groupingTokens(output, source[index + 1]);
      index += 2;
    } else if (
      isWord(token, 'SORT', 'CLUSTER') &&
      isWord(source[index + 1], 'BY') &&
      !isWord(source[index - 1], 'AS')
    ) {
      output.push({ ...token, text: 'ORDER', value: 'ORDER' });
      index += 1;
    } else if (isWord(token, 'DISTRIBUTE') && isWord(source[index + 1], 'BY')) index = endOfDistribution(source, index);
    else {
      output.push(token);
      places[places.length - 1] = placeAfter(source, index, places.at(-1) ?? 'other');
      index += 1;
    }
  }
  return output;
}

function placeAfter(tokens: readonly Token[], index: number, place: 'list' | 'from' | 'other'): typeof place {
  const token = tokens[index];
  if (isSymbol(tokens[index - 1], '.')) return place;
  if (isWord(token, 'SELECT')) return 'list';
  if (isWord(token, 'FROM', 'JOIN', 'LATERAL')) return 'from';
  if (isWord(token, 'WHERE', 'GROUP', 'HAVING', 'ORDER', 'QUALIFY', 'ON', 'UNION', 'LIMIT')) return 'other';
  return place;
}

/** `LATERAL VIEW [OUTER] explode(x) t AS a, b` joins the rows that the generator makes. */
function lateralView(tokens: readonly Token[], start: number, output: Token[]): number {
  const outer = isWord(tokens[start + 2], 'OUTER');
  const at = outer ? start + 3 : start + 2;
  const word = tokens[at];
  if (word === undefined || !isGenerator(word) || !isSymbol(tokens[at + 1], '('))
    throw parseError(`Syntax error at or near '${word?.text ?? 'end of input'}': LATERAL VIEW needs a generator`);
  const close = closingIndex(tokens, at + 1);
  const content = rewriteClauses(tokens.slice(at + 2, close));
  const alias = tokens[close + 1];
  const hasAlias = isName(alias) && !isWord(alias, 'AS', 'WHERE', 'LATERAL', 'GROUP', 'ORDER', 'LIMIT');
  const { aliases, next } = readAliases(tokens, hasAlias ? close + 2 : close + 1, true);
  append(output, [wordToken(outer ? 'LEFT' : 'CROSS'), wordToken('JOIN'), wordToken('LATERAL')]);
  append(output, subquery({ name: word.value, content, aliases }));
  append(output, [wordToken('AS'), { ...nameToken(hasAlias ? alias.value : '__lateral'), spaced: true }]);
  if (word.value.toLowerCase().startsWith('inline') && aliases.length > 0) append(output, nameList(aliases));
  if (outer) append(output, [wordToken('ON'), wordToken('TRUE')]);
  return next;
}

function nameList(names: readonly string[]): readonly Token[] {
  const list = names.flatMap((name, index) => [...(index === 0 ? [] : [symbolToken(',')]), nameToken(name)]);
  return [symbolToken('('), ...list, symbolToken(')')];
}

function subquery(call: {
  readonly name: string;
  readonly content: readonly Token[];
  readonly aliases: readonly string[];
}): readonly Token[] {
  const columns = generatedColumns({ ...call, outer: false });
  return [
    { ...symbolToken('('), spaced: true },
    wordToken('SELECT'),
    ...(columns === undefined ? inlined(call.content) : columnTokens(columns)),
    symbolToken(')'),
  ];
}

/** One column per field of the structs in an array. */
function inlined(content: readonly Token[]): readonly Token[] {
  const depth: readonly Token[] = [wordToken('max_depth'), symbolToken(':='), { ...symbolToken('2'), kind: 'number' }];
  return nativeCall('unnest', [content, depth]);
}

/** `FROM explode(x) AS t(a)` */
function tableGenerator(tokens: readonly Token[], start: number, output: Token[]): number {
  const close = closingIndex(tokens, start + 1);
  const content = rewriteClauses(tokens.slice(start + 2, close));
  const name = tokens[start]?.value ?? '';
  if (!isWord(tokens[start - 1], 'LATERAL')) output.push(wordToken('LATERAL'));
  const aliases = isName(tokens[close + 1]) ? tableAliases(tokens, close + 1) : [];
  append(output, subquery({ name, content, aliases }));
  return close + 1;
}

/** Column names in `AS t(a, b)`, which stay where they are. */
function tableAliases(tokens: readonly Token[], start: number): readonly string[] {
  const at = isWord(tokens[start], 'AS') ? start + 2 : start + 1;
  if (!isSymbol(tokens[at], '(')) return [];
  return tokens.slice(at + 1, closingIndex(tokens, at)).flatMap((token) => (isName(token) ? [token.value] : []));
}

/** `SELECT posexplode(x) AS (p, c)` */
function listGenerator(tokens: readonly Token[], start: number, output: Token[]): number {
  const close = closingIndex(tokens, start + 1);
  const content = rewriteClauses(tokens.slice(start + 2, close));
  const name = tokens[start]?.value ?? '';
  const { aliases, next } = readAliases(tokens, close + 1, false);
  const columns = generatedColumns({ name, content, aliases, outer: false });
  append(output, columns === undefined ? inlined(content) : columnTokens(columns));
  return next;
}

/** `GROUP BY a, b WITH ROLLUP` is `GROUP BY ROLLUP (a, b)`. */
function groupingTokens(output: Token[], kind: Token | undefined): void {
  let depth = 0;
  for (let index = output.length - 1; index > 0; index -= 1) {
    if (isSymbol(output[index], ')')) depth += 1;
    if (isSymbol(output[index], '(')) depth -= 1;
    if (depth === 0 && isWord(output[index], 'BY') && isWord(output[index - 1], 'GROUP')) {
      output.splice(index + 1, 0, wordToken(kind?.value ?? ''), symbolToken('('));
      output.push(symbolToken(')'));
      return;
    }
  }
  throw parseError("Syntax error at or near 'WITH'");
}

/** How rows are spread over machines does not matter here. */
function endOfDistribution(tokens: readonly Token[], start: number): number {
  for (let index = start + 2; index < tokens.length; index += 1) {
    if (isSymbol(tokens[index], '(')) index = closingIndex(tokens, index);
    else if (isSymbol(tokens[index], ')') || isWord(tokens[index], 'SORT', 'LIMIT', 'UNION', 'ORDER')) return index;
  }
  return tokens.length;
}

/** Grouping by `window(at, '1 day')` makes a column `window` in the select list, HAVING and ORDER BY. */
function expandWindow(tokens: readonly Token[]): readonly Token[] {
  const by = tokens.findIndex((token, index) => isWord(token, 'BY') && isWord(tokens[index - 1], 'GROUP'));
  const at = by < 0 ? -1 : tokens.findIndex((token, index) => index > by && isWindowCall(tokens, index, token));
  if (at < 0) return tokens;
  const call = tokens.slice(at, closingIndex(tokens, at + 1) + 1);
  return tokens.flatMap((token, index) => {
    const isColumn = isWord(token, 'WINDOW') && !isSymbol(tokens[index + 1], '(') && !isSymbol(tokens[index - 1], '.');
    const used =
      isColumn &&
      !isWord(tokens[index - 1], 'AS') &&
      !(isName(tokens[index + 1]) && !isWord(tokens[index + 1], 'AS', 'FROM', 'ORDER'));
    if (!used)
      return isFieldOfWindow(tokens, index, by)
        ? [token, wordToken('AS'), { ...nameToken(token.value), spaced: true }]
        : [token];
    const named = isWord(tokens[index + 1], 'AS') || isSymbol(tokens[index + 1], '.') || index > by;
    return [symbolToken('('), ...call, symbolToken(')'), ...(named ? [] : [wordToken('AS'), nameToken('window')])].map(
      (part, place) => (place === 0 ? { ...part, spaced: true } : part),
    );
  });
}

/** `window.end` in the select list is a column `end`. */
function isFieldOfWindow(tokens: readonly Token[], index: number, by: number): boolean {
  const chain =
    isSymbol(tokens[index - 1], '.') && isWord(tokens[index - 2], 'WINDOW') && !isSymbol(tokens[index - 3], '.');
  return index < by && chain && (isSymbol(tokens[index + 1], ',') || isWord(tokens[index + 1], 'FROM'));
}

function isWindowCall(tokens: readonly Token[], index: number, token: Token): boolean {
  return isWord(token, 'WINDOW') && isSymbol(tokens[index + 1], '(');
}
