import { literalOf } from './call.ts';
import type { Call } from './call.ts';
import { macroCall, tryCastTokens } from './call-tokens.ts';
import { createCursor } from './cursor.ts';
import { readType } from './read-type.ts';
import type { Rewrite } from './rewrite-literals.ts';
import { typeText } from './spark-type.ts';
import type { SparkField, SparkType } from './spark-type.ts';
import { SqlError } from './statement-engine.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { isName, isSymbol, isWord, quoteDatabricksName, stringToken, symbolToken } from './tokens.ts';

/** Constructors of structs, and JSON that becomes one. */
export function rewriteStructCall(call: Call): Rewrite | undefined {
  const { name, args, next } = call;
  switch (name) {
    case 'struct':
      return { replacement: structTokens(args.map(namedField)), next };
    case 'named_struct':
      return { replacement: structTokens(pairs(args)), next };
    case 'from_json':
      return { replacement: fromJson(args), next };
    case 'to_json':
      // The second argument holds options of the writer.
      return { replacement: macroCall('to_json', args.slice(0, 1)), next };
    default:
      return undefined;
  }
}

interface Field {
  readonly name: string;
  readonly value: readonly Token[];
}

function structTokens(fields: readonly Field[]): readonly Token[] {
  return [
    { ...symbolToken('{'), spaced: true },
    ...fields.flatMap(({ name, value }, index) => [
      ...(index === 0 ? [] : [symbolToken(',')]),
      stringToken(name),
      symbolToken(':'),
      ...value.map((token, position) => (position === 0 ? { ...token, spaced: true } : token)),
    ]),
    symbolToken('}'),
  ];
}

/** The name of a column, the alias, or `col1` by the place in the list. */
function namedField(argument: readonly Token[], index: number): Field {
  const last = argument.at(-1);
  if (isName(last) && isWord(argument.at(-2), 'AS')) return { name: last.value, value: argument.slice(0, -2) };
  const isChain = argument.every((token, place) => (place % 2 === 0 ? isName(token) : isSymbol(token, '.')));
  return {
    name: isChain && isName(last) && !isWord(last, 'NULL', 'TRUE', 'FALSE') ? last.value : `col${index + 1}`,
    value: argument,
  };
}

function pairs(args: Call['args']): readonly Field[] {
  if (args.length === 0 || args.length % 2 === 1) {
    throw new SqlError(
      'WRONG_NUM_ARGS.WITHOUT_SUGGESTION',
      '42605',
      'The `named_struct` requires 2n (n > 0) parameters.',
    );
  }
  return args.flatMap((argument, index) => {
    if (index % 2 === 1) return [];
    const name = literalOf(argument);
    if (name === undefined) {
      const message = 'Cannot resolve "named_struct" due to data type mismatch: the names must be foldable strings.';
      throw new SqlError('DATATYPE_MISMATCH.NON_FOLDABLE_INPUT', '42K09', message);
    }
    return [{ name, value: args[index + 1] ?? [] }];
  });
}

/** A text that is no JSON, and a value that does not fit, is NULL (mode PERMISSIVE). */
function fromJson([text = [], schema]: Call['args']): readonly Token[] {
  const ddl = literalOf(schema);
  if (ddl === undefined) {
    throw new SqlError(
      'INVALID_SCHEMA.NON_STRING_LITERAL',
      '42K07',
      'The schema of from_json must be a string literal.',
    );
  }
  return tryCastTokens(macroCall('json_or_null', [text]), tokenize(quotedTypeText(readSchema(ddl))));
}

/** `a INT, b STRING` or the text of one type. */
function readSchema(ddl: string): SparkType {
  try {
    const cursor = createCursor(tokenize(ddl));
    const type = readType(cursor);
    cursor.expectEnd();
    return type;
  } catch {
    const cursor = createCursor(tokenize(`STRUCT<${ddl}>`));
    const type = readType(cursor);
    cursor.expectEnd();
    return type;
  }
}

function quotedTypeText(type: SparkType): string {
  if (type.kind === 'array') return `ARRAY<${quotedTypeText(type.element)}>`;
  if (type.kind === 'map') return `MAP<${quotedTypeText(type.key)}, ${quotedTypeText(type.value)}>`;
  if (type.kind !== 'struct') return typeText(type);
  const fields = type.fields.map(
    ({ name, type: inner }: SparkField) => `${quoteDatabricksName(name)}: ${quotedTypeText(inner)}`,
  );
  return `STRUCT<${fields.join(', ')}>`;
}
