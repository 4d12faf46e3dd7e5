import type { DuckDBConnection } from '@duckdb/node-api';
import { guardQuery } from './query-guard.ts';
import { qualifyNames } from './qualify-names.ts';
import { resolveTypes } from './resolve-types.ts';
import { resolveFunctions } from './resolve-functions.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { castParameters, findParameter, runBound } from './parameters.ts';
import type { BoundParameter } from './parameters.ts';
import { nameColumns } from './name-columns.ts';
import { expandValues } from './expand-values.ts';
import { rewriteClauses } from './rewrite-clauses.ts';
import { cellText } from './result-cells.ts';
import { duckdbSchema } from './session.ts';
import type { Session } from './session.ts';
import type { FunctionObject } from '../unity/objects.ts';
import { nowVariable } from './functions/date-macros.ts';
import { catalogVariable, namesVariable, principalVariable, schemaVariable } from './functions/other-macros.ts';
import { namesOf } from '../principals/caller.ts';
import { unsupported } from './sql-errors.ts';
import { sparkTypeOf, typeName, typeText } from './spark-type.ts';
import type { SparkType } from './spark-type.ts';
import type { StatementResult } from './statement-engine.ts';
import { isSymbol } from './tokens.ts';
import { quoteLiteral } from './quote.ts';

/** A query as DuckDB runs it. Nothing in it can read a file; see `guardQuery`. */
export interface PreparedQuery {
  readonly sql: string;
  readonly parameters: readonly BoundParameter[];
  /** Full names of the tables and views that it reads. */
  readonly reads: readonly string[];
}

export interface QueryColumn {
  readonly name: string;
  readonly type: SparkType;
}

export interface QueryRunner {
  /** Checks names, translates and guards. `stored` is for views, which cannot hold parameters or read metadata. */
  prepare(session: Session, tokens: readonly Token[], use: 'once' | 'stored'): Promise<PreparedQuery>;
  run(session: Session, query: PreparedQuery): Promise<StatementResult>;
}

export function createQueryRunner(
  install: (session: Session, queries: QueryRunner, found: FunctionObject) => Promise<void>,
): QueryRunner {
  /** Function ids with the time of the version that DuckDB has as a macro. */
  const installed = new Map<string, number>();
  async function ensureInstalled(session: Session, found: FunctionObject): Promise<void> {
    if (installed.get(found.functionId) === found.updatedAt) return;
    await install(session, runner, found);
    installed.set(found.functionId, found.updatedAt);
  }
  const runner: QueryRunner = {
    async prepare(session, tokens, use) {
      const named = rewriteClauses(expandValues(tokens));
      const parameters = usedParameters(session, named);
      if (use === 'stored' && parameters.length > 0) throw unsupported('a view cannot contain parameters');
      const { tokens: resolved, functions } = resolveFunctions(session, nameColumns(named));
      for (const found of functions) await ensureInstalled(session, found);
      const query = qualifyNames(session, castParameters(resolved, session.parameters));
      const { tables, reads, informationViews } = query;
      if (use === 'stored' && informationViews.length > 0) throw unsupported('a view over information_schema');
      await session.information.refresh(session.caller, informationViews);
      // The translator keeps `:p0` as it is; DuckDB writes it `$p0`.
      const branches = (await session.translator.translate(query.tokens)).map(markersToDuckDB);
      return session.storage.query(async (connection) => {
        await guardQuery(connection, {
          sql: branches.join(' UNION ALL '),
          tables,
          functions: functions.map((found) => [duckdbSchema(found), found.name]),
        });
        const resolved: string[] = [];
        for (const branch of branches) resolved.push(await resolveTypes(connection, branch));
        return { sql: resolved.join(' UNION ALL '), parameters, reads };
      });
    },
    run: async (session, query) =>
      session.storage.query(async (connection) => {
        await prepareConnection(connection, session);
        const reader = await runBound(connection, query);
        const types = reader.columnTypes().map(sparkTypeOf);
        const columns = reader
          .deduplicatedColumnNames()
          .map((_, index) => columnAt(reader.columnNames(), types, index));
        return {
          columns: columns.map(({ name, type }) => ({ name, typeName: typeName(type), typeText: typeText(type) })),
          rows: reader
            .getRows()
            .map((row) => row.map((value, index) => cellText(value, columnAt([], types, index).type))),
        };
      }),
  };
  return runner;
}

function columnAt(names: readonly string[], types: readonly SparkType[], index: number): QueryColumn {
  const type = types[index];
  if (type === undefined) throw new RangeError(`no column ${index} in the result`);
  return { name: names[index] ?? '', type };
}

/** Names and types of a query, without running it. */
export async function describeQuery(
  connection: DuckDBConnection,
  query: PreparedQuery,
): Promise<readonly QueryColumn[]> {
  const statement = await connection.prepare(query.sql);
  const columns = Array.from({ length: statement.columnCount }, (_, index) => ({
    name: statement.columnName(index),
    type: sparkTypeOf(statement.columnType(index)),
  }));
  statement.destroySync();
  return columns;
}

/** Sets what the macros of a statement read: the clock and the caller. */
export async function prepareConnection(
  connection: DuckDBConnection,
  session: Pick<Session, 'now' | 'caller' | 'catalog' | 'schema'>,
): Promise<void> {
  const now = new Date(session.now).toISOString().replace('T', ' ').replace('Z', '');
  const names = namesOf(session.caller).map((name) => quoteLiteral(name.toLowerCase()));
  const variables = [
    [nowVariable, quoteLiteral(now)],
    [principalVariable, quoteLiteral(session.caller.userName)],
    [namesVariable, `[${names.join(', ')}]`],
    [catalogVariable, quoteLiteral(session.catalog)],
    [schemaVariable, quoteLiteral(session.schema)],
  ];
  await connection.run(variables.map(([name, value]) => `SET VARIABLE ${name} = ${value}`).join(';'));
}

function usedParameters(session: Session, tokens: readonly Token[]): readonly BoundParameter[] {
  const markers = tokens.filter((token) => token.kind === 'parameter');
  return [...new Set(markers.map((token) => findParameter(token.value, session.parameters)))];
}

/** DuckDB has no token `:p0`, so that a colon before a word, outside literals, is a marker. */
function markersToDuckDB(sql: string): string {
  const tokens = tokenize(sql, 'duckdb');
  let text = '';
  let position = 0;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    const isMarker = isSymbol(token, ':') && next?.spaced === false && /^p\d+$/.test(next.text);
    if (!isMarker) continue;
    text += `${sql.slice(position, token.start)}$`;
    position = token.end;
  }
  return text + sql.slice(position);
}
