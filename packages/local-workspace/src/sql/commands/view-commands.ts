import { quotedTable } from './table-commands.ts';
import type { UnityColumn } from '../../unity/objects.ts';
import { quoteIdentifier } from '../quote.ts';
import { describeQuery, prepareConnection } from '../run-query.ts';
import type { PreparedQuery } from '../run-query.ts';
import { findTable, partsOf, requireSchema, requireTable, resolveTableName } from '../session.ts';
import type { ObjectName } from '../session.ts';
import type { Transaction } from '../../storage/storage.ts';
import { columnTypeText } from '../spark-type.ts';
import { expectView, parseError, tableExists } from '../sql-errors.ts';
import { sliceFrom } from '../statement-source.ts';
import { readProperties } from './clauses.ts';
import { change } from './command.ts';
import type { Command, CommandContext } from './command.ts';

interface NamedColumn {
  readonly name: string;
  readonly comment?: string;
}

/** CREATE [OR REPLACE] VIEW. A replaced view is a new object with a new id, unlike a table and unlike ALTER VIEW. */
export function createView(orReplace: boolean): Command {
  return async (context) => {
    const { session, source, cursor, queries } = context;
    const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
    const name = resolveTableName(session, cursor.dottedName());
    const named = cursor.takeSymbol('(') ? readNames(context) : undefined;
    const { comment, properties } = readClauses(context);
    cursor.expect('AS');
    const body = cursor.rest();
    requireSchema(session, name);
    const query = await queries.prepare(session, body, 'stored');
    return change(session, async (transaction) => {
      const found = findTable(session, name);
      if (found !== undefined && ifNotExists) return;
      if (found !== undefined && !orReplace) throw tableExists(partsOf(name));
      if (found !== undefined && found.viewDefinition === undefined) throw expectView(partsOf(name));
      await prepareConnection(transaction.connection, session);
      const columns = await replaceView({ transaction, name, query, named });
      if (found !== undefined) await session.unity.dropTable(transaction, found);
      await session.unity.registerTable(transaction, {
        ...name,
        tableType: 'VIEW',
        columns,
        owner: session.caller.userName,
        properties: { ...properties },
        viewDefinition: sliceFrom(source, body),
        ...(comment === undefined ? {} : { comment }),
      });
    });
  };
}

/** ALTER VIEW name AS query: keeps id, properties and tags, and loses the comments of columns. */
export async function alterViewQuery(context: CommandContext, name: ObjectName) {
  const { session, source, cursor, queries } = context;
  const body = cursor.rest();
  const existing = requireTable(session, name);
  if (existing.viewDefinition === undefined) throw expectView(partsOf(name));
  const query = await queries.prepare(session, body, 'stored');
  return change(session, async (transaction) => {
    const view = requireTable(session, name);
    if (view.viewDefinition === undefined) throw expectView(partsOf(name));
    await prepareConnection(transaction.connection, session);
    const columns = await replaceView({ transaction, name, query, named: undefined });
    const viewDefinition = sliceFrom(source, body);
    await session.unity.updateTable(transaction, { ...view, columns, viewDefinition, updatedAt: session.now });
  });
}

async function replaceView(options: {
  readonly transaction: Transaction;
  readonly name: ObjectName;
  readonly query: PreparedQuery;
  readonly named: readonly NamedColumn[] | undefined;
}): Promise<readonly UnityColumn[]> {
  const { transaction, name, query, named } = options;
  const columns = await describeQuery(transaction.connection, query);
  if (named !== undefined && named.length !== columns.length) {
    throw parseError(`the view names ${named.length} columns and its query has ${columns.length}`);
  }
  const list = named === undefined ? '' : ` (${named.map((column) => quoteIdentifier(column.name)).join(', ')})`;
  await transaction.connection.run(`CREATE OR REPLACE VIEW ${quotedTable(name)}${list} AS ${query.sql}`);
  return columns.map((column, index) => {
    const { name: given, comment } = named?.[index] ?? { name: column.name };
    return {
      name: given,
      typeText: columnTypeText(column.type),
      nullable: true,
      ...(comment === undefined ? {} : { comment }),
    };
  });
}

function readNames({ cursor }: CommandContext): readonly NamedColumn[] {
  const columns: NamedColumn[] = [];
  do {
    const name = cursor.name();
    const comment = cursor.take('COMMENT') ? cursor.string() : undefined;
    columns.push({ name, ...(comment === undefined ? {} : { comment }) });
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return columns;
}

function readClauses({ cursor }: CommandContext): {
  readonly comment: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
} {
  let comment: string | undefined;
  let properties: Readonly<Record<string, string>> = {};
  for (;;) {
    if (cursor.take('COMMENT')) comment = cursor.string();
    else if (cursor.take('TBLPROPERTIES')) properties = readProperties(cursor);
    else if (cursor.take('WITH', 'SCHEMA')) cursor.name();
    else return { comment, properties };
  }
}
