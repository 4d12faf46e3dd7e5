import type { DuckDBConnection, DuckDBResultReader } from '@duckdb/node-api';
import { SqlError } from './statement-engine.ts';
import type { StatementRequest } from './statement-engine.ts';
import { scalarNamed, typeText } from './spark-type.ts';
import type { Token } from './lexer.ts';
import { symbolToken, wordToken } from './tokens.ts';

/** A value for a marker. It never becomes text of a statement: it is bound, under a name made here, to a prepared one. */
export interface BoundParameter {
  /** A Spark DDL type made from checked parts, so that it is safe as text. */
  readonly typeText: string;
  readonly value: string | null;
  /** Name of the DuckDB parameter: `p0`. */
  readonly key: string;
}

function invalid(message: string): SqlError {
  return new SqlError('INVALID_PARAMETER_VALUE', '22023', message);
}

/** Names are compared without case. An omitted value is NULL, an omitted type is STRING. */
export function readParameters(request: Pick<StatementRequest, 'parameters'>): ReadonlyMap<string, BoundParameter> {
  const parameters = new Map<string, BoundParameter>();
  for (const { name, value, type } of request.parameters ?? []) {
    const key = name.toLowerCase();
    if (parameters.has(key)) throw invalid(`parameter '${name}' is given twice`);
    parameters.set(key, { typeText: checkedType(type ?? 'STRING'), value: value ?? null, key: `p${parameters.size}` });
  }
  return parameters;
}

function checkedType(text: string): string {
  const decimal = /^\s*(?:DECIMAL|DEC|NUMERIC)\s*(?:\(\s*(\d{1,2})\s*(?:,\s*(\d{1,2})\s*)?\))?\s*$/i.exec(text);
  if (decimal !== null) return `DECIMAL(${decimal[1] ?? '10'},${decimal[2] ?? '0'})`;
  const type = scalarNamed(text.trim());
  if (type === undefined) throw invalid(`unsupported parameter type '${text}'`);
  return typeText(type);
}

/** `:name` becomes `CAST(:p0 AS TYPE)`, which the translator passes on. */
export function castParameters(
  tokens: readonly Token[],
  parameters: ReadonlyMap<string, BoundParameter>,
): readonly Token[] {
  return tokens.flatMap((token) => {
    if (token.kind !== 'parameter') return [token];
    const { key, typeText: type } = findParameter(token.value, parameters);
    const marker: Token = { ...token, text: `:${key}`, value: key, spaced: false };
    const cast = { ...wordToken('CAST'), spaced: true };
    return [
      cast,
      symbolToken('('),
      marker,
      wordToken('AS'),
      wordToken(type === 'VOID' ? 'STRING' : type),
      symbolToken(')'),
    ];
  });
}

export function findParameter(name: string, parameters: ReadonlyMap<string, BoundParameter>): BoundParameter {
  const parameter = parameters.get(name.toLowerCase());
  if (parameter !== undefined) return parameter;
  const message = `Found the unbound parameter: ${name}. Please, fix \`args\` and provide a mapping of the parameter to a SQL literal.`;
  throw new SqlError('UNBOUND_SQL_PARAMETER', '42P02', message);
}

/** Runs a statement in which the given parameters occur as `$p0`. */
export async function runBound(
  connection: DuckDBConnection,
  query: { readonly sql: string; readonly parameters: readonly BoundParameter[] },
): Promise<DuckDBResultReader> {
  const values = Object.fromEntries(query.parameters.map(({ key, value }) => [key, value]));
  return query.parameters.length === 0
    ? connection.runAndReadAll(query.sql)
    : connection.runAndReadAll(query.sql, values);
}
