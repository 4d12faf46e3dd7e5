import type { CatalogObject, SchemaObject, TableObject, TagAssignment } from '../unity/objects.ts';
import { parseSparkType, structFieldJson } from '../unity/spark-type.ts';
import type { Answer } from './route.ts';

export interface TableAnswerOptions {
  readonly metastoreId: string;
  readonly omitColumns?: boolean | undefined;
  readonly omitProperties?: boolean | undefined;
  readonly omitUsername?: boolean | undefined;
}

export function catalogAnswer(catalog: CatalogObject, metastoreId: string): Answer {
  return {
    name: catalog.name,
    full_name: catalog.name,
    owner: catalog.owner,
    comment: catalog.comment,
    metastore_id: metastoreId,
    catalog_type: 'MANAGED_CATALOG',
    securable_type: 'CATALOG',
    isolation_mode: 'OPEN',
    created_at: catalog.createdAt,
    created_by: catalog.owner,
    updated_at: catalog.createdAt,
    updated_by: catalog.owner,
  };
}

export function schemaAnswer(schema: SchemaObject, metastoreId: string): Answer {
  return {
    name: schema.name,
    catalog_name: schema.catalog,
    full_name: `${schema.catalog}.${schema.name}`,
    schema_id: schema.schemaId,
    metastore_id: metastoreId,
    owner: schema.owner,
    comment: schema.comment,
    properties: schema.properties,
    catalog_type: 'MANAGED_CATALOG',
    securable_type: 'SCHEMA',
    created_at: schema.createdAt,
    created_by: schema.owner,
    updated_at: schema.updatedAt,
    updated_by: schema.owner,
  };
}

/** TableInfo. Tags are never part of it. */
export function tableAnswer(table: TableObject, options: TableAnswerOptions): Answer {
  const users = { owner: table.owner, created_by: table.owner, updated_by: table.owner };
  return {
    name: table.name,
    catalog_name: table.catalog,
    schema_name: table.schema,
    full_name: `${table.catalog}.${table.schema}.${table.name}`,
    table_id: table.tableId,
    metastore_id: options.metastoreId,
    table_type: table.tableType,
    ...(table.tableType === 'VIEW' ? {} : { data_source_format: 'DELTA' }),
    ...(options.omitColumns === true ? {} : { columns: columnAnswers(table) }),
    ...(options.omitProperties === true ? {} : { properties: table.properties }),
    ...(options.omitUsername === true ? {} : users),
    comment: table.comment,
    view_definition: table.viewDefinition,
    ...(table.primaryKey === undefined ? {} : { table_constraints: [primaryKey(table, table.primaryKey)] }),
    created_at: table.createdAt,
    updated_at: table.updatedAt,
  };
}

/** Unnamed keys get the name `<table>_pk`. */
function primaryKey({ name }: TableObject, columns: readonly string[]): Answer {
  return { primary_key_constraint: { name: `${name}_pk`, child_columns: columns } };
}

export function tagAnswer(tag: TagAssignment): Answer {
  return { entity_type: tag.entityType, entity_name: tag.entityName, tag_key: tag.key, tag_value: tag.value };
}

function columnAnswers(table: TableObject): readonly Answer[] {
  return table.columns.map((column, position) => {
    const type = parseSparkType(column.typeText);
    return {
      name: column.name,
      type_name: type.name,
      type_text: column.typeText,
      type_json: structFieldJson(column),
      ...(type.precision === undefined ? {} : { type_precision: type.precision, type_scale: type.scale }),
      nullable: column.nullable,
      position,
      comment: column.comment,
    };
  });
}
