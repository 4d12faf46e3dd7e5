import { schemaSecurable, tableSecurable } from '../../access/securable.ts';
import type { Transaction } from '../../storage/storage.ts';
import type { UnityColumn } from '../../unity/objects.ts';
import { readProperties } from './clauses.ts';
import { change, noResult } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { quotedTable } from './table-name.ts';
import { quoteIdentifier } from '../quote.ts';
import { describeQuery, prepareConnection } from '../run-query.ts';
import type { PreparedQuery } from '../run-query.ts';
import { findTable, partsOf, requireSchema, requireTable, resolveTableName } from '../session.ts';
import type { ObjectName } from '../session.ts';
import { columnTypeText, duckdbTypeText } from '../spark-type.ts';
import { columnExists, expectView, materializedOnly, tableExists, viewArity } from '../sql-errors.ts';
import { sliceFrom } from '../statement-source.ts';

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
    session.access.require(
      session.caller,
      'CREATE_TABLE',
      schemaSecurable({ catalog: name.catalog, name: name.schema }),
    );
    const known = findTable(session, name);
    if (known !== undefined && ifNotExists) return noResult;
    if (known !== undefined && !orReplace) throw tableExists(partsOf(name));
    const query = await queries.prepare(session, body, 'stored');
    return change(session, async (transaction) => {
      const found = findTable(session, name);
      if (found !== undefined && ifNotExists) return;
      if (found !== undefined && !orReplace) throw tableExists(partsOf(name));
      if (found !== undefined) session.access.requireOwner(session.caller, tableSecurable(found));
      if (found?.tableType === 'MATERIALIZED_VIEW') throw materializedOnly(name, 'CREATE OR REPLACE VIEW');
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
        viewDependencies: query.reads,
        ...(comment === undefined ? {} : { comment }),
      });
    });
  };
}

/** ALTER VIEW name AS query: keeps id, grants, properties and tags, and loses the comments of columns (corrections 2). */
export async function alterViewQuery(context: CommandContext, name: ObjectName) {
  const { session, source, cursor, queries } = context;
  const body = cursor.rest();
  const existing = requireTable(session, name);
  if (existing.viewDefinition === undefined) throw expectView(partsOf(name));
  session.access.requireOwner(session.caller, tableSecurable(existing));
  if (existing.tableType === 'MATERIALIZED_VIEW') throw materializedOnly(name, 'ALTER VIEW ... AS');
  const query = await queries.prepare(session, body, 'stored');
  return change(session, async (transaction) => {
    const view = requireTable(session, name);
    await prepareConnection(transaction.connection, session);
    const columns = await replaceView({ transaction, name, query, named: undefined });
    const viewDefinition = sliceFrom(source, body);
    await session.unity.updateTable(transaction, {
      ...view,
      columns,
      viewDefinition,
      viewDependencies: query.reads,
      updatedAt: session.now,
    });
  });
}

/**
 * The DuckDB view names its columns and casts them to their types, as Spark keeps the schema of a view: it goes on working
 * when a table behind `SELECT *` gains a column.
 */
export async function replaceView(options: {
  readonly transaction: Transaction;
  readonly name: ObjectName;
  readonly query: PreparedQuery;
  readonly named: readonly NamedColumn[] | undefined;
}): Promise<readonly UnityColumn[]> {
  const { transaction, name, query, named } = options;
  const columns = await describeQuery(transaction.connection, query);
  if (named !== undefined && named.length !== columns.length) {
    throw viewArity(named.length, columns.length);
  }
  const names = columns.map((column, index) => named?.[index]?.name ?? column.name);
  const twice = names.find((given, index) => names.findIndex((other) => sameName(given, other)) < index);
  if (twice !== undefined) throw columnExists(twice);
  const distinct = columns.every(
    ({ name: given }, index) => columns.findIndex((other) => sameName(other.name, given)) === index,
  );
  const selected = columns.map(({ name: given, type }, index) => {
    const from = quoteIdentifier(distinct ? given : `c${index}`);
    return `CAST(${from} AS ${duckdbTypeText(type)}) AS ${quoteIdentifier(names[index] ?? given)}`;
  });
  const renamed = distinct ? '' : ` (${columns.map((_, index) => `"c${index}"`).join(', ')})`;
  await transaction.connection.run(
    `CREATE OR REPLACE VIEW ${quotedTable(name)} AS SELECT ${selected.join(', ')} FROM (${query.sql}) AS "__query"${renamed}`,
  );
  return columns.map((column, index) => {
    const comment = named?.[index]?.comment;
    const typeText = columnTypeText(column.type);
    return { name: names[index] ?? '', typeText, nullable: true, ...(comment === undefined ? {} : { comment }) };
  });
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** `(a COMMENT 'x', b)` */
export function readNames({ cursor }: Pick<CommandContext, 'cursor'>): readonly NamedColumn[] {
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
    else if (cursor.take('WITH', 'SCHEMA')) {
      if (!cursor.take('TYPE', 'EVOLUTION')) cursor.name();
    } else return { comment, properties };
  }
}
