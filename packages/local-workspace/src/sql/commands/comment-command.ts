import { catalogSecurable, schemaSecurable } from '../../access/securable.ts';
import { requireCatalog } from './catalog-commands.ts';
import { change } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { changeColumn } from './column-commands.ts';
import { findColumn } from './find-column.ts';
import { requireAlterable } from './rights.ts';
import { requireSchema, requireTable, resolveSchemaName, resolveTableName } from '../session.ts';
import type { StatementResult } from '../statement-engine.ts';

/** COMMENT ON CATALOG|SCHEMA|TABLE|VIEW|COLUMN name IS 'text' | NULL */
export const commentOn: Command = async (context) => {
  const { cursor } = context;
  const kind = ['TABLE', 'VIEW', 'SCHEMA', 'DATABASE', 'COLUMN', 'CATALOG'].find((word) => cursor.take(word));
  const parts = cursor.dottedName();
  cursor.expect('IS');
  const comment = cursor.take('NULL') ? undefined : cursor.string();
  cursor.expectEnd();
  if (kind === undefined) throw cursor.fault();
  const added = comment === undefined ? {} : { comment };
  if (kind === 'COLUMN') return commentColumn(context, parts, comment);
  if (kind === 'CATALOG') return commentCatalog(context, parts.join('.'), added);
  if (kind === 'SCHEMA' || kind === 'DATABASE') return commentSchema(context, parts, added);
  return commentTable(context, parts, added);
};

type Added = { readonly comment?: string };

async function commentTable({ session }: CommandContext, parts: readonly string[], added: Added) {
  const name = resolveTableName(session, parts);
  requireAlterable(session, requireTable(session, name));
  return change(session, async (transaction) => {
    const { comment: _old, ...table } = requireTable(session, name);
    await session.unity.updateTable(transaction, { ...table, ...added });
  });
}

async function commentSchema({ session }: CommandContext, parts: readonly string[], added: Added) {
  const name = resolveSchemaName(session, parts);
  session.access.requireManage(session.caller, schemaSecurable(requireSchema(session, name)));
  return change(session, async (transaction) => {
    const { comment: _old, ...schema } = requireSchema(session, name);
    await session.unity.updateSchema(transaction, { ...schema, ...added });
  });
}

async function commentCatalog({ session }: CommandContext, given: string, added: Added) {
  session.access.requireManage(session.caller, catalogSecurable(requireCatalog(session, given).name));
  return change(session, async (transaction) => {
    const { comment: _old, ...catalog } = requireCatalog(session, given);
    await session.unity.updateCatalog(transaction, { ...catalog, ...added });
  });
}

async function commentColumn(
  { session }: CommandContext,
  parts: readonly string[],
  comment: string | undefined,
): Promise<StatementResult> {
  const name = resolveTableName(session, parts.slice(0, -1));
  const table = requireTable(session, name);
  requireAlterable(session, table);
  const column = findColumn(
    parts.at(-1) ?? '',
    table.columns.map((known) => known.name),
  );
  return changeColumn(session, {
    name,
    column,
    change: ({ comment: _old, ...known }) => (comment === undefined ? known : { ...known, comment }),
  });
}
