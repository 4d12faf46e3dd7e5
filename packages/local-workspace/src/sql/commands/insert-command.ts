import type { DuckDBConnection } from '@duckdb/node-api';
import { changeData, changedRows } from './change-data.ts';
import { countTable } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { findColumn, readColumnList } from './find-column.ts';
import { requireModifiable } from './rights.ts';
import { quotedTable } from './table-name.ts';
import { quoteIdentifier } from '../quote.ts';
import { describeQuery } from '../run-query.ts';
import type { PreparedQuery } from '../run-query.ts';
import { wholeCasts } from '../functions/cast-macros.ts';
import { functionSchema } from '../functions/macro.ts';
import { columnTypeText } from '../spark-type.ts';
import { fullNameOf, partsOf, requireTable, resolveTableName } from '../session.ts';
import type { ObjectName } from '../session.ts';
import { insertArity, unsupported } from '../sql-errors.ts';
import type { Token } from '../lexer.ts';
import { isSymbol, isWord, nameTokens, symbolToken, wordToken } from '../tokens.ts';

interface Insert {
  readonly name: ObjectName;
  /** Columns in the order of the query. */
  readonly columns: readonly string[];
  readonly query: PreparedQuery;
}

/** INSERT INTO [TABLE] table [(columns)] [BY NAME] query, also with REPLACE WHERE condition. */
export const insertInto: Command = async (context) => {
  const { session, cursor } = context;
  cursor.take('TABLE');
  const name = resolveTableName(session, cursor.dottedName());
  const known = requireModifiable(session, name).columns.map((column) => column.name);
  const replaced = cursor.take('REPLACE', 'WHERE') ? await readReplaced(context, name) : undefined;
  const insert = await readInsert(context, name, known);
  const count = await changeData(context, {
    name,
    operation: 'WRITE',
    async apply(connection) {
      const rows = await stage(connection, insert);
      if (replaced !== undefined) await changedRows(connection, replaced);
      await unstage(connection, insert);
      return rows;
    },
  });
  return countTable({ num_affected_rows: count, num_inserted_rows: count });
};

/** INSERT OVERWRITE [TABLE] table [(columns)] [BY NAME] query */
export const insertOverwrite: Command = async (context) => {
  const { session, cursor } = context;
  if (isWord(cursor.peek(), 'DIRECTORY', 'LOCAL')) throw unsupported('INSERT OVERWRITE DIRECTORY');
  cursor.take('TABLE');
  const name = resolveTableName(session, cursor.dottedName());
  const known = requireModifiable(session, name).columns.map((column) => column.name);
  const insert = await readInsert(context, name, known);
  const count = await changeData(context, {
    name,
    operation: 'WRITE',
    async apply(connection) {
      // The query may read the table itself, so that it runs before the rows go.
      const rows = await stage(connection, insert);
      await connection.run(`DELETE FROM ${quotedTable(name)}`);
      await unstage(connection, insert);
      return rows;
    },
  });
  return countTable({ num_affected_rows: count, num_inserted_rows: count });
};

async function readInsert(context: CommandContext, name: ObjectName, known: readonly string[]): Promise<Insert> {
  const { session, cursor, queries } = context;
  const isList = isSymbol(cursor.peek(), '(') && !startsSubquery(cursor.peek(1)) && cursor.takeSymbol('(');
  const listed = isList ? readColumnList(cursor.untilClosing(), known) : undefined;
  const byName = cursor.take('BY', 'NAME');
  const prepared = await queries.prepare(session, cursor.rest(), 'once');
  const given = await session.storage.query(async (connection) => describeQuery(connection, prepared));
  const columns = byName ? given.map((column) => findColumn(column.name, known)) : (listed ?? known);
  if (given.length !== columns.length)
    throw insertArity(
      partsOf(name),
      columns,
      given.map((column) => column.name),
    );
  const types = requireTable(session, name).columns;
  const cells = columns.map((column, index) => {
    const type = types.find((known) => known.name === column)?.typeText ?? '';
    const from = given[index] === undefined ? type : columnTypeText(given[index].type);
    // The cast of an INSERT cuts fractions off, as every cast does; DuckDB rounds.
    const macro =
      Object.hasOwn(wholeCasts, type.toUpperCase()) && from !== type ? wholeCasts[type.toUpperCase()] : undefined;
    return macro === undefined ? `"c${index}"` : `${functionSchema}."${macro}"("c${index}")`;
  });
  const names = columns.map((_, index) => `"c${index}"`).join(', ');
  const sql = `SELECT ${cells.join(', ')} FROM (${prepared.sql}) AS "__rows" (${names})`;
  return { name, columns, query: { ...prepared, sql } };
}

function startsSubquery(token: Token | undefined): boolean {
  return isWord(token, 'SELECT', 'WITH', 'VALUES', 'FROM') || isSymbol(token, '(');
}

const stageTable = 'temp."__insert"';

/** Runs the query into a table of its own, so that the one it goes to may be changed in between. */
async function stage(connection: DuckDBConnection, { name, columns, query }: Insert): Promise<number> {
  const list = columns.map(quoteIdentifier).join(', ');
  await connection.run(`CREATE OR REPLACE TEMP TABLE "__insert" AS SELECT ${list} FROM ${quotedTable(name)} LIMIT 0`);
  return changedRows(connection, { ...query, sql: `INSERT INTO ${stageTable} ${query.sql}` });
}

async function unstage(connection: DuckDBConnection, { name, columns }: Insert): Promise<void> {
  const list = columns.map(quoteIdentifier).join(', ');
  await connection.run(`INSERT INTO ${quotedTable(name)} (${list}) SELECT * FROM ${stageTable}`);
  await connection.run(`DROP TABLE ${stageTable}`);
}

/** The rows that REPLACE WHERE removes, as a statement; the condition ends where the query begins. */
async function readReplaced({ session, cursor, queries }: CommandContext, name: ObjectName) {
  const condition = cursor.until('SELECT', 'VALUES', 'TABLE', 'WITH', 'FROM');
  const rows = [
    wordToken('SELECT'),
    wordToken('rowid'),
    wordToken('AS'),
    wordToken('__row'),
    wordToken('FROM'),
    ...nameTokens(partsOf(name)),
    wordToken('WHERE'),
    symbolToken('('),
    ...condition,
    symbolToken(')'),
  ];
  const query = await queries.prepare({ ...session, modified: fullNameOf(name) }, rows, 'once');
  return { ...query, sql: `DELETE FROM ${quotedTable(name)} WHERE rowid IN (SELECT "__row" FROM (${query.sql}))` };
}
