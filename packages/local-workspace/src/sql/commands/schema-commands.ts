import { isEmptySchema } from '../../unity/is-empty-schema.ts';
import { catalogSecurable, schemaSecurable } from '../../access/securable.ts';
import type { SchemaObject } from '../../unity/objects.ts';
import { readKeys, readProperties } from './clauses.ts';
import { change, noResult } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { readOwner, requireHandOver } from './owner-command.ts';
import { requireDroppable } from './rights.ts';
import { alterTags } from './tag-commands.ts';
import { findSchema, requireSchema, resolveSchemaName } from '../session.ts';
import { catalogNotFound, schemaExists, schemaNotEmpty, unsupported } from '../sql-errors.ts';
import type { StatementResult } from '../statement-engine.ts';

export const createSchema: Command = async ({ session, cursor }) => {
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const name = resolveSchemaName(session, cursor.dottedName());
  let comment: string | undefined;
  let properties: Readonly<Record<string, string>> = {};
  for (;;) {
    if (cursor.take('COMMENT')) comment = cursor.string();
    else if (cursor.take('WITH', 'DBPROPERTIES')) properties = readProperties(cursor);
    else if (cursor.take('MANAGED', 'LOCATION') || cursor.take('LOCATION'))
      throw unsupported('a schema with a LOCATION');
    else break;
  }
  cursor.expectEnd();
  return change(session, async (transaction) => {
    if (session.unity.catalog(name.catalog) === undefined) throw catalogNotFound(name.catalog);
    if (findSchema(session, name) !== undefined) {
      if (ifNotExists) return;
      throw schemaExists([name.catalog, name.schema]);
    }
    session.access.require(session.caller, 'CREATE_SCHEMA', catalogSecurable(name.catalog));
    await session.unity.createSchema(transaction, {
      catalog: name.catalog,
      name: name.schema,
      owner: session.caller.userName,
      properties: { ...properties },
      ...(comment === undefined ? {} : { comment }),
    });
  });
};

export const dropSchema: Command = async ({ session, cursor }) => {
  const ifExists = cursor.take('IF', 'EXISTS');
  const name = resolveSchemaName(session, cursor.dottedName());
  const cascade = cursor.take('CASCADE');
  if (!cascade) cursor.take('RESTRICT');
  cursor.expectEnd();
  if (ifExists && findSchema(session, name) === undefined) return noResult;
  return change(session, async (transaction) => {
    const schema = requireSchema(session, name);
    requireDroppable(session, schemaSecurable(schema));
    if (!cascade && !isEmptySchema(session, schema)) throw schemaNotEmpty([name.catalog, name.schema]);
    await session.unity.dropSchema(transaction, schema);
  });
};

/** ALTER SCHEMA name SET TAGS | UNSET TAGS | SET DBPROPERTIES | UNSET DBPROPERTIES | [SET] OWNER TO. */
export const alterSchema: Command = async (context) => {
  const { session, cursor } = context;
  const schema = requireSchema(session, resolveSchemaName(session, cursor.dottedName()));
  const securable = schemaSecurable(schema);
  const tagged = await alterTags(context, { entityType: 'schemas', entityName: securable.name, securable });
  if (tagged !== undefined) return tagged;
  const owner = readOwner(cursor);
  if (owner !== undefined) {
    requireHandOver(session, { securable, owner, ownerOnly: true });
    return updateSchema(context, schema, () => ({ owner }));
  }
  // An update of a schema needs its owner (corrections 2 and 11).
  session.access.requireOwner(session.caller, securable);
  if (cursor.take('SET', 'DBPROPERTIES')) {
    const added = readProperties(cursor);
    cursor.expectEnd();
    return updateSchema(context, schema, (current) => ({ properties: { ...current.properties, ...added } }));
  }
  if (cursor.take('UNSET', 'DBPROPERTIES')) {
    cursor.take('IF', 'EXISTS');
    const removed = readKeys(cursor);
    cursor.expectEnd();
    return updateSchema(context, schema, ({ properties }) => ({
      properties: Object.fromEntries(Object.entries(properties).filter(([key]) => !removed.includes(key))),
    }));
  }
  throw cursor.fault();
};

async function updateSchema(
  { session }: CommandContext,
  { catalog, name }: SchemaObject,
  changed: (current: SchemaObject) => Partial<SchemaObject>,
): Promise<StatementResult> {
  return change(session, async (transaction) => {
    const current = requireSchema(session, { catalog, schema: name });
    await session.unity.updateSchema(transaction, { ...current, ...changed(current) });
  });
}
