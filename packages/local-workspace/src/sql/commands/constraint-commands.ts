import { changeData } from './change-data.ts';
import { change } from './command.ts';
import type { CommandContext } from './command.ts';
import { quotedTable } from './table-name.ts';
import { readConstraint } from './table-definition.ts';
import type { TableConstraint } from '../../unity/objects.ts';
import { quoteIdentifier } from '../quote.ts';
import { partsOf, requireTable } from '../session.ts';
import type { ObjectName } from '../session.ts';
import { expectTable } from '../sql-errors.ts';
import { SqlError } from '../statement-engine.ts';
import type { StatementResult } from '../statement-engine.ts';

/** ALTER TABLE name ADD [CONSTRAINT ...]; a check has to hold for the rows that are there. */
export async function addConstraint(context: CommandContext, name: ObjectName): Promise<StatementResult> {
  const { session, cursor } = context;
  const table = requireTable(session, name);
  if (table.viewDefinition !== undefined) throw expectTable(partsOf(name));
  const columns = table.columns.map((column) => column.name);
  const constraint = readConstraint(context, { table: name.name, columns });
  cursor.expectEnd();
  const clash = (table.constraints ?? []).find(
    ({ name: known }) => known.toLowerCase() === constraint.name.toLowerCase(),
  );
  if (clash !== undefined) {
    const message = `Constraint '${constraint.name}' already exists. Please delete the old constraint first.`;
    throw new SqlError('DELTA_CONSTRAINT_ALREADY_EXISTS', '42710', message);
  }
  if (constraint.kind === 'PRIMARY KEY')
    requireNotNull(
      table.columns.filter((column) => column.nullable).map((column) => column.name),
      constraint,
    );
  await change(session, async (transaction) => {
    const current = requireTable(session, name);
    await session.unity.updateTable(transaction, {
      ...current,
      constraints: [...(current.constraints ?? []), constraint],
    });
  });
  if (constraint.kind === 'CHECK') await requireHeld(context, name, constraint);
  return { columns: [], rows: [] };
}

function requireNotNull(nullable: readonly string[], { columns }: TableConstraint): void {
  const column = columns.find((name) => nullable.includes(name));
  if (column === undefined) return;
  const message = `Cannot create the primary key because its child column(s) \`${column}\` is nullable. Please change the column nullability and retry.`;
  throw new SqlError('UC_PRIMARY_KEY_ON_NULLABLE_COLUMN', '42000', message);
}

/** Takes a check away again that the rows break. */
async function requireHeld(context: CommandContext, name: ObjectName, constraint: TableConstraint): Promise<void> {
  try {
    await changeData(context, { name, operation: 'ADD CONSTRAINT', apply: async () => undefined });
  } catch (fault) {
    await change(context.session, async (transaction) => {
      const current = requireTable(context.session, name);
      const constraints = (current.constraints ?? []).filter((known) => known.name !== constraint.name);
      await context.session.unity.updateTable(transaction, { ...current, constraints });
    });
    throw fault;
  }
}

/** ALTER TABLE name DROP CONSTRAINT [IF EXISTS] c, DROP PRIMARY KEY [IF EXISTS], DROP FOREIGN KEY [IF EXISTS] (...). */
export async function dropConstraint({ session, cursor }: CommandContext, name: ObjectName): Promise<StatementResult> {
  const key = cursor.take('PRIMARY', 'KEY') ? 'PRIMARY KEY' : cursor.take('FOREIGN', 'KEY') ? 'FOREIGN KEY' : undefined;
  if (key === undefined) cursor.expect('CONSTRAINT');
  const ifExists = cursor.take('IF', 'EXISTS');
  const given = key === undefined ? cursor.name().toLowerCase() : undefined;
  if (key === 'FOREIGN KEY' && cursor.takeSymbol('(')) cursor.untilClosing();
  if (!cursor.take('CASCADE')) cursor.take('RESTRICT');
  cursor.expectEnd();
  return change(session, async (transaction) => {
    const table = requireTable(session, name);
    const kept = (table.constraints ?? []).filter((known) =>
      key === undefined ? known.name.toLowerCase() !== given : known.kind !== key,
    );
    if (kept.length === (table.constraints ?? []).length && !ifExists) {
      const message = `Cannot drop nonexistent constraint ${quoteIdentifier(given ?? key ?? '')} from table ${quotedTable(name)}.`;
      throw new SqlError('DELTA_CONSTRAINT_DOES_NOT_EXIST', '42704', message);
    }
    await session.unity.updateTable(transaction, { ...table, constraints: kept });
  });
}
