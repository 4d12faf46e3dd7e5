import { fullNameOf, requireSchema, requireTable, resolveSchemaName, resolveTableName } from '../session.ts';
import { catalogNotFound } from '../sql-errors.ts';
import type { TableObject } from '../../unity/objects.ts';
import { stringTable } from './command.ts';
import type { Command, CommandContext } from './command.ts';

export const showCatalogs: Command = async (context) => {
  const matches = readPattern(context);
  const names = context.session.unity.catalogs().map((catalog) => catalog.name);
  return stringTable(
    ['catalog'],
    names.filter(matches).map((name) => [name]),
  );
};

export const showSchemas: Command = async (context) => {
  const { session, cursor } = context;
  const given = cursor.take('IN') || cursor.take('FROM') ? cursor.name() : session.catalog;
  const catalog = session.unity.catalog(given);
  if (catalog === undefined) throw catalogNotFound(given);
  const matches = readPattern(context);
  const names = session.unity.schemas(catalog.name).map((schema) => schema.name);
  return stringTable(
    ['databaseName'],
    names.filter(matches).map((name) => [name]),
  );
};

export const showTables: Command = async (context) => {
  const { schema, objects } = readSchema(context);
  const matches = readPattern(context);
  const rows = objects.filter(({ name }) => matches(name)).map(({ name }) => [schema, name, 'false']);
  return withFlags(stringTable(['database', 'tableName', 'isTemporary'], rows), 1);
};

/** The first column is the schema, not the view. */
export const showViews: Command = async (context) => {
  const { schema, objects } = readSchema(context);
  const matches = readPattern(context);
  const rows = objects
    .filter(({ name, viewDefinition }) => viewDefinition !== undefined && matches(name))
    .map(({ name, tableType }) => [schema, name, 'false', String(tableType === 'MATERIALIZED_VIEW')]);
  return withFlags(stringTable(['namespace', 'viewName', 'isTemporary', 'isMaterialized'], rows), 2);
};

export const showProperties: Command = async ({ session, cursor }) => {
  const table = requireTable(session, resolveTableName(session, cursor.dottedName()));
  const wanted = cursor.takeSymbol('(')
    ? cursor
        .untilClosing()
        .map((token) => token.value)
        .join('')
    : undefined;
  cursor.expectEnd();
  if (wanted === undefined) return stringTable(['key', 'value'], Object.entries(table.properties));
  const missing = `Table ${fullNameOf(table)} does not have property: ${wanted}`;
  return stringTable(['key', 'value'], [[wanted, table.properties[wanted] ?? missing]]);
};

/** The last `count` columns are booleans. */
function withFlags(result: ReturnType<typeof stringTable>, count: number): ReturnType<typeof stringTable> {
  const first = result.columns.length - count;
  const columns = result.columns.map((column, index) =>
    index < first ? column : { ...column, typeName: 'BOOLEAN', typeText: 'BOOLEAN' },
  );
  return { ...result, columns };
}

function readSchema({ session, cursor }: CommandContext): {
  readonly schema: string;
  readonly objects: readonly TableObject[];
} {
  const given = cursor.take('IN') || cursor.take('FROM') ? cursor.dottedName() : [session.schema];
  const { catalog, schema } = resolveSchemaName(session, given);
  requireSchema(session, { catalog, schema });
  return { schema, objects: session.unity.tables(catalog, schema) };
}

/** `[LIKE] 'a*|b'`: a star stands for any text, a bar separates alternatives, case does not matter. */
function readPattern({ cursor }: CommandContext): (name: string) => boolean {
  const given = cursor.take('LIKE') || cursor.peek()?.kind === 'string' ? cursor.string() : '*';
  cursor.expectEnd();
  const alternatives = given
    .toLowerCase()
    .split('|')
    .map((pattern) => pattern.trim().split('*'));
  return (name) => alternatives.some((pieces) => matchesPieces(name.toLowerCase(), pieces));
}

/** Without a regular expression, whose time a pattern of many stars could blow up. */
function matchesPieces(name: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  if (others.length === 0) return name === first;
  if (!name.startsWith(first)) return false;
  const last = others.at(-1) ?? '';
  let position = first.length;
  for (const piece of others.slice(0, -1)) {
    const found = name.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return name.length - last.length >= position && name.endsWith(last);
}
