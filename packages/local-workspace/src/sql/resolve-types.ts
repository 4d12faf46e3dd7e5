import type { DuckDBConnection } from '@duckdb/node-api';
import { functionSchema } from './functions/macro.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { messageOf } from './sql-errors.ts';
import { closingIndex, isSymbol, isWord, splitAt, tokensToText } from './tokens.ts';

/** Beyond this many divisions and sums in one branch of a query those that are left are computed as DOUBLE. */
const mostOperations = 200;

/** Macros that are another one, or none, for some types of their first argument. */
const typedMacros = [
  'array_size',
  'reverse',
  'item',
  'element_at',
  'sequence',
  'base64',
  'day_interval',
  'texts',
] as const;

type TypedMacro = (typeof typedMacros)[number];

/** Macros and aggregates that mean different things for different types. */
type Kind = 'div' | 'sum' | 'avg' | TypedMacro;

const macroKinds: readonly Kind[] = ['div', ...typedMacros];
const anyKind = new RegExp(`"(?:${macroKinds.join('|')})"\\(|\\b(?:sum|avg)\\s*\\(`, 'i');

interface Operation {
  readonly kind: Kind;
  readonly type: 'unknown' | 'plain' | 'map' | 'array' | 'date' | 'timestamp' | 'bigint' | 'binary' | DecimalType;
}

interface DecimalType {
  readonly precision: number;
  readonly scale: number;
}

/**
 * Gives divisions, sums and averages of decimals the types that Spark gives them (DuckDB divides decimals as DOUBLE and
 * sums them up to 38 digits), and tells maps from arrays where both have one function. Only DuckDB knows the types of the
 * operands, and it tells them in the fault of a call that fits no function. So each operation is asked for once, from the
 * inside out; nothing is run.
 */
export async function resolveTypes(connection: DuckDBConnection, sql: string): Promise<string> {
  if (!anyKind.test(sql)) return sql;
  const tokens = tokenize(sql, 'duckdb');
  const operations = findOperations(tokens);
  for (let asked = 0; asked < mostOperations && operations.some(({ type }) => type === 'unknown'); asked += 1) {
    const found = await ask(connection, render(tokens, operations));
    if (found === undefined) break;
    const operation = operations[found.index];
    if (operation === undefined) break;
    operations[found.index] = { ...operation, type: resultType(operation.kind, found) };
  }
  return render(
    tokens,
    operations.map((operation) => (operation.type === 'unknown' ? { ...operation, type: 'plain' } : operation)),
  );
}

function findOperations(tokens: readonly Token[]): Operation[] {
  return tokens.flatMap((_, index): readonly Operation[] => {
    const kind = kindAt(tokens, index);
    return kind === undefined ? [] : [{ kind, type: 'unknown' }];
  });
}

/** The word before the bracket of an operation. */
function kindAt(tokens: readonly Token[], index: number): Kind | undefined {
  const token = tokens[index];
  if (!isSymbol(tokens[index + 1], '(')) return undefined;
  if (isSymbol(tokens[index - 1], '.')) {
    const ours = token?.kind === 'name' && tokens[index - 2]?.value === functionSchema;
    return ours ? macroKinds.find((kind) => kind === token.value) : undefined;
  }
  if (isWord(token, 'SUM')) return 'sum';
  return isWord(token, 'AVG') ? 'avg' : undefined;
}

interface Found {
  readonly index: number;
  readonly types: readonly string[];
}

async function ask(connection: DuckDBConnection, sql: string): Promise<Found | undefined> {
  try {
    (await connection.prepare(sql)).destroySync();
    return undefined;
  } catch (fault) {
    const match = /argument types '\w+\((.*), STRUCT\("?i(\d+)_?(\d*)"? INTEGER\)\)'/.exec(messageOf(fault) ?? '');
    if (match === null) return undefined;
    const digits = Number(match[3] ?? '') || 10;
    const types = splitAt(tokenize(match[1] ?? '', 'duckdb'), ',').map((part) => {
      const text = tokensToText(part);
      return text === 'INTEGER_LITERAL' ? `DECIMAL(${digits},0)?` : text;
    });
    return { index: Number(match[2]), types };
  }
}

/** Whole numbers as Spark counts their digits beside a decimal. */
const wholeDigits: Readonly<Record<string, number>> = { TINYINT: 3, SMALLINT: 5, INTEGER: 10, BIGINT: 20, HUGEINT: 20 };

function resultType(kind: Kind, { types }: Found): Operation['type'] {
  if (isTypedMacro(kind)) return typeName(types[0] ?? '');
  const [left, right] = types.map(readOperand);
  if (left === undefined || right === undefined || !(left.decimal || right.decimal)) return 'plain';
  if (kind === 'sum') return capped(left.precision + 10, left.scale);
  if (kind === 'avg') return capped(left.precision + 4, left.scale + 4);
  const scale = Math.max(6, left.scale + right.precision + 1);
  return bounded(left.precision - left.scale + right.scale + scale, scale);
}

function isTypedMacro(kind: Kind): kind is TypedMacro {
  return typedMacros.some((known) => known === kind);
}

function typeName(type: string): Operation['type'] {
  if (type.endsWith(']')) return 'array';
  if (type.startsWith('MAP')) return 'map';
  if (type.startsWith('TIMESTAMP')) return 'timestamp';
  if (type === 'DATE') return 'date';
  if (type === 'BLOB') return 'binary';
  return type === 'BIGINT' || type === 'HUGEINT' ? 'bigint' : 'plain';
}

