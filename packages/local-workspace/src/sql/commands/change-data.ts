import type { DuckDBConnection } from '@duckdb/node-api';
import { quotedTable } from './table-name.ts';
import { runBound } from '../parameters.ts';
import { prepareConnection } from '../run-query.ts';
import type { PreparedQuery, QueryRunner } from '../run-query.ts';
import { fullNameOf, partsOf, requireTable } from '../session.ts';
import type { ObjectName, Session } from '../session.ts';
import { SqlError } from '../statement-engine.ts';
import { tokenize } from '../lexer.ts';
import { nameTokens, symbolToken, wordToken } from '../tokens.ts';
import { committed } from './command.ts';
import type { CommandContext } from './command.ts';

/** A change of the rows of one table; `apply` runs on the connection of the transaction. */
export interface DataChange<Result> {
  readonly name: ObjectName;
  /** As the history of the table names it. */
  readonly operation: string;
  readonly apply: (connection: DuckDBConnection) => Promise<Result>;
}

/** Runs the change, enforces the checks and counts the Delta version up in one transaction. */
export async function changeData<Result>(
  { session, queries }: Pick<CommandContext, 'session' | 'queries'>,
  change: DataChange<Result>,
): Promise<Result> {
  const { name, operation, apply } = change;
  const checks = await prepareChecks(session, queries, name);
  return session.storage.transaction(async (transaction) => {
    const table = requireTable(session, name);
    await prepareConnection(transaction.connection, session);
    const result = await apply(transaction.connection);
    for (const check of checks) await enforce(transaction.connection, check);
    await session.unity.updateTable(transaction, committed(session, table, operation));
    return result;
  });
}

/** Number of rows that a statement changed. */
export async function changedRows(
  connection: DuckDBConnection,
  query: Pick<PreparedQuery, 'sql' | 'parameters'>,
): Promise<number> {
  const reader = await runBound(connection, query);
  return Number(reader.getRows()[0]?.[0] ?? 0);
}

interface Check {
  readonly name: string;
  readonly table: string;
  readonly expression: string;
  readonly query: PreparedQuery;
}

async function prepareChecks(session: Session, queries: QueryRunner, name: ObjectName): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const constraint of requireTable(session, name).constraints ?? []) {
    const { expression } = constraint;
    if (expression === undefined) continue;
    const violating = [
      wordToken('SELECT'),
      wordToken('TRUE'),
      wordToken('FROM'),
      ...nameTokens(partsOf(name)),
      wordToken('WHERE'),
      wordToken('NOT'),
      symbolToken('('),
      ...tokenize(expression),
      symbolToken(')'),
      wordToken('LIMIT'),
      oneToken,
    ];
    const query = await queries.prepare({ ...session, modified: fullNameOf(name) }, violating, 'once');
    checks.push({ name: constraint.name, table: quotedTable(name), expression, query });
  }
  return checks;
}

const oneToken = { ...wordToken('1'), kind: 'number' as const };

async function enforce(connection: DuckDBConnection, check: Check): Promise<void> {
  const reader = await connection.runAndReadAll(check.query.sql);
  if (reader.currentRowCount === 0) return;
  const message = `CHECK constraint ${check.name} (${check.expression}) violated by row.`;
  throw new SqlError('DELTA_VIOLATE_CONSTRAINT_WITH_VALUES', '23001', message);
}
