import type { DuckDBConnection } from '@duckdb/node-api';
import type { UnityColumn } from '../../unity/objects.ts';
import type { Transaction } from '../../storage/storage.ts';
import { quoteIdentifier } from '../quote.ts';
import { runBound } from '../parameters.ts';
import { readType } from '../read-type.ts';
import { describeQuery, prepareConnection } from '../run-query.ts';
import type { PreparedQuery, QueryColumn } from '../run-query.ts';
import { duckdbSchema, findTable, partsOf, requireSchema, requireTable, resolveTableName } from '../session.ts';
import type { ObjectName, Session } from '../session.ts';
import { columnTypeText, duckdbTypeText } from '../spark-type.ts';
import { columnExists, columnNotFound, expectTable, expectView, tableExists, unsupported } from '../sql-errors.ts';
import { readProperties } from './clauses.ts';
import { change, noResult } from './command.ts';
import type { Command, CommandContext } from './command.ts';

interface ColumnDefinition extends QueryColumn {
  readonly nullable: boolean;
  readonly comment?: string;
}

interface TableDefinition {
  readonly columns: readonly ColumnDefinition[] | undefined;
  readonly comment: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

/** `"prod.ml"."churn"` */
export function quotedTable(name: ObjectName): string {
  return `${quoteIdentifier(duckdbSchema(name))}.${quoteIdentifier(name.name)}`;
}

/** CREATE [OR REPLACE] TABLE. A replaced table keeps its id, as Delta tables do; its data and version move on. */
export function createTable(orReplace: boolean): Command {
  return async (context) => {
    const { session, cursor, queries } = context;
    const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
    const name = resolveTableName(session, cursor.dottedName());
    const definition = readDefinition(context);
    const body = cursor.take('AS') ? cursor.rest() : undefined;
    if (body === undefined) cursor.expectEnd();
    requireSchema(session, name);
    const query = body === undefined ? undefined : await queries.prepare(session, body, 'once');
    if (query !== undefined && definition.columns !== undefined)
      throw unsupported('CREATE TABLE with columns and a query');
    if (query === undefined && definition.columns === undefined) throw unsupported('a table without columns');
    return change(session, async (transaction) => {
      const found = findTable(session, name);
      if (found !== undefined && ifNotExists) return;
      if (found !== undefined && !orReplace) throw tableExists(partsOf(name));
      if (found?.viewDefinition !== undefined) throw expectTable(partsOf(name));
      await createInTransaction({ session, transaction, name, definition, query });
    });
  };
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
  };
  if (existing === undefined) {
    await session.unity.registerTable(transaction, {
      ...name,
      ...facts,
      tableType: 'MANAGED',
      owner: session.caller.userName,
    });
    return;
  }
  const { comment: _replaced, ...kept } = existing;
  await session.unity.updateTable(transaction, {
    ...kept,
    ...facts,
    version: existing.version + 1,
    updatedAt: session.now,
  });
}

async function insertQuery(connection: DuckDBConnection, name: ObjectName, query: PreparedQuery): Promise<void> {
  await runBound(connection, { ...query, sql: `INSERT INTO ${quotedTable(name)} ${query.sql}` });
}

function columnText(column: ColumnDefinition): string {
  return `${quoteIdentifier(column.name)} ${duckdbTypeText(column.type)}${column.nullable ? '' : ' NOT NULL'}`;
}

function unityColumn({ name, type, nullable, comment }: ColumnDefinition): UnityColumn {
  return { name, typeText: columnTypeText(type), nullable, ...(comment === undefined ? {} : { comment }) };
}

function readDefinition({ cursor }: CommandContext): TableDefinition {
  const columns = cursor.takeSymbol('(') ? readColumns({ cursor }) : undefined;
  let comment: string | undefined;
  let properties: Readonly<Record<string, string>> = {};
  for (;;) {
    if (cursor.take('USING')) {
      const format = cursor.name();
      if (format.toUpperCase() !== 'DELTA') throw unsupported(`a table in format ${format}`);
    } else if (cursor.take('COMMENT')) comment = cursor.string();
    else if (cursor.take('TBLPROPERTIES')) properties = readProperties(cursor);
    else if (cursor.take('PARTITIONED', 'BY') || cursor.take('CLUSTER', 'BY')) {
      // Layout of files, of which there are none here.
      cursor.expectSymbol('(');
      cursor.untilClosing();
    } else return { columns, comment, properties };
  }
}