function readOperand(type: string): (DecimalType & { readonly decimal: boolean }) | undefined {
  const decimal = /^DECIMAL\((\d+), ?(\d+)\)(\?)?$/.exec(type);
  if (decimal !== null)
    return { precision: Number(decimal[1]), scale: Number(decimal[2]), decimal: decimal[3] === undefined };
  const precision = Object.hasOwn(wholeDigits, type) ? wholeDigits[type] : undefined;
  return precision === undefined ? undefined : { precision, scale: 0, decimal: false };
}

/** Sums and averages only end at 38 digits. */
function capped(precision: number, scale: number): DecimalType {
  return { precision: Math.min(precision, 38), scale: Math.min(scale, 38) };
}

/** For a division Spark keeps whole digits and at least six behind the point when 38 do not suffice. */
function bounded(precision: number, scale: number): DecimalType {
  if (precision <= 38) return { precision, scale };
  return { precision: 38, scale: Math.max(38 - (precision - scale), Math.min(scale, 6)) };
}

function render(tokens: readonly Token[], operations: readonly Operation[]): string {
  let next = 0;
  const renderPart = (part: readonly Token[]): string => {
    let text = '';
    for (let index = 0; index < part.length; index += 1) {
      const kind = kindAt(part, index);
      const token = part[index];
      if (token === undefined) continue;
      const isMacro = isWordOrName(token, functionSchema) && kindAt(part, index + 2) !== undefined;
      if (!isMacro && (kind === undefined || macroKinds.includes(kind))) {
        text += `${text === '' || !token.spaced ? '' : ' '}${token.text}`;
        continue;
      }
      const open = isMacro ? index + 3 : index + 1;
      const close = closingIndex(part, open);
      const number = next;
      next += 1;
      const args = splitAt(part.slice(open + 1, close), ',');
      const texts = args.map(renderPart);
      const end = isMacro ? close : endOfAggregate(part, close);
      const behind = renderPart(part.slice(close + 1, end + 1));
      text += ` ${operationText({ operation: operations[number], number, args, texts, behind, word: token.text })}`;
      index = end;
    }
    return text;
  };
  return renderPart(tokens);
}

function isWordOrName(token: Token, value: string): boolean {
  return (token.kind === 'word' || token.kind === 'name') && token.value === value;
}

/** FILTER and OVER belong to an aggregate. */
function endOfAggregate(tokens: readonly Token[], close: number): number {
  let end = close;
  if (isWord(tokens[end + 1], 'FILTER') && isSymbol(tokens[end + 2], '(')) end = closingIndex(tokens, end + 2);
  if (!isWord(tokens[end + 1], 'OVER')) return end;
  return isSymbol(tokens[end + 2], '(') ? closingIndex(tokens, end + 2) : end + 2;
}

function operationText(part: {
  readonly operation: Operation | undefined;
  readonly number: number;
  readonly args: readonly (readonly Token[])[];
  readonly texts: readonly string[];
  readonly behind: string;
  readonly word: string;
}): string {
  const { operation, number, args, texts, behind, word } = part;
  const [left = '', right = ''] = texts;
  const { kind, type } = operation ?? { kind: 'div', type: 'plain' };
  const digits = args.flatMap((tokens) =>
    tokens.length === 1 && tokens[0]?.kind === 'number' ? [tokens[0].text.length] : [],
  );
  const probe = `{'i${number}_${digits[0] ?? ''}': 1}`;
  if (isTypedMacro(kind)) {
    if (type === 'unknown') return `array_cross_product(${left}, ${right === '' ? left : right}, ${probe})`;
    return typedText(kind, type, texts);
  }
  if (kind === 'div') {
    if (type === 'unknown') return `array_cross_product(${left}, ${right}, ${probe})`;
    const divisor = `${functionSchema}."nonzero"(${right})`;
    if (typeof type === 'string') return `(${left} / ${divisor})`;
    const quotient = `CAST(${left} AS DOUBLE) / CAST(${divisor} AS DOUBLE)`;
    // Digits beyond those of a DOUBLE are zeros and no noise.
    return type.scale > 15
      ? `CAST(CAST(${quotient} AS VARCHAR) AS ${decimalText(type)})`
      : `CAST(${quotient} AS ${decimalText(type)})`;
  }
  const distinct = isWord(args[0]?.[0], 'DISTINCT') ? 'DISTINCT ' : '';
  const value = distinct === '' ? left : left.replace(/^\s*DISTINCT\s/i, '');
  if (type === 'unknown') return `${word}(${distinct}array_cross_product(${value}, ${value}, ${probe})) ${behind}`;
  const aggregate = `${word}(${texts.join(', ')}) ${behind}`;
  return typeof type === 'string' ? aggregate : `CAST(${aggregate} AS ${decimalText(type)})`;
}

function typedText(kind: TypedMacro, type: Operation['type'], texts: readonly string[]): string {
  const [value = '', second = ''] = texts;
  const macro = (name: string): string => `${functionSchema}."${name}"(${texts.join(', ')})`;
  switch (kind) {
    case 'array_size':
      return type === 'map' ? `CAST(cardinality(${value}) AS INTEGER)` : macro(kind);
    case 'item':
    case 'element_at':
      return type === 'map' ? `(${value})[${second}]` : macro(kind);
    case 'reverse':
      return type === 'array' ? `list_reverse(${value})` : macro(kind);
    case 'texts':
      return type === 'array' ? `CAST(${value} AS VARCHAR[])` : macro(kind);
    case 'base64':
      return type === 'binary' ? `to_base64(${value})` : macro(kind);
    case 'day_interval':
      return type === 'date' ? `CAST(${macro(kind)} AS DATE)` : macro(kind);
    case 'sequence':
      return type === 'date' || type === 'timestamp' || type === 'bigint' ? macro(`sequence_${type}`) : macro(kind);
  }
}

function decimalText({ precision, scale }: DecimalType): string {
  return `DECIMAL(${precision},${scale})`;
}
