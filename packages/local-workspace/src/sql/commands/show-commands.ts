import { catalogSecurable, schemaSecurable, tableSecurable } from '../../access/securable.ts';
import type { FunctionObject, TableObject } from '../../unity/objects.ts';
import { requireCatalog } from './catalog-commands.ts';
import { stringTable } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { describedFacts } from './describe-table.ts';
import { readPattern } from './pattern.ts';
import { functionAliases, nativeFunctions } from '../functions/function-names.ts';
import { macros } from '../functions/install-functions.ts';
import { requireSchema, resolveSchemaName } from '../session.ts';
import type { Session } from '../session.ts';

export const showCatalogs: Command = async ({ session, cursor }) => {
  const matches = readPattern(cursor);
  const { access, caller } = session;
  const names = session.unity
    .catalogs()
    .filter(({ name }) => {
      const securable = catalogSecurable(name);
      return access.sees(caller, securable) || access.has(caller, 'USE_CATALOG', securable);
    })
    .map((catalog) => catalog.name);
  return stringTable(
    ['catalog'],
    names.filter(matches).map((name) => [name]),
  );
};

export const showSchemas: Command = async ({ session, cursor }) => {
  const given = cursor.take('IN') || cursor.take('FROM') ? cursor.name() : session.catalog;
  const catalog = requireCatalog(session, given);
  const { access, caller } = session;
  access.require(caller, 'USE_CATALOG', catalogSecurable(catalog.name));
  const matches = readPattern(cursor);
  const names = session.unity
    .schemas(catalog.name)
    .filter((schema) => {
      const securable = schemaSecurable(schema);
      return access.sees(caller, securable) || access.has(caller, 'USE_SCHEMA', securable);
    })
    .map((schema) => schema.name);
  return stringTable(
    ['databaseName'],
    names.filter(matches).map((name) => [name]),
  );
};

export const showTables: Command = async (context) => {
  const { schema, objects } = readSchema(context);
  const matches = readPattern(context.cursor);
  const rows = objects.filter(({ name }) => matches(name)).map(({ name }) => [schema, name, 'false']);
  return withFlags(stringTable(['database', 'tableName', 'isTemporary'], rows), 1);
};

/** SHOW TABLE EXTENDED [IN schema] LIKE pattern: the facts of each table as lines of one text. */
export const showTableExtended: Command = async (context) => {
  const { session, cursor } = context;
  const { schema, objects } = readSchema(context);
  const matches = readPattern(cursor);
  const rows = objects
    .filter(({ name }) => matches(name))
    .map((table) => {
      const facts = describedFacts(session, table).map(([name, value]) => `${name}: ${value}`);
      return [schema, table.name, 'false', `${facts.join('\n')}\n`];
    });
  const result = stringTable(['database', 'tableName', 'isTemporary', 'information'], rows);
  const columns = result.columns.map((column, index) =>
    index === 2 ? { ...column, typeName: 'BOOLEAN', typeText: 'BOOLEAN' } : column,
  );
  return { ...result, columns };
};

/** The first column is the schema, not the view. */
export const showViews: Command = async (context) => {
  const { schema, objects } = readSchema(context);
  const matches = readPattern(context.cursor);
  const rows = objects
    .filter(({ name, viewDefinition }) => viewDefinition !== undefined && matches(name))
    .map(({ name, tableType }) => [schema, name, 'false', String(tableType === 'MATERIALIZED_VIEW')]);
  return withFlags(stringTable(['namespace', 'viewName', 'isTemporary', 'isMaterialized'], rows), 2);
};

/** SHOW [USER | SYSTEM | ALL] FUNCTIONS [IN schema] [LIKE pattern] */
export function showFunctions(which: 'all' | 'user' | 'system'): Command {
  return async ({ session, cursor }) => {
    const given = cursor.take('IN') || cursor.take('FROM') ? cursor.dottedName() : [session.schema];
    const place = resolveSchemaName(session, given);
    requireSchema(session, place);
    const matches = readPattern(cursor);
    const own = (session.storage.list('function') as unknown as readonly FunctionObject[])
      .filter(({ catalog, schema }) => catalog === place.catalog && schema === place.schema)
      .filter(({ name }) => sees(session, `${place.catalog}.${place.schema}.${name}`));
    const users = own
      .filter(({ name }) => matches(name))
      .map((found) => `${found.catalog}.${found.schema}.${found.name}`);
    const builtIn = which === 'user' ? [] : builtInFunctions().filter(matches);
    const names = which === 'system' ? builtIn : [...builtIn, ...users];
    return stringTable(
      ['function'],
      names.toSorted().map((name) => [name]),
    );
  };
}

function sees({ access, caller }: Session, name: string): boolean {
  return access.sees(caller, { type: 'function', name });
}

function builtInFunctions(): readonly string[] {
  return [...new Set([...Object.keys(macros), ...Object.keys(functionAliases), ...Object.keys(nativeFunctions)])];
}

/** SHOW VOLUMES [IN schema] [LIKE pattern] */
export const showVolumes: Command = async ({ session, cursor }) => {
  const given = cursor.take('IN') || cursor.take('FROM') ? cursor.dottedName() : [session.schema];
  const place = resolveSchemaName(session, given);
  requireSchema(session, place);
  const matches = readPattern(cursor);
  const { access, caller, storage } = session;
  const names = storage
    .list('volume')
    .filter((volume) => volume['catalog'] === place.catalog && volume['schema'] === place.schema)
    .map((volume) => String(volume['name']))
    .filter((name) => access.sees(caller, { type: 'volume', name: `${place.catalog}.${place.schema}.${name}` }));
  return stringTable(
    ['database', 'volume_name'],
    names.filter(matches).map((name) => [place.schema, name]),
  );
};

/** The last `count` columns are booleans. */
function withFlags(result: ReturnType<typeof stringTable>, count: number): ReturnType<typeof stringTable> {
  const first = result.columns.length - count;
  const columns = result.columns.map((column, index) =>
    index < first ? column : { ...column, typeName: 'BOOLEAN', typeText: 'BOOLEAN' },
  );
  return { ...result, columns };
}

/** The objects of a schema that the caller may see. */
function readSchema({ session, cursor }: CommandContext): {
  readonly schema: string;
  readonly objects: readonly TableObject[];
} {
  const given = cursor.take('IN') || cursor.take('FROM') ? cursor.dottedName() : [session.schema];
  const { catalog, schema } = resolveSchemaName(session, given);
  const { access, caller } = session;
  access.require(caller, 'USE_SCHEMA', schemaSecurable(requireSchema(session, { catalog, schema })));
  const objects = session.unity.tables(catalog, schema).filter((table) => access.sees(caller, tableSecurable(table)));
  return { schema, objects };
}
