import { readProperties } from './clauses.ts';
import type { CommandContext } from './command.ts';
import { readColumnList } from './find-column.ts';
import type { TableConstraint, UnityColumn } from '../../unity/objects.ts';
import { quoteIdentifier } from '../quote.ts';
import { readType } from '../read-type.ts';
import type { QueryColumn } from '../run-query.ts';
import { fullNameOf, resolveTableName } from '../session.ts';
import type { Session } from '../session.ts';
import { columnTypeText, duckdbTypeText } from '../spark-type.ts';
import { columnExists, unsupported } from '../sql-errors.ts';
import { isWord, tokensToText } from '../tokens.ts';

export interface ColumnDefinition extends QueryColumn {
  readonly nullable: boolean;
  readonly comment?: string;
}

export interface TableDefinition {
  readonly columns: readonly ColumnDefinition[] | undefined;
  readonly constraints: readonly TableConstraint[];
  readonly comment: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

/** A column as DuckDB makes it. */
export function columnText(column: ColumnDefinition): string {
  return `${quoteIdentifier(column.name)} ${duckdbTypeText(column.type)}${column.nullable ? '' : ' NOT NULL'}`;
}

export function unityColumn({ name, type, nullable, comment }: ColumnDefinition): UnityColumn {
  return { name, typeText: columnTypeText(type), nullable, ...(comment === undefined ? {} : { comment }) };
}

/** What stands between the name of a table and AS: columns with constraints, and clauses in any order. */
export function readDefinition(context: CommandContext, table: string): TableDefinition {
  const { cursor } = context;
  const { columns, constraints } = cursor.takeSymbol('(')
    ? readColumns(context, table)
    : { columns: undefined, constraints: [] };
  let comment: string | undefined;
  let properties: Readonly<Record<string, string>> = {};
  for (;;) {
    if (cursor.take('USING')) {
      const format = cursor.name();
      if (format.toUpperCase() !== 'DELTA') throw unsupported(`a table in format ${format}`);
    } else if (cursor.take('COMMENT')) comment = cursor.string();
    else if (cursor.take('TBLPROPERTIES')) properties = readProperties(cursor);
    else if (cursor.take('PARTITIONED', 'BY') || cursor.take('CLUSTER', 'BY')) skipLayout(context);
    else if (cursor.take('LOCATION')) throw unsupported('a table with a LOCATION');
    else if (cursor.take('WITH', 'ROW', 'FILTER')) throw unsupported('a row filter');
    else return { columns, constraints, comment, properties };
  }
}

/** The layout of files, of which there are none here. */
export function skipLayout({ cursor }: Pick<CommandContext, 'cursor'>): void {
  if (cursor.take('AUTO') || cursor.take('NONE')) return;
  cursor.expectSymbol('(');
  cursor.untilClosing();
}

/** Columns and table constraints up to the closing bracket. */
export function readColumns(
  context: Pick<CommandContext, 'cursor' | 'session'>,
  table: string,
): { readonly columns: readonly ColumnDefinition[]; readonly constraints: readonly TableConstraint[] } {
  const { cursor } = context;
  const columns: ColumnDefinition[] = [];
  const constraints: TableConstraint[] = [];
  do {
    if (isWord(cursor.peek(), 'CONSTRAINT', 'PRIMARY', 'FOREIGN', 'CHECK') && isConstraint(context)) {
      constraints.push(readConstraint(context, { table, columns: columns.map(({ name }) => name) }));
      continue;
    }
    const { column, constraint } = readColumn(context, table);
    if (columns.some((known) => known.name.toLowerCase() === column.name.toLowerCase()))
      throw columnExists(column.name);
    columns.push(column);
    if (constraint !== undefined) constraints.push(constraint);
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  const keyed = new Set(constraints.filter(({ kind }) => kind === 'PRIMARY KEY').flatMap((found) => found.columns));
  return {
    columns: columns.map((column) => (keyed.has(column.name) ? { ...column, nullable: false } : column)),
    constraints,
  };
}

/** A column may be called `check`; a constraint goes on with a bracket or a name and a kind. */
function isConstraint({ cursor }: Pick<CommandContext, 'cursor'>): boolean {
  const [first, second] = [cursor.peek(), cursor.peek(1)];
  if (isWord(first, 'PRIMARY', 'FOREIGN')) return isWord(second, 'KEY');
  return isWord(first, 'CHECK') ? second?.text === '(' : isWord(cursor.peek(2), 'PRIMARY', 'FOREIGN', 'CHECK');
}

export function readColumn(
  context: Pick<CommandContext, 'cursor' | 'session'>,
  table: string,
): { readonly column: ColumnDefinition; readonly constraint?: TableConstraint } {
  const { cursor } = context;
  const name = cursor.name();
  const type = readType(cursor);
  let nullable = true;
  let comment: string | undefined;
  let constraint: TableConstraint | undefined;
  for (;;) {
    if (cursor.take('NOT', 'NULL')) nullable = false;
    else if (cursor.take('COMMENT')) comment = cursor.string();
    else if (cursor.take('DEFAULT')) throw unsupported('a column with a DEFAULT');
    else if (cursor.take('GENERATED')) throw unsupported('a generated column');
    else if (isWord(cursor.peek(), 'PRIMARY', 'CONSTRAINT', 'FOREIGN')) {
      constraint = readConstraint(context, { table, columns: [name], own: [name] });
    } else {
      const column = { name, type, nullable, ...(comment === undefined ? {} : { comment }) };
      return { column, ...(constraint === undefined ? {} : { constraint }) };
    }
  }
}

/** `[CONSTRAINT name] PRIMARY KEY (a) | FOREIGN KEY (a) REFERENCES t [(b)] | CHECK (condition)` with its options. */
export function readConstraint(
  { cursor, session }: Pick<CommandContext, 'cursor' | 'session'>,
  place: { readonly table: string; readonly columns: readonly string[]; readonly own?: readonly string[] },
): TableConstraint {
  const named = cursor.take('CONSTRAINT') ? cursor.name() : undefined;
  const keyColumns = (): readonly string[] => {
    if (place.own !== undefined && !cursor.takeSymbol('(')) return place.own;
    if (place.own === undefined) cursor.expectSymbol('(');
    return readColumnList(
      cursor.untilClosing().filter((token) => !isWord(token, 'TIMESERIES')),
      place.columns,
    );
  };
  let constraint: TableConstraint;
  if (cursor.take('PRIMARY', 'KEY')) {
    constraint = { kind: 'PRIMARY KEY', name: named ?? `${place.table}_pk`, columns: keyColumns() };
  } else if (cursor.take('FOREIGN', 'KEY')) {
    const columns = keyColumns();
    cursor.expect('REFERENCES');
    const parent = readParent({ cursor, session }, columns);
    constraint = {
      kind: 'FOREIGN KEY',
      name: named ?? `${place.table}_${parent.table.split('.').at(-1)}_fk`,
      columns,
      parent,
    };
  } else {
    cursor.expect('CHECK');
    cursor.expectSymbol('(');
    const expression = tokensToText(cursor.untilClosing());
    constraint = { kind: 'CHECK', name: named ?? `${place.table}_check`, columns: [], expression };
  }
  while (constraintOptions.some((words) => cursor.take(...words)));
  return constraint;
}

const constraintOptions = [
  ['NOT', 'ENFORCED'],
  ['DEFERRABLE'],
  ['NOT', 'DEFERRABLE'],
  ['INITIALLY', 'DEFERRED'],
  ['NORELY'],
  ['RELY'],
  ['MATCH', 'FULL'],
  ['ON', 'UPDATE', 'NO', 'ACTION'],
  ['ON', 'DELETE', 'NO', 'ACTION'],
] as const;

/** The columns of a key default to those of the primary key of the parent. */
function readParent(
  { cursor, session }: { readonly cursor: CommandContext['cursor']; readonly session: Session },
  columns: readonly string[],
): NonNullable<TableConstraint['parent']> {
  const name = resolveTableName(session, cursor.dottedName());
  const parent = session.unity.table(fullNameOf(name));
  const known = parent?.columns.map((column) => column.name) ?? [];
  const listed = cursor.takeSymbol('(') ? readColumnList(cursor.untilClosing(), known) : undefined;
  const key = parent?.constraints?.find(({ kind }) => kind === 'PRIMARY KEY')?.columns;
  return { table: fullNameOf(name), columns: listed ?? key ?? columns };
}
