import { catalogSecurable, schemaSecurable, tableSecurable } from '../../access/securable.ts';
import type { TableObject } from '../../unity/objects.ts';
import { parseSparkType } from '../../unity/spark-type.ts';
import { requireCatalog } from './catalog-commands.ts';
import { stringTable } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { describedFacts, requireSeen } from './describe-table.ts';
import { findColumn } from './find-column.ts';
import { unresolvedRoutine } from '../call-tokens.ts';
import { findFunction, functionName } from '../resolve-functions.ts';
import { describeQuery } from '../run-query.ts';
import { fullNameOf, requireSchema, requireTable, resolveSchemaName, resolveTableName } from '../session.ts';
import type { Session } from '../session.ts';
import { columnTypeText } from '../spark-type.ts';
import type { StatementResult } from '../statement-engine.ts';
import { isWord } from '../tokens.ts';

const columnHeads = ['col_name', 'data_type', 'comment'] as const;

/** DESCRIBE [TABLE] [EXTENDED] name [column] [AS JSON]: one row a column, with EXTENDED the facts of the table behind an empty row. */
export const describeTable: Command = async (context) => {
  const { session, cursor } = context;
  if (isWord(cursor.peek(), 'SELECT', 'WITH', 'VALUES') || cursor.take('QUERY')) return describeTokens(context);
  cursor.take('TABLE');
  const extended = cursor.take('EXTENDED') || cursor.take('FORMATTED');
  const table = requireTable(session, resolveTableName(session, cursor.dottedName()));
  requireSeen(session, table);
  if (cursor.take('AS', 'JSON')) {
    cursor.expectEnd();
    return stringTable(['json_metadata'], [[JSON.stringify(metadata(session, table))]]);
  }
  const column = cursor.peek() === undefined ? undefined : cursor.dottedName();
  cursor.expectEnd();
  if (column !== undefined) return describeColumn(table, column);
  const columns = table.columns.map(({ name, typeText, comment }) => [name, typeText, comment ?? null]);
  const facts = describedFacts(session, table).map(([name, value]) => [name, value, '']);
  const rows = extended ? [...columns, ['', '', ''], ['# Detailed Table Information', '', ''], ...facts] : columns;
  return stringTable(columnHeads, rows);
};

async function describeTokens({ session, cursor, queries }: CommandContext): Promise<StatementResult> {
  const query = await queries.prepare(session, cursor.rest(), 'once');
  const columns = await session.storage.query(async (connection) => describeQuery(connection, query));
  return stringTable(
    columnHeads,
    columns.map(({ name, type }) => [name, columnTypeText(type), null]),
  );
}

function describeColumn(table: TableObject, parts: readonly string[]): StatementResult {
  const name = findColumn(
    parts.at(-1) ?? '',
    table.columns.map((column) => column.name),
  );
  const column = table.columns.find((known) => known.name === name);
  return stringTable(
    ['info_name', 'info_value'],
    [
      ['col_name', name],
      ['data_type', column?.typeText ?? ''],
      ['comment', column?.comment ?? 'NULL'],
    ],
  );
}

function metadata(session: Session, table: TableObject): Readonly<Record<string, unknown>> {
  const isView = table.viewDefinition !== undefined;
  const owns = session.access.owns(session.caller, tableSecurable(table));
  return {
    table_name: table.name,
    catalog_name: table.catalog,
    namespace: [table.schema],
    schema_name: table.schema,
    columns: table.columns.map(({ name, typeText, nullable, comment }) => ({
      name,
      type: typeJson(typeText),
      ...(comment === undefined ? {} : { comment }),
      nullable,
    })),
    owner: table.owner,
    created_time: new Date(table.createdAt).toISOString(),
    type: table.tableType,
    ...(isView ? { view_text: owns ? table.viewDefinition : undefined } : { provider: 'delta' }),
    comment: table.comment,
    table_properties: table.properties,
  };
}

function typeJson(typeText: string): Readonly<Record<string, unknown>> {
  const { json } = parseSparkType(typeText);
  return typeof json === 'string' ? { name: typeText } : json;
}

/** DESCRIBE SCHEMA [EXTENDED] name */
export const describeSchema: Command = async ({ session, cursor }) => {
  const extended = cursor.take('EXTENDED');
  const schema = requireSchema(session, resolveSchemaName(session, cursor.dottedName()));
  cursor.expectEnd();
  requireUse(session, schemaSecurable(schema));
  const properties = Object.entries(schema.properties).map(([key, value]) => `(${key},${value})`);
  const rows = [
    ['Catalog Name', schema.catalog],
    ['Namespace Name', schema.name],
    ['Comment', schema.comment ?? ''],
    ['Owner', schema.owner],
    ...(extended ? [['Properties', properties.length === 0 ? '' : `(${properties.join(', ')})`]] : []),
  ];
  return stringTable(['database_description_item', 'database_description_value'], rows);
};

/** DESCRIBE CATALOG [EXTENDED] name */
export const describeCatalog: Command = async ({ session, cursor }) => {
  const extended = cursor.take('EXTENDED');
  const catalog = requireCatalog(session, cursor.name());
  cursor.expectEnd();
  requireUse(session, catalogSecurable(catalog.name));
  const rows = [
    ['Catalog Name', catalog.name],
    ['Comment', catalog.comment ?? ''],
    ['Owner', catalog.owner],
    ...(extended
      ? [
          ['Catalog Type', 'Regular'],
          ['Created At', new Date(catalog.createdAt).toISOString()],
        ]
      : []),
  ];
  return stringTable(['info_name', 'info_value'], rows);
};

function requireUse({ access, caller }: Session, securable: ReturnType<typeof schemaSecurable>): void {
  const use = securable.type === 'catalog' ? 'USE_CATALOG' : 'USE_SCHEMA';
  if (!access.sees(caller, securable)) access.require(caller, use, securable);
}

/** DESCRIBE FUNCTION [EXTENDED] name */
export const describeFunction: Command = async ({ session, cursor }) => {
  const extended = cursor.take('EXTENDED');
  const name = functionName(session, cursor.dottedName());
  cursor.expectEnd();
  const found = findFunction(session, name);
  if (found === undefined) throw unresolvedRoutine(fullNameOf(name));
  const securable = { type: 'function', name: fullNameOf(name) } as const;
  if (!session.access.sees(session.caller, securable)) session.access.require(session.caller, 'EXECUTE', securable);
  const inputs = found.parameters.map((parameter) => `${parameter.name} ${parameter.typeText.toUpperCase()}`);
  const owns = session.access.owns(session.caller, securable);
  const lines = [
    `Function:      ${fullNameOf(name)}`,
    'Type:          SCALAR',
    `Input:         ${inputs.length === 0 ? '()' : inputs.join(', ')}`,
    `Returns:       ${found.returnType.toUpperCase()}`,
    ...(extended && found.comment !== undefined ? [`Comment:       ${found.comment}`] : []),
    ...(extended ? [`Owner:         ${found.owner}`] : []),
    ...(extended && owns ? [`Body:          ${found.definition}`] : []),
  ];
  return stringTable(
    ['function_desc'],
    lines.map((line) => [line]),
  );
};
