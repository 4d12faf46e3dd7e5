import { changeData, changedRows } from './change-data.ts';
import { countTable } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { readAssignment } from './find-column.ts';
import { requireModifiable } from './rights.ts';
import { quotedTable } from './table-name.ts';
import { quoteIdentifier } from '../quote.ts';
import type { PreparedQuery } from '../run-query.ts';
import { fullNameOf, partsOf, resolveTableName } from '../session.ts';
import type { ObjectName } from '../session.ts';
import type { Token } from '../lexer.ts';
import { isWord, nameToken, nameTokens, splitAt, symbolToken, wordToken } from '../tokens.ts';

/** DELETE FROM table [AS alias] [WHERE condition]. */
export const deleteFrom: Command = async (context) => {
  const { session, cursor } = context;
  const name = resolveTableName(session, cursor.dottedName());
  requireModifiable(session, name);
  const alias = readAlias(context);
  const query = await prepareRows(context, { name, alias, selected: [wordToken('1')], rest: cursor.rest() });
  const sql = `DELETE FROM ${quotedTable(name)} WHERE rowid IN (SELECT "__row" FROM (${query.sql}))`;
  const count = await changeData(context, {
    name,
    operation: 'DELETE',
    apply: async (connection) => changedRows(connection, { ...query, sql }),
  });
  return countTable({ num_affected_rows: count });
};

/** TRUNCATE TABLE table; Delta counts no rows. */
export const truncateTable: Command = async (context) => {
  const { session, cursor } = context;
  const name = resolveTableName(session, cursor.dottedName());
  cursor.expectEnd();
  requireModifiable(session, name);
  await changeData(context, {
    name,
    operation: 'TRUNCATE',
    apply: async (connection) => connection.run(`DELETE FROM ${quotedTable(name)}`),
  });
  return { columns: [], rows: [] };
};

/** UPDATE table [AS alias] SET column = expression, ... [WHERE condition]. */
export const updateTable: Command = async (context) => {
  const { session, cursor } = context;
  const name = resolveTableName(session, cursor.dottedName());
  const known = requireModifiable(session, name).columns.map((column) => column.name);
  const alias = readAlias(context);
  cursor.expect('SET');
  const assignments = splitAt(cursor.until('WHERE'), ',').map((tokens) => readAssignment(tokens, known));
  const selected = assignments.flatMap((assignment, index) => {
    if (assignment === undefined) throw cursor.fault();
    const separator = index === 0 ? [] : [symbolToken(',')];
    return [...separator, ...assignment.expression, wordToken('AS'), { ...nameToken(`__value${index}`), spaced: true }];
  });
  const query = await prepareRows(context, { name, alias, selected, rest: cursor.rest() });
  const set = assignments.map((assignment, index) => {
    return `${quoteIdentifier(assignment?.column ?? '')} = "__new"."__value${index}"`;
  });
  const sql = `UPDATE ${quotedTable(name)} AS "__old" SET ${set.join(', ')} FROM (${query.sql}) AS "__new" WHERE "__old".rowid = "__new"."__row"`;
  const count = await changeData(context, {
    name,
    operation: 'UPDATE',
    apply: async (connection) => changedRows(connection, { ...query, sql }),
  });
  return countTable({ num_affected_rows: count });
};

/** `[AS] alias` before SET, WHERE or USING. */
export function readAlias({ cursor }: Pick<CommandContext, 'cursor'>): string | undefined {
  if (cursor.take('AS')) return cursor.name();
  const next = cursor.peek();
  const isAlias = next !== undefined && (next.kind === 'name' || next.kind === 'word');
  return isAlias && !isWord(next, 'SET', 'WHERE', 'USING', 'ON') ? cursor.name() : undefined;
}

/**
 * The rows of a change as a query, so that names, functions and the guard work as in any query; the change itself only
 * names a table and row numbers.
 */
async function prepareRows(
  { session, cursor, queries }: CommandContext,
  change: {
    readonly name: ObjectName;
    readonly alias: string | undefined;
    readonly selected: readonly Token[];
    readonly rest: readonly Token[];
  },
): Promise<PreparedQuery> {
  const { name, alias, selected, rest } = change;
  if (!isWord(rest[0], 'WHERE') && rest.length > 0) throw cursor.fault();
  const query = [
    wordToken('SELECT'),
    ...selected,
    symbolToken(','),
    ...rowNumber(alias),
    wordToken('AS'),
    { ...nameToken('__row'), spaced: true },
    wordToken('FROM'),
    ...nameTokens(partsOf(name)),
    ...(alias === undefined ? [] : [wordToken('AS'), { ...nameToken(alias), spaced: true }]),
    ...rest,
  ];
  return queries.prepare({ ...session, modified: fullNameOf(name) }, query, 'once');
}

function rowNumber(alias: string | undefined): readonly Token[] {
  const row = wordToken('rowid');
  return alias === undefined
    ? [row]
    : [{ ...nameToken(alias), spaced: true }, symbolToken('.'), { ...row, spaced: false }];
}
