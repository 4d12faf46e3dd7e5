/** Values of Unity Catalog objects as the embedded workspace keeps them. Names are stored lower-cased, as the service does. */

export type TableType = 'MANAGED' | 'EXTERNAL' | 'VIEW' | 'MATERIALIZED_VIEW' | 'STREAMING_TABLE' | 'FOREIGN';

export interface UnityColumn {
  readonly name: string;
  /** Spark DDL text in lower case: `bigint`, `string`, `struct<start:timestamp,end:timestamp>`. */
  readonly typeText: string;
  readonly nullable: boolean;
  readonly comment?: string;
}

export interface CatalogObject {
  readonly name: string;
  readonly owner: string;
  readonly comment?: string;
  readonly properties?: Readonly<Record<string, string>>;
  /** Epoch milliseconds of the workspace clock, here and below. */
  readonly createdAt: number;
  readonly updatedAt?: number;
}

export interface SchemaObject {
  readonly catalog: string;
  readonly name: string;
  /** UUID; changes when a schema is dropped and created again. */
  readonly schemaId: string;
  readonly owner: string;
  readonly comment?: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface TableObject {
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
  /** UUID; kept by CREATE OR REPLACE TABLE, new for CREATE OR REPLACE VIEW and for DROP plus CREATE. */
  readonly tableId: string;
  readonly tableType: TableType;
  readonly columns: readonly UnityColumn[];
  readonly owner: string;
  readonly comment?: string;
  readonly properties: Readonly<Record<string, string>>;
  /** The text after AS as it was submitted; views only. */
  readonly viewDefinition?: string;
  /** Full names of the tables and views that a view reads; its owner needs SELECT on each. */
  readonly viewDependencies?: readonly string[];
  /** Keys are told to readers and not enforced, as in Unity Catalog. */
  readonly constraints?: readonly TableConstraint[];
  /** Delta commit version: 0 at creation, +1 for each change of the data. */
  readonly version: number;
  /** The latest commits, the newest first; what DESCRIBE HISTORY shows. */
  readonly commits?: readonly TableCommit[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface TableCommit {
  readonly version: number;
  readonly at: number;
  readonly userName: string;
  /** `WRITE`, `UPDATE`, `DELETE`, `MERGE`, … as Delta names it. */
  readonly operation: string;
}

export interface TableConstraint {
  readonly kind: 'PRIMARY KEY' | 'FOREIGN KEY' | 'CHECK';
  readonly name: string;
  /** Columns of the key; none for a check. */
  readonly columns: readonly string[];
  /** Full name of the table that a foreign key refers to, and its columns. */
  readonly parent?: { readonly table: string; readonly columns: readonly string[] };
  /** The condition of a check. */
  readonly expression?: string;
}

export type TaggedEntity = 'catalogs' | 'schemas' | 'tables' | 'columns';

export interface TagAssignment {
  readonly entityType: TaggedEntity;
  /** Full name; a column is `catalog.schema.table.column`. */
  readonly entityName: string;
  readonly key: string;
  /** Empty for a tag without a value. */
  readonly value: string;
}

export interface VolumeObject {
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
  readonly volumeId: string;
  readonly volumeType: 'MANAGED' | 'EXTERNAL';
  /** Made up for managed volumes, without a slash at the end. */
  readonly storageLocation: string;
  readonly owner: string;
  readonly comment?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A SQL function with a scalar result. */
export interface FunctionObject {
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
  readonly functionId: string;
  readonly parameters: readonly { readonly name: string; readonly typeText: string }[];
  /** Spark DDL text in lower case. */
  readonly returnType: string;
  /** The expression behind RETURN as it was submitted. */
  readonly definition: string;
  readonly owner: string;
  readonly comment?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}
