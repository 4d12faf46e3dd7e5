import type { TaggedEntity } from '../../unity/objects.ts';
import {
  findTable,
  fullNameOf,
  partsOf,
  requireSchema,
  requireTable,
  resolveSchemaName,
  resolveTableName,
} from '../session.ts';
import type { ObjectName } from '../session.ts';
import { catalogNotFound, columnNotFound, expectTable, expectView } from '../sql-errors.ts';
import type { StatementResult } from '../statement-engine.ts';
import { readKeys, readProperties, readTags } from './clauses.ts';
import { change } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { addColumns, dropColumns } from './table-commands.ts';
import { alterViewQuery } from './view-commands.ts';

/** ALTER TABLE|VIEW; tags and properties of a view may be set through either. */
export function alterTable(kind: 'table' | 'view'): Command {
  return async (context) => {
    const { session, cursor } = context;
    const name = resolveTableName(session, cursor.dottedName());
    if (kind === 'view' && cursor.take('AS')) return alterViewQuery(context, name);
    const table = requireTable(session, name);
    if (kind === 'view' && table.viewDefinition === undefined) throw expectView(partsOf(name));
    if (cursor.take('SET', 'TBLPROPERTIES')) {
      if (kind === 'table' && table.viewDefinition !== undefined) throw expectTable(partsOf(name));
      return changeProperties(context, { name, set: readProperties(cursor), unset: [] });
    }
    if (cursor.take('UNSET', 'TBLPROPERTIES')) {
      cursor.take('IF', 'EXISTS');
      return changeProperties(context, { name, set: {}, unset: readKeys(cursor) });
    }
    if (cursor.take('SET', 'TAGS')) return setTags(context, { entityType: 'tables', entityName: fullNameOf(name) });
    if (cursor.take('UNSET', 'TAGS')) return unsetTags(context, { entityType: 'tables', entityName: fullNameOf(name) });
    if (kind === 'table' && (cursor.take('ADD', 'COLUMN') || cursor.take('ADD', 'COLUMNS')))
      return addColumns(context, name);
    if (kind === 'table' && (cursor.take('DROP', 'COLUMN') || cursor.take('DROP', 'COLUMNS')))
      return dropColumns(context, name);
    if (cursor.take('ALTER', 'COLUMN') || cursor.take('CHANGE', 'COLUMN')) return alterColumn(context, name);
    throw cursor.fault();
  };
}

export const alterSchema: Command = async (context) => {
  const { session, cursor } = context;
  const name = resolveSchemaName(session, cursor.dottedName());
  const { catalog, name: schema } = requireSchema(session, name);
  return alterTags(context, { entityType: 'schemas', entityName: `${catalog}.${schema}` });
};

export const alterCatalog: Command = async (context) => {
  const { session, cursor } = context;
  const given = cursor.name();
  const catalog = session.unity.catalog(given);
  if (catalog === undefined) throw catalogNotFound(given);
  return alterTags(context, { entityType: 'catalogs', entityName: catalog.name });
};

interface Entity {
  readonly entityType: TaggedEntity;
  readonly entityName: string;
}

async function alterTags(context: CommandContext, entity: Entity): Promise<StatementResult> {
  if (context.cursor.take('SET', 'TAGS')) return setTags(context, entity);
  if (context.cursor.take('UNSET', 'TAGS')) return unsetTags(context, entity);
  throw context.cursor.fault();
}

async function setTags({ session, cursor }: CommandContext, entity: Entity): Promise<StatementResult> {
  const tags = readTags(cursor);
  cursor.expectEnd();
  return change(session, async (transaction) => {
    for (const [key, value] of Object.entries(tags)) await session.unity.setTag(transaction, { ...entity, key, value });
  });
}

async function unsetTags({ session, cursor }: CommandContext, entity: Entity): Promise<StatementResult> {
  const keys = readKeys(cursor);
  cursor.expectEnd();
  return change(session, async (transaction) => {
    for (const key of keys) await session.unity.removeTag(transaction, { ...entity, key });
  });
}

async function alterColumn(context: CommandContext, name: ObjectName): Promise<StatementResult> {
  const { session, cursor } = context;
  const given = cursor.name();
  const columns = requireTable(session, name).columns.map((column) => column.name);
  const column = columns.find((known) => known.toLowerCase() === given.toLowerCase());
  if (column === undefined) throw columnNotFound(given, columns);
  if (cursor.take('COMMENT')) return commentColumn(context, { name, column, comment: cursor.string() });
  return alterTags(context, { entityType: 'columns', entityName: `${fullNameOf(name)}.${column}` });
}

async function commentColumn(
  { session, cursor }: CommandContext,
  target: { readonly name: ObjectName; readonly column: string; readonly comment: string },
): Promise<StatementResult> {
  cursor.expectEnd();
  return change(session, async (transaction) => {
    const table = requireTable(session, target.name);
    const columns = table.columns.map((column) =>
      column.name === target.column ? { ...column, comment: target.comment } : column,
    );
    await session.unity.updateTable(transaction, { ...table, columns, updatedAt: session.now });
  });
}

async function changeProperties(
  { session, cursor }: CommandContext,
  target: {
    readonly name: ObjectName;
    readonly set: Readonly<Record<string, string>>;
    readonly unset: readonly string[];
  },
): Promise<StatementResult> {
  cursor.expectEnd();
  return change(session, async (transaction) => {
    const table = requireTable(session, target.name);
    const properties = Object.fromEntries(
      Object.entries({ ...table.properties, ...target.set }).filter(([key]) => !target.unset.includes(key)),
    );
    await session.unity.updateTable(transaction, { ...table, properties, updatedAt: session.now });
  });
}

/** COMMENT ON TABLE|VIEW|SCHEMA|COLUMN name IS 'text' | NULL */
export const commentOn: Command = async (context) => {
  const { session, cursor } = context;
  const kind = ['TABLE', 'VIEW', 'SCHEMA', 'DATABASE', 'COLUMN'].find((word) => cursor.take(word));
  const parts = cursor.dottedName();
  cursor.expect('IS');
  const comment = cursor.take('NULL') ? undefined : cursor.string();
  cursor.expectEnd();
  if (kind === undefined) throw cursor.fault();
  if (kind === 'COLUMN') {
    const name = resolveTableName(session, parts.slice(0, -1));
    const table = findTable(session, name);
    const given = parts.at(-1) ?? '';
    const column = table?.columns.find((known) => known.name.toLowerCase() === given.toLowerCase());
    if (column === undefined) throw columnNotFound(given, table?.columns.map((known) => known.name) ?? []);
    return commentColumn(context, { name, column: column.name, comment: comment ?? '' });
  }
  return change(session, async (transaction) => {
    const added = comment === undefined ? {} : { comment };
    if (kind === 'TABLE' || kind === 'VIEW') {
      const { comment: _old, ...table } = requireTable(session, resolveTableName(session, parts));
      await session.unity.updateTable(transaction, { ...table, ...added, updatedAt: session.now });
    } else {
      const { comment: _old, ...schema } = requireSchema(session, resolveSchemaName(session, parts));
      await session.unity.updateSchema(transaction, { ...schema, ...added, updatedAt: session.now });
    }
  });
};
