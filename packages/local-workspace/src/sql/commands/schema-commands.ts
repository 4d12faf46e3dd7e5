import { findSchema, requireSchema, resolveSchemaName } from '../session.ts';
import { catalogNotFound, schemaExists, schemaNotEmpty } from '../sql-errors.ts';
import { readProperties } from './clauses.ts';
import { change, noResult } from './command.ts';
import type { Command } from './command.ts';

export const createSchema: Command = async ({ session, cursor }) => {
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const name = resolveSchemaName(session, cursor.dottedName());
  let comment: string | undefined;
  let properties: Readonly<Record<string, string>> = {};
  for (;;) {
    if (cursor.take('COMMENT')) comment = cursor.string();
    else if (cursor.take('WITH', 'DBPROPERTIES')) properties = readProperties(cursor);
    else break;
  }
  cursor.expectEnd();
  return change(session, async (transaction) => {
    if (session.unity.catalog(name.catalog) === undefined) throw catalogNotFound(name.catalog);
    if (findSchema(session, name) !== undefined) {
      if (ifNotExists) return;
      throw schemaExists([name.catalog, name.schema]);
    }
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
    const isEmpty = session.unity.tables(name.catalog, name.schema).length === 0;
    if (!isEmpty && !cascade) throw schemaNotEmpty([name.catalog, name.schema]);
    await session.unity.dropSchema(transaction, schema);
  });
};
