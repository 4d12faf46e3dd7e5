import type { EffectiveTag } from '../unity/effective-tags.ts';
import type { CatalogObject, SchemaObject, TableConstraint, TableObject } from '../unity/objects.ts';
import { parseSparkType, structFieldJson } from '../unity/spark-type.ts';
import type { Answer } from './route.ts';

export interface TableAnswerOptions extends AnswerOptions {
  /** What the caller may see of a view; all of it for an owner. */
  readonly hidden: { readonly text: boolean; readonly properties: boolean };
  /** One of a list, which leaves constraints and dependencies out. */
  readonly listed?: boolean;
  readonly omitColumns?: boolean | undefined;
  readonly omitProperties?: boolean | undefined;
  readonly omitUsername?: boolean | undefined;
}

interface AnswerOptions {
  readonly metastoreId: string;
  readonly visibility: 'full' | 'browse';
}

export function catalogAnswer(catalog: CatalogObject, { metastoreId, visibility }: AnswerOptions): Answer {
  return {
    ...browseOnly(visibility),
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

export function schemaAnswer(schema: SchemaObject, { metastoreId, visibility }: AnswerOptions): Answer {
  return {
    ...browseOnly(visibility),
    name: schema.name,
    catalog_name: schema.catalog,
    full_name: `${schema.catalog}.${schema.name}`,
    schema_id: schema.schemaId,
    metastore_id: metastoreId,
    owner: schema.owner,
    comment: schema.comment,
    properties: schema.properties,
    catalog_type: 'MANAGED_CATALOG',
    created_at: schema.createdAt,
    created_by: schema.owner,
    updated_at: schema.updatedAt,
    updated_by: schema.owner,
  };
}

/** TableInfo. Tags are never part of it. */
export function tableAnswer(table: TableObject, options: TableAnswerOptions): Answer {
  const users = { owner: table.owner, created_by: table.owner, updated_by: table.owner };
  const { hidden } = options;
  return {
    ...browseOnly(options.visibility),
    name: table.name,
    catalog_name: table.catalog,
    schema_name: table.schema,
    full_name: `${table.catalog}.${table.schema}.${table.name}`,
    table_id: table.tableId,
    metastore_id: options.metastoreId,
    table_type: table.tableType,
    ...(table.tableType === 'VIEW' ? {} : { data_source_format: 'DELTA' }),
    ...(options.omitColumns === true ? {} : { columns: columnAnswers(table) }),
    ...(options.omitProperties === true || hidden.properties ? {} : { properties: table.properties }),
    ...(options.omitUsername === true ? {} : users),
    comment: table.comment,
    ...(hidden.text ? {} : { view_definition: table.viewDefinition }),
    ...(options.listed === true ? {} : detailAnswers(table)),
    created_at: table.createdAt,
    updated_at: table.updatedAt,
  };
}

/** What a list leaves out (`TablesAPI.list`). */
function detailAnswers({ constraints = [], viewDependencies }: TableObject): Answer {
  const keys = constraints.flatMap((constraint) => constraintAnswers(constraint));
  const dependencies = viewDependencies?.map((name) => ({ table: { table_full_name: name } }));
  return {
    ...(keys.length === 0 ? {} : { table_constraints: keys }),
    ...(dependencies === undefined ? {} : { view_dependencies: { dependencies } }),
  };
}

/** Keys only: checks are properties of a Delta table. */
function constraintAnswers({ kind, name, columns, parent }: TableConstraint): readonly Answer[] {
  if (kind === 'PRIMARY KEY') return [{ primary_key_constraint: { name, child_columns: columns } }];
  if (kind === 'CHECK' || parent === undefined) return [];
  const reference = { parent_table: parent.table, parent_columns: parent.columns };
  return [{ foreign_key_constraint: { name, child_columns: columns, ...reference } }];
}

export function tagAnswer(tag: EffectiveTag): Answer {
  const { entityType, entityName, key, value, inherited } = tag;
  return { entity_type: entityType, entity_name: entityName, tag_key: key, tag_value: value, inherited };
}

/** Set only where BROWSE is all that the caller has (`TableInfo.browse_only`). */
function browseOnly(visibility: 'full' | 'browse'): Answer {
  return visibility === 'browse' ? { browse_only: true } : {};
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
