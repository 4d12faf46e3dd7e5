import { catalogSecurable } from '../../access/securable.ts';
import type { CatalogObject } from '../../unity/objects.ts';
import { change, noResult } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { readOwner, requireHandOver } from './owner-command.ts';
import { requireDroppable } from './rights.ts';
import { isEmptySchema } from '../../unity/is-empty-schema.ts';
import { alterTags } from './tag-commands.ts';
import { systemCatalog } from '../session.ts';
import type { Session } from '../session.ts';
import { catalogExists, catalogNotEmpty, catalogNotFound, unsupported } from '../sql-errors.ts';
import { isWord } from '../tokens.ts';

/** CREATE CATALOG [IF NOT EXISTS] name [COMMENT text]; a new catalog has the schema `default`. */
export const createCatalog: Command = async ({ session, cursor }) => {
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const name = cursor.name().toLowerCase();
  if (isWord(cursor.peek(), 'MANAGED', 'USING', 'LOCATION')) throw unsupported('a catalog with a location or a share');
  const comment = cursor.take('COMMENT') ? cursor.string() : undefined;
  cursor.expectEnd();
  const { access, caller, unity } = session;
  if (unity.catalog(name) !== undefined && ifNotExists) return noResult;
  if (unity.catalog(name) !== undefined || name === systemCatalog) throw catalogExists(name);
  access.require(caller, 'CREATE_CATALOG', { type: 'metastore', name: unity.metastoreId });
  return change(session, async (transaction) => {
    const owner = caller.userName;
    await unity.createCatalog(transaction, { name, owner, ...(comment === undefined ? {} : { comment }) });
    await unity.createSchema(transaction, { catalog: name, name: 'default', owner });
  });
};

/** DROP CATALOG [IF EXISTS] name [RESTRICT | CASCADE]; an empty schema `default` does not count. */
export const dropCatalog: Command = async ({ session, cursor }) => {
  const ifExists = cursor.take('IF', 'EXISTS');
  const given = cursor.name();
  const cascade = cursor.take('CASCADE');
  if (!cascade) cursor.take('RESTRICT');
  cursor.expectEnd();
  const { unity } = session;
  if (ifExists && unity.catalog(given) === undefined) return noResult;
  return change(session, async (transaction) => {
    const catalog = requireCatalog(session, given);
    requireDroppable(session, catalogSecurable(catalog.name));
    const left = unity
      .schemas(catalog.name)
      .filter((schema) => schema.name !== 'default' || !isEmptySchema(session, schema));
    if (left.length > 0 && !cascade) throw catalogNotEmpty(catalog.name);
    await unity.dropCatalog(transaction, catalog);
  });
};

/** ALTER CATALOG name SET TAGS | UNSET TAGS | [SET] OWNER TO. */
export const alterCatalog: Command = async (context) => {
  const { session, cursor } = context;
  const catalog = requireCatalog(session, cursor.name());
  const securable = catalogSecurable(catalog.name);
  const tagged = await alterTags(context, { entityType: 'catalogs', entityName: catalog.name, securable });
  if (tagged !== undefined) return tagged;
  const owner = readOwner(cursor);
  if (owner === undefined) throw cursor.fault();
  requireHandOver(session, { securable, owner, ownerOnly: false });
  return updateCatalog(context, catalog, { owner });
};

export async function updateCatalog(
  { session }: Pick<CommandContext, 'session'>,
  catalog: CatalogObject,
  changed: Partial<CatalogObject>,
) {
  return change(session, async (transaction) => {
    const current = requireCatalog(session, catalog.name);
    await session.unity.updateCatalog(transaction, { ...current, ...changed });
  });
}

export function requireCatalog(session: Session, given: string): CatalogObject {
  const catalog = session.unity.catalog(given);
  if (catalog === undefined) throw catalogNotFound(given);
  return catalog;
}
