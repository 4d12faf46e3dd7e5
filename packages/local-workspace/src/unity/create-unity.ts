import { dropGrants } from '../access/grants.ts';
import { catalogSecurable, schemaSecurable, tableSecurable } from '../access/securable.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { Document, Storage, Transaction } from '../storage/storage.ts';
import { dropVolume, listVolumes } from '../volumes/volumes.ts';
import { indexBy } from './document-index.ts';
import type { Ids } from './ids.ts';
import type {
  CatalogObject,
  FunctionObject,
  SchemaObject,
  TableObject,
  TagAssignment,
  TaggedEntity,
} from './objects.ts';
import { alreadyExists, doesNotExist } from './unity-error.ts';
import type { Unity } from './unity.ts';

interface UnityPorts {
  readonly storage: Storage;
  readonly ids: Ids;
  readonly clock: () => Date;
  readonly metastoreId: string;
}

/**
 * Properties that the service adds to each schema; they come back although nobody sent them
 * (databricks/cli `acceptance/bundle/resources/schemas`).
 */
export const managedSchemaProperties: Readonly<Record<string, string>> = {
  'unity.catalog.managed.delta.defaults.delta.enableRowTracking': 'true',
};

export function createUnity(ports: UnityPorts): Unity {
  return {
    metastoreId: ports.metastoreId,
    ...createReads(ports.storage),
    ...createSchemaWrites(ports),
    ...createTableWrites(ports),
    ...tagWrites,
  };
}

function createReads(storage: Storage) {
  const catalogs = (): readonly CatalogObject[] => storage.list('catalog') as unknown as readonly CatalogObject[];
  const schemas = (): readonly SchemaObject[] => storage.list('schema') as unknown as readonly SchemaObject[];
  const tables = (): readonly TableObject[] => storage.list('table') as unknown as readonly TableObject[];
  const tags = (): readonly TagAssignment[] => storage.list('tag') as unknown as readonly TagAssignment[];
  const schemasByCatalog = indexBy((schema: SchemaObject) => schema.catalog);
  const schemasById = indexBy((schema: SchemaObject) => schema.schemaId);
  const tablesBySchema = indexBy((table: TableObject) => `${table.catalog}.${table.schema}`);
  const tablesById = indexBy((table: TableObject) => table.tableId);
  const tagsByType = indexBy((tag: TagAssignment) => tag.entityType);
  const tagsByEntity = indexBy((tag: TagAssignment) => `${tag.entityType} ${tag.entityName}`);
  return {
    catalogs,
    schemas: (catalog: string) => schemasByCatalog(schemas(), catalog.toLowerCase()),
    tables: (catalog: string, schema: string) => tablesBySchema(tables(), `${catalog}.${schema}`.toLowerCase()),
    catalog: (name: string) => storage.get('catalog', name.toLowerCase()) as CatalogObject | undefined,
    schema: (fullName: string) => storage.get('schema', fullName.toLowerCase()) as SchemaObject | undefined,
    table: (fullName: string) => storage.get('table', fullName.toLowerCase()) as TableObject | undefined,
    tableById: (tableId: string) => tablesById(tables(), tableId)[0],
    schemaById: (schemaId: string) => schemasById(schemas(), schemaId)[0],
    tags: (entityType: TaggedEntity, entityName: string) =>
      tagsByEntity(tags(), `${entityType} ${entityName.toLowerCase()}`),
    allTags: (entityType: TaggedEntity) => tagsByType(tags(), entityType),
  };
}

function createSchemaWrites({
  ids,
  clock,
}: UnityPorts): Pick<
  Unity,
  'createCatalog' | 'updateCatalog' | 'dropCatalog' | 'createSchema' | 'updateSchema' | 'dropSchema'
