import { quotedTable } from './commands/table-name.ts';
import { createCursor } from './cursor.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { quoteIdentifier } from './quote.ts';
import { readType } from './read-type.ts';
import { describeQuery, prepareConnection } from './run-query.ts';
import type { QueryRunner } from './run-query.ts';
import type { ObjectName, Session } from './session.ts';
import { duckdbTypeText, typeText } from './spark-type.ts';
import type { SparkType } from './spark-type.ts';
import { unsupported } from './sql-errors.ts';
import { isName, isSymbol, nameToken, symbolToken, wordToken } from './tokens.ts';
import type { Transaction } from '../storage/storage.ts';
import type { FunctionObject } from '../unity/objects.ts';

export interface Parameter {
  readonly name: string;
  readonly type: SparkType;
}

/** A function whose body was read and guarded. */
export interface CompiledFunction {
  /** Makes the DuckDB macro and answers the type of the result. */
  install(transaction: Transaction): Promise<SparkType>;
}

/** Reads the body as a query over its parameters, so that names, functions and the guard work as in any query. */
export async function compileFunction(
  session: Session,
  queries: QueryRunner,
  made: {
    readonly name: ObjectName;
    readonly parameters: readonly Parameter[];
    readonly body: readonly Token[];
    readonly returns: SparkType | undefined;
  },
): Promise<CompiledFunction> {
  const { name, parameters, body, returns } = made;
  const checked = await queries.prepare(session, checkTokens(parameters, body), 'stored');
  if (checked.reads.length > 0) throw unsupported('a function that reads tables');
  const { sql } = await queries.prepare(session, resultTokens(parameters, body), 'stored');
  return {
    async install({ connection }) {
      await prepareConnection(connection, session);
      const [result] = await describeQuery(connection, checked);
      const type = returns ?? result?.type;
      if (type === undefined) throw unsupported('a function without a result');
      const names = parameters.map((parameter) => quoteIdentifier(parameter.name)).join(', ');
      await connection.run(
        `CREATE OR REPLACE MACRO ${quotedTable(name)}(${names}) AS CAST(${expressionOf(sql)} AS ${duckdbTypeText(type)})`,
      );
      return type;
    },
  };
}

/** Makes the macro of a function that was registered without one: by a seed or through REST. */
export async function installFunction(session: Session, queries: QueryRunner, found: FunctionObject): Promise<void> {
  const compiled = await compileFunction({ ...session, catalog: found.catalog, schema: found.schema }, queries, {
    name: found,
    parameters: found.parameters.map((parameter) => ({ name: parameter.name, type: typeOf(parameter.typeText) })),
    body: tokenize(found.definition),
    returns: typeOf(found.returnType),
  });
  await session.storage.transaction((transaction) => compiled.install(transaction));
}

function typeOf(text: string): SparkType {
  return readType(createCursor(tokenize(text)));
}

/** SELECT (body) AS __result */
function selected(body: readonly Token[]): readonly Token[] {
  return [
    wordToken('SELECT'),
    symbolToken('('),
    ...body,
    symbolToken(')'),
    wordToken('AS'),
    { ...nameToken('__result'), spaced: true },
  ];
}

/** The expression alone, because DuckDB takes no subquery in a lambda. */
function expressionOf(sql: string): string {
  return `(${sql.replace(/^SELECT /, '').replace(/ AS "?__result"?$/, '')})`;
}

/** A query that tells whether the body can be resolved, and its type. */
function checkTokens(parameters: readonly Parameter[], body: readonly Token[]): readonly Token[] {
  if (parameters.length === 0) return selected(body);
  const columns = parameters.flatMap(({ name, type }, index) => [
    ...(index === 0 ? [] : [symbolToken(',')]),
    ...castTokens(wordToken('NULL'), type),
    wordToken('AS'),
    { ...nameToken(name), spaced: true },
  ]);
  const row = [symbolToken('('), wordToken('SELECT'), ...columns, symbolToken(')')];
  return [...selected(body), wordToken('FROM'), ...row, wordToken('AS'), nameToken('__arguments')];
}

/** The body with each parameter cast to its type, as the macro needs it. */
function resultTokens(parameters: readonly Parameter[], body: readonly Token[]): readonly Token[] {
  const replaced = body.flatMap((token, index) => {
    const stands = isName(token) && !isSymbol(body[index - 1], '.') && !isSymbol(body[index + 1], '(');
    const parameter = parameters.find(({ name }) => name.toLowerCase() === token.value.toLowerCase());
    return stands && parameter !== undefined ? castTokens(token, parameter.type) : [token];
  });
  return selected(replaced);
}

function castTokens(value: Token, type: SparkType): readonly Token[] {
  return [wordToken('CAST'), symbolToken('('), value, wordToken('AS'), ...tokenize(typeText(type)), symbolToken(')')];
}
