import { stringTable } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { requireSeen } from './describe-table.ts';
import type { TableConstraint, TableObject } from '../../unity/objects.ts';
import { tableSecurable } from '../../access/securable.ts';
import { createCursor } from '../cursor.ts';
import { tokenize } from '../lexer.ts';
import { readType } from '../read-type.ts';
import { typeText } from '../spark-type.ts';
import { fullNameOf, requireTable, resolveTableName } from '../session.ts';
import { SqlError } from '../statement-engine.ts';
import { quoteDatabricksLiteral, quoteDatabricksName } from '../tokens.ts';

export const showProperties: Command = async (context) => {
  const { session, cursor } = context;
  const table = readTable(context);
  const wanted = cursor.takeSymbol('(')
    ? cursor
        .untilClosing()
        .map((token) => token.value)
        .join('')
    : undefined;
  cursor.expectEnd();
  const hidden = session.behaviour.view_properties === 'owner_only' && table.viewDefinition !== undefined;
  const properties = hidden && !session.access.owns(session.caller, tableSecurable(table)) ? {} : table.properties;
  if (wanted === undefined) return stringTable(['key', 'value'], Object.entries(properties));
  const missing = `Table ${fullNameOf(table)} does not have property: ${wanted}`;
  return stringTable(['key', 'value'], [[wanted, properties[wanted] ?? missing]]);
};

/** SHOW COLUMNS (IN | FROM) table [(IN | FROM) schema] */
export const showColumns: Command = async (context) => {
  const { session, cursor } = context;
  if (!cursor.take('IN')) cursor.expect('FROM');
  const parts = cursor.dottedName();
  const schema = cursor.take('IN') || cursor.take('FROM') ? cursor.dottedName() : [];
  cursor.expectEnd();
  const table = requireTable(session, resolveTableName(session, [...schema, ...parts]));
  requireSeen(session, table);
  return stringTable(
    ['col_name'],
    table.columns.map((column) => [column.name]),
  );
};

/** SHOW PARTITIONS table: no table here is partitioned. */
export const showPartitions: Command = async (context) => {
  const table = readTable(context);
  const message = `The partition command is invalid. Table ${quoteDatabricksName(fullNameOf(table))} is not partitioned.`;
  throw new SqlError('INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY', '42601', message);
};

/** SHOW CREATE TABLE table: a statement that makes it again. */
export const showCreateTable: Command = async (context) => {
  const { session, cursor } = context;
  const table = readTable(context);
  cursor.expectEnd();
  const owns = session.access.owns(session.caller, tableSecurable(table));
  return stringTable(['createtab_stmt'], [[createStatement(table, owns)]]);
};

function readTable({ session, cursor }: CommandContext): TableObject {
  const table = requireTable(session, resolveTableName(session, cursor.dottedName()));
  requireSeen(session, table);
  return table;
}

function createStatement(table: TableObject, owns: boolean): string {
  const isView = table.viewDefinition !== undefined;
  const kind = table.tableType === 'MATERIALIZED_VIEW' ? 'MATERIALIZED VIEW' : isView ? 'VIEW' : 'TABLE';
  const columns = table.columns.map(({ name, typeText: type, nullable, comment }) => {
    const ddl = isView ? '' : ` ${ddlText(type)}${nullable ? '' : ' NOT NULL'}`;
    return `  ${quoteDatabricksName(name)}${ddl}${comment === undefined ? '' : ` COMMENT ${quoteDatabricksLiteral(comment)}`}`;
  });
  const keys = (table.constraints ?? [])
    .filter(({ kind: of }) => of !== 'CHECK')
    .map((found) => `  ${constraintText(found)}`);
  const properties = Object.entries(table.properties).map(
    ([key, value]) => `  ${quoteDatabricksLiteral(key)} = ${quoteDatabricksLiteral(value)}`,
  );
  const name = [table.catalog, table.schema, table.name].map(plainName).join('.');
  return [
    `CREATE ${kind} ${name} (\n${[...columns, ...keys].join(',\n')})`,
    ...(isView ? [] : ['USING delta']),
    ...(table.comment === undefined ? [] : [`COMMENT ${quoteDatabricksLiteral(table.comment)}`]),
    ...(properties.length === 0 ? [] : [`TBLPROPERTIES (\n${properties.join(',\n')})`]),
    ...(isView ? [`AS ${owns ? (table.viewDefinition ?? '') : 'NULL'}`] : []),
    '',
  ].join('\n');
}

function ddlText(text: string): string {
  return typeText(readType(createCursor(tokenize(text))));
}

function plainName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteDatabricksName(name);
}

function constraintText({ kind, name, columns, parent }: TableConstraint): string {
  const list = (names: readonly string[]): string => names.map(quoteDatabricksName).join(', ');
  const target =
    parent === undefined
      ? ''
      : ` REFERENCES ${parent.table.split('.').map(quoteDatabricksName).join('.')} (${list(parent.columns)})`;
  return `CONSTRAINT ${quoteDatabricksName(name)} ${kind} (${list(columns)})${target}`;
}
