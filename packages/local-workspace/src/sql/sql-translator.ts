import { parseError } from './sql-errors.ts';

/** Databricks SQL in, DuckDB SQL out, one query. Throws PARSE_SYNTAX_ERROR for what it cannot read. */
export interface SqlTranslator {
  translate(sql: string): string;
}

/**
 * The translator of `@polyglot-sql/sdk`, used from text to text only: changing its syntax tree takes seconds and overflows
 * its stack from 200 branches of a UNION on. Loading takes 0.2 s and 200 MB, so it is done for the first query.
 */
export async function loadPolyglotTranslator(): Promise<SqlTranslator> {
  const { Dialect, transpile } = await import('@polyglot-sql/sdk');
  return {
    translate(sql) {
      const { success, sql: statements, error } = transpile(sql, Dialect.Databricks, Dialect.DuckDB);
      const [statement] = statements ?? [];
      if (!success || statement === undefined) throw parseError(error ?? 'the statement cannot be read');
      if (statements?.length !== 1) throw parseError('one statement is allowed');
      return statement;
    },
  };
}
