import { catalogSecurable, schemaSecurable } from '../access/securable.ts';
import type { Transaction } from '../storage/storage.ts';
import type { TaggedEntity } from '../unity/objects.ts';
import type { Unity } from '../unity/unity.ts';
import { atPlace } from './at-place.ts';
import type { Seed } from './read-seed.ts';
import { seedGrants } from './seed-grants.ts';
import { seedSchemas } from './seed-table.ts';
import type { SeedPorts } from './seed-table.ts';

/** Makes catalogs and schemas that are missing, each with its tags and grants in one transaction. */
export async function loadContainers(ports: SeedPorts, seed: Seed): Promise<void> {
  const { metastore, catalogs = {} } = seed.content;
  const { storage, metastoreId } = ports;
  if (metastore?.grants !== undefined) {
    const securable = { type: 'metastore', name: metastoreId } as const;
    await storage.transaction((transaction) => seedGrants(transaction, securable, metastore.grants));
  }
  for (const [name, fields] of Object.entries(catalogs)) {
    const place = { seed, path: ['catalogs', name], what: `catalog ${name}` };
    await atPlace(place, () => loadCatalog(ports, name, fields));
  }
  for (const schema of seedSchemas(seed)) {
    const place = { seed, path: schema.path, what: `schema ${schema.catalog}.${schema.schema}` };
    await atPlace(place, () => loadSchema(ports, schema));
  }
}

type CatalogFields = NonNullable<Seed['content']['catalogs']>[string];

async function loadCatalog({ storage, unity, principal }: SeedPorts, name: string, fields: CatalogFields) {
  const { comment, owner = principal, tags = {}, grants } = fields;
  await storage.transaction(async (transaction) => {
    if (unity.catalog(name) !== undefined) return;
    await unity.createCatalog(transaction, { name, owner, ...(comment === undefined ? {} : { comment }) });
    await setTags(transaction, unity, { entityType: 'catalogs', entityName: name, tags });
    await seedGrants(transaction, catalogSecurable(name), grants);
  });
}

async function loadSchema(
  { storage, unity, principal }: SeedPorts,
  { catalog, schema: name, fields }: ReturnType<typeof seedSchemas>[number],
): Promise<void> {
  const { comment, owner = principal, tags = {}, grants, properties } = fields;
  await storage.transaction(async (transaction) => {
    if (unity.schema(`${catalog}.${name}`) !== undefined) return;
    await unity.createSchema(transaction, {
      catalog,
      name,
      owner,
      ...(comment === undefined ? {} : { comment }),
      properties: { ...properties },
    });
    await setTags(transaction, unity, { entityType: 'schemas', entityName: `${catalog}.${name}`, tags });
    await seedGrants(transaction, schemaSecurable({ catalog, name }), grants);
  });
}

export async function setTags(
  transaction: Transaction,
  unity: Unity,
  on: {
    readonly entityType: TaggedEntity;
    readonly entityName: string;
    readonly tags: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { entityType, entityName, tags } = on;
  for (const [key, value] of Object.entries(tags)) {
    await unity.setTag(transaction, { entityType, entityName, key, value });
  }
}