> {
  return {
    async createCatalog(transaction, { name, ...rest }) {
      const catalog: CatalogObject = { ...rest, name: name.toLowerCase(), createdAt: clock().getTime() };
      if (transaction.get('catalog', catalog.name) !== undefined) throw alreadyExists('Catalog', catalog.name);
      await putCatalog(transaction, catalog);
      return catalog;
    },
    async updateCatalog(transaction, catalog) {
      await putCatalog(transaction, { ...catalog, updatedAt: clock().getTime() });
    },
    async dropCatalog(transaction, catalog) {
      const schemas = transaction.list('schema') as unknown as readonly SchemaObject[];
      for (const schema of schemas) if (schema.catalog === catalog.name) await removeSchema(transaction, schema);
      await removeTags(transaction, 'catalogs', catalog.name);
      await dropGrants(transaction, catalogSecurable(catalog.name));
      await transaction.remove('catalog', catalog.name);
    },
    async createSchema(transaction, { name, catalog, properties, ...rest }) {
      const now = clock().getTime();
      const schema: SchemaObject = {
        ...rest,
        catalog: catalog.toLowerCase(),
        name: name.toLowerCase(),
        schemaId: ids.uuid(),
        properties: { ...properties, ...managedSchemaProperties },
        createdAt: now,
        updatedAt: now,
      };
      if (transaction.get('catalog', schema.catalog) === undefined) throw doesNotExist('Catalog', schema.catalog);
      if (transaction.get('schema', schemaName(schema)) !== undefined)
        throw alreadyExists('Schema', schemaName(schema));
      await transaction.connection.run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schemaName(schema))}`);
      await putSchema(transaction, schema);
      return schema;
    },
    async updateSchema(transaction, schema) {
      await putSchema(transaction, { ...schema, updatedAt: clock().getTime() });
    },
    dropSchema: removeSchema,
  };
}

function createTableWrites({ ids, clock }: UnityPorts): Pick<Unity, 'registerTable' | 'updateTable' | 'dropTable'> {
  return {
    async registerTable(transaction, { catalog, schema, name, tableId, properties, ...rest }) {
      const now = clock().getTime();
      const table: TableObject = {
        ...rest,
        catalog: catalog.toLowerCase(),
        schema: schema.toLowerCase(),
        name: name.toLowerCase(),
        tableId: tableId ?? ids.uuid(),
        properties: properties ?? {},
        version: 0,
        createdAt: now,
        updatedAt: now,
      };
      await putTable(transaction, table);
      return table;
    },
    async updateTable(transaction, table) {
      await putTable(transaction, { ...table, updatedAt: clock().getTime() });
    },
    dropTable: removeTable,
  };
}

const tagWrites: Pick<Unity, 'setTag' | 'removeTag'> = {
  async setTag(transaction, tag) {
    const stored: TagAssignment = { ...tag, entityName: tag.entityName.toLowerCase() };
    await transaction.put('tag', tagId(stored), stored as unknown as Document);
  },
  async removeTag(transaction, tag) {
    await transaction.remove('tag', tagId(tag));
  },
};

async function putCatalog(transaction: Transaction, catalog: CatalogObject): Promise<void> {
  await transaction.put('catalog', catalog.name, catalog as unknown as Document);
}

async function putSchema(transaction: Transaction, schema: SchemaObject): Promise<void> {
  await transaction.put('schema', schemaName(schema), schema as unknown as Document);
}

async function putTable(transaction: Transaction, table: TableObject): Promise<void> {
  await transaction.put('table', tableName(table), table as unknown as Document);
}

function listTables(transaction: Transaction): readonly TableObject[] {
  return transaction.list('table') as unknown as readonly TableObject[];
}

async function removeTable(transaction: Transaction, table: TableObject): Promise<void> {
  await removeTags(transaction, 'tables', tableName(table));
  for (const column of table.columns) await removeTags(transaction, 'columns', `${tableName(table)}.${column.name}`);
  await transaction.remove('table', tableName(table));
  await dropGrants(transaction, tableSecurable(table));
}

async function removeSchema(transaction: Transaction, schema: SchemaObject): Promise<void> {
  const within = (object: { readonly catalog: string; readonly schema: string }): boolean =>
    object.catalog === schema.catalog && object.schema === schema.name;
  for (const table of listTables(transaction)) if (within(table)) await removeTable(transaction, table);
  for (const found of (transaction.list('function') as unknown as readonly FunctionObject[]).filter(within)) {
    await transaction.remove('function', tableName(found));
    await dropGrants(transaction, { type: 'function', name: tableName(found) });
  }
  for (const volume of listVolumes(transaction, schema.catalog, schema.name)) await dropVolume(transaction, volume);
  await removeTags(transaction, 'schemas', schemaName(schema));
  await dropGrants(transaction, schemaSecurable(schema));
  await transaction.remove('schema', schemaName(schema));
  await transaction.connection.run(`DROP SCHEMA IF EXISTS ${quoteIdentifier(schemaName(schema))} CASCADE`);
}

async function removeTags(transaction: Transaction, entityType: TaggedEntity, entityName: string): Promise<void> {
  for (const tag of transaction.list('tag') as unknown as readonly TagAssignment[]) {
    if (tag.entityType === entityType && tag.entityName === entityName.toLowerCase()) {
      await transaction.remove('tag', tagId(tag));
    }
  }
}

function schemaName(schema: Pick<SchemaObject, 'catalog' | 'name'>): string {
  return `${schema.catalog}.${schema.name}`;
}

function tableName(table: Pick<TableObject, 'catalog' | 'schema' | 'name'>): string {
  return `${table.catalog}.${table.schema}.${table.name}`;
}

/** Tag keys keep their case; the separator cannot occur in an entity type or a name. */
function tagId(tag: Pick<TagAssignment, 'entityType' | 'entityName' | 'key'>): string {
  return [tag.entityType, tag.entityName.toLowerCase(), tag.key].join('\u001F');
}
