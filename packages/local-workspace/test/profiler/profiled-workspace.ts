import { DuckDBInstance, type DuckDBConnection, type Json } from '@duckdb/node-api';
import { systemCaller } from '../../src/principals/caller.ts';
import type { ProfiledTable, ProfileRequest, ProfileResult } from '../../src/profiler/profile-request.ts';
import { refreshProfile } from '../../src/profiler/refresh-profile.ts';
import { loadPolyglotTranslator } from '../../src/sql/sql-translator.ts';
import { createExpressionTranslator } from '../../src/sql/translate-expression.ts';
import { createQueryTranslator } from '../../src/sql/translate-query.ts';

export type Row = Readonly<Record<string, Json>>;

export interface ProfiledWorkspace {
  readonly connection: DuckDBConnection;
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly Row[]>;
  /** The only row of a query. */
  row(sql: string): Promise<Row>;
  refresh(request: RefreshRequest): Promise<ProfileResult>;
}

export type RefreshRequest = Partial<ProfileRequest> & Pick<ProfileRequest, 'table' | 'profile'>;

export const now = new Date('2026-07-15T10:00:00Z');

const translator = createQueryTranslator(loadPolyglotTranslator);
const session = { now: now.getTime(), caller: systemCaller('1', 'ann@example.com'), catalog: 'prod', schema: 'ml' };

/** A DuckDB in memory in which metric tables are called `"prod.out".profile` and `"prod.out".drift`. */
export async function withWorkspace(work: (workspace: ProfiledWorkspace) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run('CREATE SCHEMA "prod.out"');
  const rows = async (sql: string): Promise<readonly Row[]> =>
    (await connection.runAndReadAll(sql)).getRowObjectsJson();
  await work({
    connection,
    rows,
    run: async (sql) => {
      await connection.run(sql);
    },
    row: async (sql) => {
      const [first, ...others] = await rows(sql);
      if (first === undefined || others.length > 0) throw new Error(`expected one row of ${sql}`);
      return first;
    },
    refresh: async (request) => {
      await connection.run('BEGIN');
      const result = await refreshProfile({
        connection,
        slicingExpressions: [],
        customMetrics: [],
        expressions: createExpressionTranslator({ connection, translator, session }),
        profileMetricsTable: '"prod.out"."profile"',
        driftMetricsTable: '"prod.out"."drift"',
        monitorVersion: 2,
        commitVersion: 7,
        now,
        ...request,
      });
      await connection.run('COMMIT');
      return result;
    },
  });
  connection.closeSync();
  instance.closeSync();
}

/** `table('t', 'a bigint, b string')`. */
export function table(from: string, columns: string): ProfiledTable {
  return {
    from,
    columns: columns.split(', ').map((column) => {
      const [name = '', typeText = ''] = column.split(' ');
      return { name, typeText, nullable: true };
    }),
  };
}
