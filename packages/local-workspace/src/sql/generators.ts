import { macroCall, nativeCall } from './call-tokens.ts';
import type { Token } from './lexer.ts';
import { parseError } from './sql-errors.ts';
import { isName, isSymbol, isWord, nameToken, splitAt, stringToken, symbolToken, wordToken } from './tokens.ts';

/** A generator makes several rows, and perhaps several columns, of one. */
export interface GeneratedColumn {
  readonly name: string;
  readonly expression: readonly Token[];
}

const generatorNames: ReadonlySet<string> = new Set([
  'explode',
  'explode_outer',
  'posexplode',
  'posexplode_outer',
  'inline',
  'inline_outer',
  'stack',
  'json_tuple',
]);

export function isGenerator(token: Token | undefined): boolean {
  return token?.kind === 'word' && generatorNames.has(token.value.toLowerCase());
}

/**
 * The columns of `name(content)`. An array has one and a map two; without types the aliases tell them apart: explode of
 * a map needs two names. `inline` has as many as its structs and answers `undefined`.
 */
export function generatedColumns(call: {
  readonly name: string;
  readonly content: readonly Token[];
  readonly aliases: readonly string[];
  /** Keeps a row without elements. */
  readonly outer: boolean;
}): readonly GeneratedColumn[] | undefined {
  const { content, aliases } = call;
  const name = call.name.toLowerCase();
  const outer = call.outer || name.endsWith('_outer');
  const keep = (list: readonly Token[]): readonly Token[] => (outer ? macroCall('or_null', [list]) : list);
  const column = (given: string, list: readonly Token[]): GeneratedColumn => ({
    name: given,
    expression: nativeCall('unnest', [keep(list)]),
  });
  const kind = name.replace('_outer', '');
  if (kind === 'inline') return undefined;
  if (kind === 'stack') return named(stackColumns(content), aliases);
  if (kind === 'json_tuple') return named(jsonColumns(content), aliases);
  const expected = kind === 'explode' ? 2 : 3;
  const isMap = aliases.length === expected || (isWord(content[0], 'MAP') && isSymbol(content[1], '('));
  const keys = nativeCall('map_keys', [content]);
  const elements = isMap
    ? [column('key', keys), column('value', nativeCall('map_values', [content]))]
    : [column('col', content)];
  const positions = macroCall('positions', [isMap ? keys : content]);
  return named(kind === 'explode' ? elements : [column('pos', positions), ...elements], aliases);
}

function named(columns: readonly GeneratedColumn[], aliases: readonly string[]): readonly GeneratedColumn[] {
  if (aliases.length > 0 && aliases.length !== columns.length) {
    throw parseError(`the generator has ${columns.length} columns and ${aliases.length} names`);
  }
  return columns.map((column, index) => ({ ...column, name: aliases[index] ?? column.name }));
}

/** `stack(2, 1, 'a', 2, 'b')` has two rows of two columns. */
function stackColumns(content: readonly Token[]): readonly GeneratedColumn[] {
  const [first, ...values] = splitAt(content, ',');
  const rows = Number(first?.[0]?.text);
  if (!Number.isInteger(rows) || rows < 1) throw parseError('stack needs a number of rows as its first argument');
  const width = Math.ceil(values.length / rows);
  return Array.from({ length: width }, (_, index) => {
    const cells = Array.from({ length: rows }, (__, row) => values[row * width + index] ?? [wordToken('NULL')]);
    const list = cells.flatMap((cell, place) => (place === 0 ? cell : [symbolToken(','), ...cell]));
    const array = [symbolToken('['), ...list, symbolToken(']')];
    return { name: `col${index}`, expression: nativeCall('unnest', [array]) };
  });
}

function jsonColumns(content: readonly Token[]): readonly GeneratedColumn[] {
  const [text = [], ...fields] = splitAt(content, ',');
  return fields.map((field, index) => {
    const [literal] = field;
    if (field.length !== 1 || literal?.kind !== 'string') throw parseError('json_tuple needs literal names of fields');
    const path = stringToken(`$."${literal.value.replaceAll('"', '')}"`);
    return { name: `c${index}`, expression: macroCall('get_json_object', [text, [path]]) };
  });
}

/** `expression AS name, ...` */
export function columnTokens(columns: readonly GeneratedColumn[]): readonly Token[] {
  return columns.flatMap(({ name, expression }, index) => [
    ...(index === 0 ? [] : [symbolToken(',')]),
    ...expression.map((token, place) => (place === 0 ? { ...token, spaced: true } : token)),
    wordToken('AS'),
    { ...nameToken(name), spaced: true },
  ]);
}

/** `[AS] a`, `AS (a, b)` or `AS a, b` behind a generator. */
export function readAliases(
  tokens: readonly Token[],
  start: number,
  several: boolean,
): { readonly aliases: readonly string[]; readonly next: number } {
  const hasAs = isWord(tokens[start], 'AS');
  let index = hasAs ? start + 1 : start;
  if (isSymbol(tokens[index], '(') && hasAs) {
    const aliases: string[] = [];
    index += 1;
    for (; isName(tokens[index]); index += isSymbol(tokens[index + 1], ',') ? 2 : 1)
      aliases.push(tokens[index]?.value ?? '');
    return { aliases, next: index + 1 };
  }
  if (!hasAs || !isName(tokens[index])) return { aliases: [], next: start };
  const aliases = [tokens[index]?.value ?? ''];
  index += 1;
  while (several && isSymbol(tokens[index], ',') && isName(tokens[index + 1]) && !isSymbol(tokens[index + 2], '(')) {
    aliases.push(tokens[index + 1]?.value ?? '');
    index += 2;
  }
  return { aliases, next: index };
}
