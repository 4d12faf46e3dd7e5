import { quoteIdentifier } from '../quote.ts';
import { quotedTable } from './table-commands.ts';
import { runBound } from '../parameters.ts';
import { prepareConnection } from '../run-query.ts';
import type { PreparedQuery } from '../run-query.ts';
import { partsOf, requireTable, resolveTableName } from '../session.ts';
import type { ObjectName, Session } from '../session.ts';
import { columnNotFound, expectTable } from '../sql-errors.ts';
import type { Token } from '../lexer.ts';
import { isSymbol, isWord, nameToken, nameTokens, splitAt, symbolToken, wordToken } from '../tokens.ts';
import { countTable } from './command.ts';
import type { Command, CommandContext } from './command.ts';

/** INSERT INTO table [(columns)] query. */
export const insertInto: Command = async (context) => {
  const { session, cursor, queries } = context;
  cursor.take('TABLE');
  const name = requireData(session, cursor.dottedName());
  const isList = isSymbol(cursor.peek(), '(') && cursor.takeSymbol('(');
  const columns = isList ? cursor.untilClosing() : undefined;
  const query = await queries.prepare(session, cursor.rest(), 'once');
  const known = requireTable(session, name).columns.map((column) => column.name);
  const list = columns === undefined ? '' : ` (${readNames(columns, known).map(quoteIdentifier).join(', ')})`;
  const count = await changeData(session, {
    name,
    query: { ...query, sql: `INSERT INTO ${quotedTable(name)}${list} ${query.sql}` },
  });
  return countTable(['num_affected_rows', 'num_inserted_rows'], count);
};

/** DELETE FROM table [WHERE condition]. */
export const deleteFrom: Command = async (context) => {
  const { session, cursor } = context;
  const name = requireData(session, cursor.dottedName());
  const where = cursor.rest();
  const { sql, parameters } = await prepareCondition(context, { name, selected: [wordToken('1')], rest: where });
  const count = await changeData(session, {
    name,
    query: { parameters, sql: `DELETE FROM ${quotedTable(name)} WHERE rowid IN (SELECT "__row" FROM (${sql}))` },
  });
  return countTable(['num_affected_rows'], count);
};

/** UPDATE table SET column = expression, ... [WHERE condition]. */
export const updateTable: Command = async (context) => {
  const { session, cursor } = context;
  const name = requireData(session, cursor.dottedName());
  cursor.expect('SET');
  const body = cursor.rest();
  const end = endOfAssignments(body);
  const known = requireTable(session, name).columns.map((column) => column.name);
  const assignments = splitAt(body.slice(0, end), ',').map((tokens) => readAssignment(context, { tokens, known }));
  const selected = assignments.flatMap(({ expression }, index) => [
    ...(index === 0 ? [] : [symbolToken(',')]),
    ...expression,
    wordToken('AS'),
    { ...nameToken(`__value${index}`), spaced: true },
  ]);
  const { sql, parameters } = await prepareCondition(context, { name, selected, rest: body.slice(end) });
  const set = assignments.map(({ column }, index) => `${quoteIdentifier(column)} = "__new"."__value${index}"`);
  const count = await changeData(session, {
    name,
    query: {
      parameters,
      sql: `UPDATE ${quotedTable(name)} AS "__old" SET ${set.join(', ')} FROM (${sql}) AS "__new" WHERE "__old".rowid = "__new"."__row"`,
    },
  });
  return countTable(['num_affected_rows'], count);
};

/**
 * The rows of a change as a query, so that names, functions and the guard work as in any query; the change itself only
 * names a table and row numbers.
 */
async function prepareCondition(
  { session, cursor, queries }: CommandContext,
  change: { readonly name: ObjectName; readonly selected: readonly Token[]; readonly rest: readonly Token[] },
): Promise<PreparedQuery> {
  const { name, selected, rest } = change;
  const alias = isWord(rest[0], 'WHERE') || rest.length === 0 ? [] : undefined;
  if (alias === undefined) throw cursor.fault();
  const query = [
    wordToken('SELECT'),
    ...selected,
    symbolToken(','),
    wordToken('rowid'),
    wordToken('AS'),
    { ...nameToken('__row'), spaced: true },
    wordToken('FROM'),
    ...nameTokens(partsOf(name)),
    ...rest,
  ];
  return queries.prepare(session, query, 'once');
}

function endOfAssignments(tokens: readonly Token[]): number {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (isSymbol(token, '(')) depth += 1;
    if (isSymbol(token, ')')) depth -= 1;
    if (depth === 0 && isWord(token, 'WHERE')) return index;
  }
  return tokens.length;
}

function readAssignment(
  { cursor }: CommandContext,
  assignment: { readonly tokens: readonly Token[]; readonly known: readonly string[] },
): { readonly column: string; readonly expression: readonly Token[] } {
  const { tokens, known } = assignment;
  const expression = tokens.slice(2);
  if (!isSymbol(tokens[1], '=') || expression.length === 0) throw cursor.fault();
  return { column: findColumn(tokens[0]?.value ?? '', known), expression };
}

function readNames(tokens: readonly Token[], known: readonly string[]): readonly string[] {
  return splitAt(tokens, ',').map((part) => findColumn(part.length === 1 ? (part[0]?.value ?? '') : '', known));
}

function findColumn(given: string, known: readonly string[]): string {
  const column = known.find((name) => name.toLowerCase() === given.toLowerCase());
  if (column === undefined) throw columnNotFound(given, known);
  return column;
}

function requireData(session: Session, parts: readonly string[]): ObjectName {
  const name = resolveTableName(session, parts);
  if (requireTable(session, name).viewDefinition !== undefined) throw expectTable(partsOf(name));
  return name;
}

/** Runs the change and counts the Delta version up in one transaction; answers the number of rows. */
async function changeData(
  session: Session,
  change: { readonly name: ObjectName; readonly query: PreparedQuery },
): Promise<number> {
  return session.storage.transaction(async (transaction) => {
    const table = requireTable(session, change.name);
    await prepareConnection(transaction.connection, session);
    const reader = await runBound(transaction.connection, change.query);
    await session.unity.updateTable(transaction, { ...table, version: table.version + 1, updatedAt: session.now });
    return Number(reader.getRows()[0]?.[0] ?? 0);
  });
}
