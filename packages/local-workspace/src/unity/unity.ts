import type { Transaction } from '../storage/storage.ts';
import type {
  CatalogObject,
  SchemaObject,
  TableConstraint,
  TableObject,
  TableType,
  TagAssignment,
  TaggedEntity,
  UnityColumn,
} from './objects.ts';

/**
 * Unity Catalog over the document store. Look-ups ignore case. Reads show committed objects; the functions that take a
 * transaction also see what it has changed. Data and views themselves are made by the caller on the transaction's
 * connection: the DuckDB schema of `catalog.schema` is called exactly that, quoted: `"prod.ml"."churn"`.
 */
export interface Unity {
  readonly metastoreId: string;
  catalogs(): readonly CatalogObject[];
  schemas(catalog: string): readonly SchemaObject[];
  tables(catalog: string, schema: string): readonly TableObject[];
  catalog(name: string): CatalogObject | undefined;
  /** `catalog.schema` */
  schema(fullName: string): SchemaObject | undefined;
  /** `catalog.schema.table`; views too. */
  table(fullName: string): TableObject | undefined;
  tableById(tableId: string): TableObject | undefined;
  schemaById(schemaId: string): SchemaObject | undefined;
  tags(entityType: TaggedEntity, entityName: string): readonly TagAssignment[];
  allTags(entityType: TaggedEntity): readonly TagAssignment[];

  /** Also creates the DuckDB schema. */
  createCatalog(
    transaction: Transaction,
    catalog: { name: string; owner: string; comment?: string },
  ): Promise<CatalogObject>;
  updateCatalog(transaction: Transaction, catalog: CatalogObject): Promise<void>;
  /** Removes its schemas with what they hold, its tags and grants. */
  dropCatalog(transaction: Transaction, catalog: CatalogObject): Promise<void>;
  createSchema(
    transaction: Transaction,
    schema: { catalog: string; name: string; owner: string; comment?: string; properties?: Record<string, string> },
  ): Promise<SchemaObject>;
  updateSchema(transaction: Transaction, schema: SchemaObject): Promise<void>;
  /** Removes tables, functions, tags, grants and the DuckDB schema too. */
  dropSchema(transaction: Transaction, schema: SchemaObject): Promise<void>;
  /** Registers a table or view that exists in DuckDB; gives it a new id unless `tableId` is given. */
  registerTable(
    transaction: Transaction,
    table: {
      catalog: string;
      schema: string;
      name: string;
      tableType: TableType;
      columns: readonly UnityColumn[];
      owner: string;
      comment?: string;
      properties?: Record<string, string>;
      viewDefinition?: string;
      viewDependencies?: readonly string[];
      constraints?: readonly TableConstraint[];
      tableId?: string;
    },
  ): Promise<TableObject>;
  updateTable(transaction: Transaction, table: TableObject): Promise<void>;
  /** Removes the object and its tags; the caller drops the data. */
  dropTable(transaction: Transaction, table: TableObject): Promise<void>;
  setTag(transaction: Transaction, tag: TagAssignment): Promise<void>;
  removeTag(transaction: Transaction, tag: Pick<TagAssignment, 'entityType' | 'entityName' | 'key'>): Promise<void>;
}
