import type { DuckDBConnection } from '@duckdb/node-api';
import { inspectExpression } from './expression-tree.ts';
import type { ExpressionFacts } from './expression-tree.ts';
import { tokenize } from './lexer.ts';
import { guardQuery } from './query-guard.ts';
import { quoteLiteral } from './quote.ts';
import { parseError } from './sql-errors.ts';
import { installFunctions, nowVariable, principalVariable } from './sql-functions.ts';
import type { Token } from './lexer.ts';
import { isSymbol, nameToken, splitAt, symbolToken, wordToken } from './tokens.ts';
import type { QueryTranslator } from './translate-query.ts';

export interface Expression extends ExpressionFacts {
  /** DuckDB text in brackets. */
  readonly sql: string;
}

/** Databricks SQL expressions as DuckDB runs them: over the columns of one relation, unable to read anything else. */
export interface ExpressionTranslator {
  /** Throws the error of a warehouse for what is not one expression over the given names. */
  translate(text: string, names: readonly string[]): Promise<Expression>;
}

export interface ExpressionTranslatorOptions {
  /** The connection that will run the expressions; Spark's functions are made known to it. */
  readonly connection: DuckDBConnection;
  readonly translator: QueryTranslator;
  /** What `current_timestamp()` and `current_user()` answer. */
  readonly now: Date;
  readonly userName: string;
}

const relationName = '__expression_values';
const resultName = '__expression_result';

/** Expressions take the way of queries, translation and guard included, as the only column of a SELECT. */
export function createExpressionTranslator(options: ExpressionTranslatorOptions): ExpressionTranslator {
  const { connection, translator } = options;
  let prepared: Promise<void> | undefined;
  return {
    async translate(text, names) {
      await (prepared ??= prepare(options));
      const tokens = readTokens(text);
      const sql = await translator.translate([
        wordToken('SELECT'),
        { ...symbolToken('('), spaced: true },
        ...tokens,
        symbolToken(')'),
        wordToken('AS'),
        { ...nameToken(resultName), spaced: true },
        wordToken('FROM'),
        { ...nameToken(relationName), spaced: true },
      ]);
      await guardQuery(connection, { sql, tables: [[relationName]] });
      const facts = inspectExpression(await syntaxTree(connection, sql), names);
      return { ...facts, sql: expressionOf(sql) };
    },
  };
}

function readTokens(text: string): readonly Token[] {
  const tokens = tokenize(text);
  if (tokens.length === 0) throw parseError('the expression is empty');
  const foreign = tokens.find((token) => isSymbol(token, ';') || token.kind === 'parameter');
  if (foreign !== undefined) throw parseError(`Syntax error at or near '${foreign.text}'`);
  // In the brackets that are put around it a list would be a struct.
  if (splitAt(tokens, ',').length > 1) throw parseError('one expression is allowed');
  return tokens;
}

async function prepare({ connection, now, userName }: ExpressionTranslatorOptions): Promise<void> {
  await installFunctions({ connection });
  const time = now.toISOString().replace('T', ' ').replace('Z', '');
  await connection.run(`SET VARIABLE ${nowVariable} = ${quoteLiteral(time)}`);
  await connection.run(`SET VARIABLE ${principalVariable} = ${quoteLiteral(userName)}`);
}

async function syntaxTree(connection: DuckDBConnection, sql: string): Promise<unknown> {
  const reader = await connection.runAndReadAll(`SELECT json_serialize_sql(${quoteLiteral(sql)})`);
  return JSON.parse(String(reader.getRows()[0]?.[0]));
}

/** The tree has one column and one relation, so that what stands between these words is the expression. */
function expressionOf(sql: string): string {
  const found = /^SELECT (\(.*\)) AS "?__expression_result"? FROM "?__expression_values"?$/s.exec(sql)?.[1];
  if (found === undefined) throw parseError('the expression cannot be read');
  return found;
}
