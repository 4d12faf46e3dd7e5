import { tableSecurable } from '../../access/securable.ts';
import type { TableObject, UnityColumn } from '../../unity/objects.ts';
import { change, committed } from './command.ts';
import type { CommandContext } from './command.ts';
import { findColumn } from './find-column.ts';
import { columnText, readColumn, readColumns, unityColumn } from './table-definition.ts';
import { quotedTable } from './table-name.ts';
import { alterTags } from './tag-commands.ts';
import type { Transaction } from '../../storage/storage.ts';
import { quoteIdentifier } from '../quote.ts';
import { readType } from '../read-type.ts';
import { fullNameOf, partsOf, requireTable } from '../session.ts';
import type { ObjectName, Session } from '../session.ts';
import { columnTypeText, duckdbTypeText } from '../spark-type.ts';
import { columnExists, expectTable, unsupported } from '../sql-errors.ts';
import { tokenize } from '../lexer.ts';
import { SqlError } from '../statement-engine.ts';
import type { StatementResult } from '../statement-engine.ts';

/** ALTER TABLE name ADD COLUMN[S] (...) or ADD COLUMN a INT. */
export async function addColumns(context: CommandContext, name: ObjectName): Promise<StatementResult> {
  const { session, cursor } = context;
  const bracketed = cursor.takeSymbol('(');
  const added = bracketed ? readColumns(context, name.name).columns : [readColumn(context, name.name).column];
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
    await session.unity.updateTable(transaction, { ...committed(session, table, 'ADD COLUMNS'), columns });
  });
}

/** ALTER TABLE name DROP COLUMN[S] [IF EXISTS] a or (a, b); tags of the column go with it. */
export async function dropColumns({ session, cursor }: CommandContext, name: ObjectName): Promise<StatementResult> {
  const ifExists = cursor.take('IF', 'EXISTS');
  const bracketed = cursor.takeSymbol('(');
  const given: string[] = [];
  do given.push(cursor.name());
  while (bracketed && cursor.takeSymbol(','));
  if (bracketed) cursor.expectSymbol(')');
  cursor.expectEnd();
  return change(session, async (transaction) => {
    const table = requireTable(session, name);
    if (table.viewDefinition !== undefined) throw expectTable(partsOf(name));
    const names = table.columns.map((column) => column.name);
    const known = (column: string): boolean => names.some((other) => other.toLowerCase() === column.toLowerCase());
    const dropped = given.filter((column) => !ifExists || known(column)).map((column) => findColumn(column, names));
    for (const column of dropped) {
      refuseChecked(table, column);
      await transaction.connection.run(`ALTER TABLE ${quotedTable(name)} DROP COLUMN ${quoteIdentifier(column)}`);
      await moveTags(session, transaction, { from: `${fullNameOf(name)}.${column}`, to: undefined });
    }
    const columns = table.columns.filter((column) => !dropped.includes(column.name));
    await session.unity.updateTable(transaction, { ...committed(session, table, 'DROP COLUMNS'), columns });
  });
}

/** ALTER TABLE name RENAME COLUMN a TO b. */
export async function renameColumn({ session, cursor }: CommandContext, name: ObjectName): Promise<StatementResult> {
  const given = cursor.name();
  cursor.expect('TO');
  const renamed = cursor.name();
  cursor.expectEnd();
  return change(session, async (transaction) => {
    const table = requireTable(session, name);
    if (table.viewDefinition !== undefined) throw expectTable(partsOf(name));
    const names = table.columns.map((column) => column.name);
    const column = findColumn(given, names);
    refuseChecked(table, column);
    if (names.some((known) => known.toLowerCase() === renamed.toLowerCase())) throw columnExists(renamed);
    await transaction.connection.run(
      `ALTER TABLE ${quotedTable(name)} RENAME COLUMN ${quoteIdentifier(column)} TO ${quoteIdentifier(renamed)}`,
    );
    const from = `${fullNameOf(name)}.${column}`;
    await moveTags(session, transaction, { from, to: `${fullNameOf(name)}.${renamed}` });
    const columns = table.columns.map((known) => (known.name === column ? { ...known, name: renamed } : known));
    await session.unity.updateTable(transaction, { ...committed(session, table, 'RENAME COLUMN'), columns });
  });
}

/** A column that a check reads stays as it is. */
function refuseChecked(table: TableObject, column: string): void {
  const check = (table.constraints ?? []).find(({ expression = '' }) =>
    tokenize(expression).some((token) => token.value.toLowerCase() === column.toLowerCase()),
  );
  if (check === undefined) return;
  const message = `Cannot alter column ${column} because this column is referenced by the following check constraint(s): ${check.name}`;
  throw new SqlError('DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE', '42K09', message);
}

/** Tags of a column go with its name, or away. */
export async function moveTags(
  { unity }: Session,
  transaction: Transaction,
  move: { readonly from: string; readonly to: string | undefined },
): Promise<void> {
  for (const tag of unity.tags('columns', move.from)) {
    await unity.removeTag(transaction, tag);
    if (move.to !== undefined) await unity.setTag(transaction, { ...tag, entityName: move.to });
  }
}

/** ALTER TABLE name ALTER COLUMN a COMMENT | TYPE | SET NOT NULL | DROP NOT NULL | SET TAGS | UNSET TAGS. */
export async function alterColumn(context: CommandContext, name: ObjectName): Promise<StatementResult> {
  const { session, cursor } = context;
  const table = requireTable(session, name);
  const column = findColumn(
    cursor.name(),
    table.columns.map((known) => known.name),
  );
  const entityName = `${fullNameOf(name)}.${column}`;
  const tagged = await alterTags(context, { entityType: 'columns', entityName, securable: tableSecurable(table) });
  if (tagged !== undefined) return tagged;
  if (cursor.take('COMMENT')) {
    const comment = cursor.string();
    cursor.expectEnd();
    return changeColumn(session, { name, column, change: (known) => ({ ...known, comment }) });
  }
  if (table.viewDefinition !== undefined) throw expectTable(partsOf(name));
  const alter = `ALTER TABLE ${quotedTable(name)} ALTER COLUMN ${quoteIdentifier(column)}`;
  const setsNull = cursor.take('DROP', 'NOT', 'NULL');
  if (setsNull || cursor.take('SET', 'NOT', 'NULL')) {
    cursor.expectEnd();
    const sql = `${alter} ${setsNull ? 'DROP' : 'SET'} NOT NULL`;
    return changeColumn(session, { name, column, sql, change: (known) => ({ ...known, nullable: setsNull }) });
  }
  cursor.expect('TYPE');
  const type = readType(cursor);
  cursor.expectEnd();
  const sql = `${alter} TYPE ${duckdbTypeText(type)}`;
  return changeColumn(session, {
    name,
    column,
    sql,
    change: (known) => ({ ...known, typeText: columnTypeText(type) }),
  });
}

/** Changes one column, in DuckDB too where `sql` is given. */
export async function changeColumn(
  session: Session,
  target: {
    readonly name: ObjectName;
    readonly column: string;
    readonly sql?: string;
    readonly change: (column: UnityColumn) => UnityColumn;
  },
): Promise<StatementResult> {
  return change(session, async (transaction) => {
    const table = requireTable(session, target.name);
    if (target.sql !== undefined) await transaction.connection.run(target.sql);
    const columns = table.columns.map((column) => (column.name === target.column ? target.change(column) : column));
    const next = target.sql === undefined ? table : committed(session, table, 'CHANGE COLUMN');
    await session.unity.updateTable(transaction, { ...next, columns });
  });
}