function readColumns({ cursor }: Pick<CommandContext, 'cursor'>): readonly ColumnDefinition[] {
  const columns: ColumnDefinition[] = [];
  do {
    const name = cursor.name();
    const type = readType(cursor);
    const nullable = !cursor.take('NOT', 'NULL');
    const comment = cursor.take('COMMENT') ? cursor.string() : undefined;
    if (columns.some((column) => column.name.toLowerCase() === name.toLowerCase())) throw columnExists(name);
    columns.push({ name, type, nullable, ...(comment === undefined ? {} : { comment }) });
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return columns;
}

/** DROP TABLE or DROP VIEW; each refuses the other kind. */
export function dropTable(kind: 'table' | 'view'): Command {
  return async ({ session, cursor }) => {
    const ifExists = cursor.take('IF', 'EXISTS');
    const name = resolveTableName(session, cursor.dottedName());
    cursor.expectEnd();
    if (ifExists && findTable(session, name) === undefined) return noResult;
    return change(session, async (transaction) => {
      const found = requireTable(session, name);
      const isView = found.viewDefinition !== undefined;
      if (isView && kind === 'table') throw expectTable(partsOf(name));
      if (!isView && kind === 'view') throw expectView(partsOf(name));
      await transaction.connection.run(`DROP ${isView ? 'VIEW' : 'TABLE'} ${quotedTable(name)}`);
      await session.unity.dropTable(transaction, found);
    });
  };
}

/** ALTER TABLE name ADD COLUMN[S] (...) or ADD COLUMN a INT. */
export async function addColumns({ session, cursor }: CommandContext, name: ObjectName): Promise<typeof noResult> {
  const bracketed = cursor.takeSymbol('(');
  const added = bracketed ? readColumns({ cursor }) : [readColumn(cursor)];
  cursor.expectEnd();
  return change(session, async (transaction) => {
    const table = requireTable(session, name);
    if (table.viewDefinition !== undefined) throw expectTable(partsOf(name));
    for (const column of added) {
      const clash = table.columns.some((known) => known.name.toLowerCase() === column.name.toLowerCase());
      if (clash) throw columnExists(column.name);
      if (!column.nullable) throw unsupported('ADD COLUMN with NOT NULL');
      await transaction.connection.run(`ALTER TABLE ${quotedTable(name)} ADD COLUMN ${columnText(column)}`);
    }
    const columns = [...table.columns, ...added.map(unityColumn)];
    await session.unity.updateTable(transaction, {
      ...table,
      columns,
      version: table.version + 1,
      updatedAt: session.now,
    });
  });
}

function readColumn(cursor: CommandContext['cursor']): ColumnDefinition {
  const name = cursor.name();
  const type = readType(cursor);
  const comment = cursor.take('COMMENT') ? cursor.string() : undefined;
  return { name, type, nullable: true, ...(comment === undefined ? {} : { comment }) };
}

/** ALTER TABLE name DROP COLUMN[S] a or (a, b); tags of the column go with it. */
export async function dropColumns({ session, cursor }: CommandContext, name: ObjectName): Promise<typeof noResult> {
  const bracketed = cursor.takeSymbol('(');
  const dropped: string[] = [];
  do dropped.push(cursor.name());
  while (bracketed && cursor.takeSymbol(','));
  if (bracketed) cursor.expectSymbol(')');
  cursor.expectEnd();
  return change(session, async (transaction) => {
    const table = requireTable(session, name);
    if (table.viewDefinition !== undefined) throw expectTable(partsOf(name));
    const names = table.columns.map((column) => column.name);
    for (const column of dropped) {
      const found = names.find((known) => known.toLowerCase() === column.toLowerCase());
      if (found === undefined) throw columnNotFound(column, names);
      await transaction.connection.run(`ALTER TABLE ${quotedTable(name)} DROP COLUMN ${quoteIdentifier(found)}`);
      const entityName = `${partsOf(name).join('.')}.${found}`;
      for (const tag of session.unity.tags('columns', entityName)) await session.unity.removeTag(transaction, tag);
    }
    const gone = new Set(dropped.map((column) => column.toLowerCase()));
    const columns = table.columns.filter((column) => !gone.has(column.name.toLowerCase()));
    await session.unity.updateTable(transaction, {
      ...table,
      columns,
      version: table.version + 1,
      updatedAt: session.now,
    });
  });
}
