import type { DuckDBConnection } from '@duckdb/node-api';
import { schemaSecurable, tableSecurable } from '../../access/securable.ts';
import type { Transaction } from '../../storage/storage.ts';
import { change, committed, noResult } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { columnText, readDefinition, unityColumn } from './table-definition.ts';
import type { ColumnDefinition, TableDefinition } from './table-definition.ts';
import { quotedTable } from './table-name.ts';
import { createCursor } from '../cursor.ts';
import { tokenize } from '../lexer.ts';
import { quoteIdentifier } from '../quote.ts';
import { runBound } from '../parameters.ts';
import { readType } from '../read-type.ts';
import { requireReadable } from '../readable.ts';
import { describeQuery, prepareConnection } from '../run-query.ts';
import type { PreparedQuery } from '../run-query.ts';
import { findTable, partsOf, requireSchema, resolveTableName } from '../session.ts';
import type { ObjectName, Session } from '../session.ts';
import { expectTable, tableExists, unsupported } from '../sql-errors.ts';
import { nameTokens, symbolToken, wordToken } from '../tokens.ts';

/** CREATE [OR REPLACE] TABLE. A replaced table keeps its id, as Delta tables do; its data and version move on. */
export function createTable(orReplace: boolean): Command {
  return async (context) => {
    const { session, cursor, queries } = context;
    const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
    const name = resolveTableName(session, cursor.dottedName());
    requireSchema(session, name);
    session.access.require(
      session.caller,
      'CREATE_TABLE',
      schemaSecurable({ catalog: name.catalog, name: name.schema }),
    );
    const copied = readCopied(context);
    const definition = copied?.definition ?? readDefinition(context, name.name);
    const body = copied?.body ?? (cursor.take('AS') ? cursor.rest() : undefined);
    cursor.expectEnd();
    const known = findTable(session, name);
    if (known !== undefined && ifNotExists) return noResult;
    if (known !== undefined && !orReplace) throw tableExists(partsOf(name));
    const query = body === undefined ? undefined : await queries.prepare(session, body, 'once');
    if (query !== undefined && definition.columns !== undefined)
      throw unsupported('CREATE TABLE with columns and a query');
    if (query === undefined && definition.columns === undefined) throw unsupported('a table without columns');
    return change(session, async (transaction) => {
      const found = findTable(session, name);
      if (found !== undefined && ifNotExists) return;
      if (found !== undefined && !orReplace) throw tableExists(partsOf(name));
      if (found?.viewDefinition !== undefined) throw expectTable(partsOf(name));
      if (found !== undefined) session.access.requireManage(session.caller, tableSecurable(found));
      await createInTransaction({ session, transaction, name, definition, query });
    });
  };
}

/** `LIKE source` takes the columns, `[SHALLOW | DEEP] CLONE source` the rows too. */
function readCopied(context: CommandContext) {
  const { session, cursor } = context;
  const like = cursor.take('LIKE');
  const clone = !like && (cursor.take('SHALLOW', 'CLONE') || cursor.take('DEEP', 'CLONE') || cursor.take('CLONE'));
  if (!like && !clone) return undefined;
  const source = requireReadable(session, resolveTableName(session, cursor.dottedName()));
  const columns = source.columns.map(({ name, typeText, nullable, comment }) => ({
    name,
    type: readType(createCursor(tokenize(typeText))),
    nullable,
    ...(comment === undefined ? {} : { comment }),
  }));
  const rest = readDefinition(context, source.name);
  const facts = {
    constraints: [],
    comment: rest.comment ?? source.comment,
    properties: { ...source.properties, ...rest.properties },
  };
  if (like) return { definition: { ...facts, columns, properties: rest.properties }, body: undefined };
  const body = [wordToken('SELECT'), symbolToken('*'), wordToken('FROM'), ...nameTokens(partsOf(source))];
  return { definition: { ...facts, columns: undefined }, body };
}

async function createInTransaction(options: {
  readonly session: Session;
  readonly transaction: Transaction;
  readonly name: ObjectName;
  readonly definition: TableDefinition;
  readonly query: PreparedQuery | undefined;
}): Promise<void> {
  const { session, transaction, name, definition, query } = options;
  const { connection } = transaction;
  await prepareConnection(connection, session);
  const columns: readonly ColumnDefinition[] =
    query === undefined
      ? (definition.columns ?? [])
      : (await describeQuery(connection, query)).map((column) => ({ ...column, nullable: true }));
  // A replaced table may read itself, so that the new one is filled before the old one goes.
  const existing = findTable(session, name);
  const filled = existing === undefined ? name : { ...name, name: `__new ${name.name}` };
  await connection.run(`CREATE TABLE ${quotedTable(filled)} (${columns.map(columnText).join(', ')})`);
  if (query !== undefined) await insertQuery(connection, filled, query);
  if (existing !== undefined) {
    await connection.run(`DROP TABLE ${quotedTable(name)}`);
    await connection.run(`ALTER TABLE ${quotedTable(filled)} RENAME TO ${quoteIdentifier(name.name)}`);
  }
  const facts = {
    columns: columns.map(unityColumn),
    properties: { ...definition.properties },
    ...(definition.comment === undefined ? {} : { comment: definition.comment }),
    ...(definition.constraints.length === 0 ? {} : { constraints: definition.constraints }),
  };
  if (existing === undefined) {
    const owner = session.caller.userName;
    const table = await session.unity.registerTable(transaction, { ...name, ...facts, tableType: 'MANAGED', owner });
    const operation = query === undefined ? 'CREATE TABLE' : 'CREATE TABLE AS SELECT';
    const commits = [{ version: 0, at: session.now, userName: owner, operation }];
    await session.unity.updateTable(transaction, { ...table, commits });
    return;
  }
  const { comment: _comment, constraints: _constraints, ...kept } = existing;
  const operation = query === undefined ? 'CREATE OR REPLACE TABLE' : 'CREATE OR REPLACE TABLE AS SELECT';
  await session.unity.updateTable(transaction, { ...committed(session, kept, operation), ...facts });
}

/** Runs the query into the table. */
export async function insertQuery(connection: DuckDBConnection, name: ObjectName, query: PreparedQuery): Promise<void> {
  await runBound(connection, { ...query, sql: `INSERT INTO ${quotedTable(name)} ${query.sql}` });
}
