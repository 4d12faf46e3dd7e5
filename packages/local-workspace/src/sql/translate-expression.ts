import type { DuckDBConnection } from '@duckdb/node-api';
import { installFunctions } from './functions/install-functions.ts';
import { inspectExpression } from './expression-tree.ts';
import type { ExpressionFacts } from './expression-tree.ts';
import { tokenize } from './lexer.ts';
import { guardQuery } from './query-guard.ts';
import { quoteLiteral } from './quote.ts';
import { resolveTypes } from './resolve-types.ts';
import { prepareConnection } from './run-query.ts';
import type { Session } from './session.ts';
import { parseError } from './sql-errors.ts';
import type { Token } from './lexer.ts';
import { isSymbol, nameToken, splitAt, symbolToken, wordToken } from './tokens.ts';
import type { QueryTranslator } from './translate-query.ts';

export interface Expression extends ExpressionFacts {
  /** DuckDB text in brackets. */
  readonly sql: string;
}

/** What an expression stands over. */
export interface ExpressionScope {
  /** Columns that it may read. */
  readonly names: readonly string[];
  /** DuckDB text that can stand after FROM, a relation with these columns: it tells their types. */
  readonly from: string;
}

/** Databricks SQL expressions as DuckDB runs them: over the columns of one relation, unable to read anything else. */
export interface ExpressionTranslator {
  /** Throws the error of a warehouse for what is not one expression over the given names. */
  translate(text: string, scope: ExpressionScope): Promise<Expression>;
}

export interface ExpressionTranslatorOptions {
  /** The connection that will run the expressions; Spark's functions are made known to it. */
  readonly connection: DuckDBConnection;
  readonly translator: QueryTranslator;
  /** What `current_timestamp()`, `current_user()` and the like answer. */
  readonly session: Pick<Session, 'now' | 'caller' | 'catalog' | 'schema'>;
}

const relationName = '__expression_values';
const resultName = '__expression_result';

/** Expressions take the way of queries, translation and guard included, as the only column of a SELECT. */
export function createExpressionTranslator(options: ExpressionTranslatorOptions): ExpressionTranslator {
  const { connection, translator, session } = options;
  let prepared: Promise<void> | undefined;
  async function prepare(): Promise<void> {
    await installFunctions({ connection });
    await prepareConnection(connection, session);
  }
  return {
    async translate(text, { names, from }) {
      await (prepared ??= prepare());
      const branches = await translator.translate(selectTokens(readTokens(text)));
      const sql = branches.join(' UNION ALL ');
      await guardQuery(connection, { sql, tables: [[relationName]] });
      const facts = inspectExpression(await syntaxTree(connection, sql), names);
      const typed = await resolveTypes(connection, `SELECT ${expressionOf(sql)} AS ${resultName} FROM ${from}`);
      return { ...facts, sql: expressionOf(typed) };
    },
  };
}

function selectTokens(expression: readonly Token[]): readonly Token[] {
  return [
    wordToken('SELECT'),
    { ...symbolToken('('), spaced: true },
    ...expression,
    symbolToken(')'),
    wordToken('AS'),
    { ...nameToken(resultName), spaced: true },
    wordToken('FROM'),
    { ...nameToken(relationName), spaced: true },
  ];
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

async function syntaxTree(connection: DuckDBConnection, sql: string): Promise<unknown> {
  const reader = await connection.runAndReadAll(`SELECT json_serialize_sql(${quoteLiteral(sql)})`);
  return JSON.parse(String(reader.getRows()[0]?.[0]));
}

/** The tree has one column and one relation, so that what stands between these words is the expression. */
function expressionOf(sql: string): string {
  const found = /^\s*SELECT\s+(\(.*\))\s+AS\s+"?__expression_result"?\s+FROM\s/s.exec(sql)?.[1];
  if (found === undefined) throw parseError('the expression cannot be read');
  return found;
}
