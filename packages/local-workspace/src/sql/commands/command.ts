import type { Cursor } from '../cursor.ts';
import type { Transaction } from '../../storage/storage.ts';
import type { TableObject } from '../../unity/objects.ts';
import type { QueryRunner } from '../run-query.ts';
import type { Session } from '../session.ts';
import type { ResultColumn, StatementResult } from '../statement-engine.ts';
import type { StatementSource } from '../statement-source.ts';

/** What a command gets: its tokens behind the words that selected it. */
export interface CommandContext {
  readonly session: Session;
  readonly source: StatementSource;
  readonly cursor: Cursor;
  readonly queries: QueryRunner;
}

export type Command = (context: CommandContext) => Promise<StatementResult>;

export const noResult: StatementResult = { columns: [], rows: [] };

/** A result whose columns are all strings, as SHOW and DESCRIBE have. */
export function stringTable(names: readonly string[], rows: StatementResult['rows']): StatementResult {
  const columns: readonly ResultColumn[] = names.map((name) => ({ name, typeName: 'STRING', typeText: 'STRING' }));
  return { columns, rows };
}

/** Counts of rows, as INSERT, UPDATE and DELETE answer. */
export function countTable(counts: Readonly<Record<string, number>>): StatementResult {
  return {
    columns: Object.keys(counts).map((name) => ({ name, typeName: 'LONG', typeText: 'BIGINT' })),
    rows: [Object.values(counts).map(String)],
  };
}

/** Runs the change of a command; it has no result. */
export async function change(
  session: Session,
  work: (transaction: Transaction) => Promise<void>,
): Promise<StatementResult> {
  await session.storage.transaction(work);
  return noResult;
}

/** Commits that DESCRIBE HISTORY can show. */
const keptCommits = 30;

/** The table after one more commit of the caller. */
export function committed(session: Session, table: TableObject, operation: string): TableObject {
  const version = table.version + 1;
  const commit = { version, at: session.now, userName: session.caller.userName, operation };
  return { ...table, version, commits: [commit, ...(table.commits ?? [])].slice(0, keptCommits) };
}
