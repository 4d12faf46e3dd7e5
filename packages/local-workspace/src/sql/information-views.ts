import type { Unity } from '../unity/unity.ts';
import type { TaggedEntity } from '../unity/objects.ts';
import type { ObjectName, Session } from './session.ts';
import { informationSchema, partsOf, systemCatalog } from './session.ts';
import { catalogNotFound, tableNotFound } from './sql-errors.ts';

/** In-memory DuckDB database of the `information_schema` tables; beside the data file, whose transactions it must not join. */
export const informationDatabase = '__information';

/** TIMESTAMP cells are epoch milliseconds. */
export type InformationCell = string | number | null;

export interface InformationView {
  readonly columns: Readonly<Record<string, 'VARCHAR' | 'INTEGER' | 'TIMESTAMP'>>;
  /** The column that holds the catalog; the view of one catalog keeps its rows only. */
  readonly catalogColumn: string;
  rows(unity: Unity): readonly (readonly InformationCell[])[];
}

const audit = {
  created: 'TIMESTAMP',
  created_by: 'VARCHAR',
  last_altered: 'TIMESTAMP',
  last_altered_by: 'VARCHAR',
} as const;

/**
 * Columns as documented for the service, in particular without a table id. `view_owner` is hidden: it decides who sees the
 * text of a view.
 */
export const informationViews: Readonly<Record<string, InformationView>> = {
  catalogs: {
    columns: { catalog_name: 'VARCHAR', catalog_owner: 'VARCHAR', comment: 'VARCHAR', ...audit },
    catalogColumn: 'catalog_name',
    rows: (unity) =>
      unity
        .catalogs()
        .map((catalog) => [
          catalog.name,
          catalog.owner,
          catalog.comment ?? null,
          catalog.createdAt,
          catalog.owner,
          catalog.createdAt,
          catalog.owner,
        ]),
  },
  schemata: {
    columns: { catalog_name: 'VARCHAR', schema_name: 'VARCHAR', schema_owner: 'VARCHAR', comment: 'VARCHAR', ...audit },
    catalogColumn: 'catalog_name',
    rows: (unity) =>
      everySchema(unity).map((schema) => [
        schema.catalog,
        schema.name,
        schema.owner,
        schema.comment ?? null,
        schema.createdAt,
        schema.owner,
        schema.updatedAt,
        schema.owner,
      ]),
  },
  tables: {
    columns: {
      table_catalog: 'VARCHAR',
      table_schema: 'VARCHAR',
      table_name: 'VARCHAR',
      table_type: 'VARCHAR',
      is_insertable_into: 'VARCHAR',
      commit_action: 'VARCHAR',
      table_owner: 'VARCHAR',
      comment: 'VARCHAR',
      ...audit,
      data_source_format: 'VARCHAR',
      storage_sub_directory: 'VARCHAR',
      storage_path: 'VARCHAR',
    },
    catalogColumn: 'table_catalog',
    rows: (unity) =>
      everyTable(unity).map((table) => [
        table.catalog,
        table.schema,
        table.name,
        table.tableType,
        table.viewDefinition === undefined ? 'YES' : 'NO',
        'PRESERVE',
        table.owner,
        table.comment ?? null,
        table.createdAt,
        table.owner,
        table.updatedAt,
        table.owner,
        table.viewDefinition === undefined ? 'DELTA' : 'UNKNOWN_DATA_SOURCE_FORMAT',
        null,
        null,
      ]),
  },
  views: {
    columns: {
      table_catalog: 'VARCHAR',
      table_schema: 'VARCHAR',
      table_name: 'VARCHAR',
      view_definition: 'VARCHAR',
      check_option: 'VARCHAR',
      is_updatable: 'VARCHAR',
      is_insertable_into: 'VARCHAR',
      sql_path: 'VARCHAR',
      is_materialized: 'VARCHAR',
      view_owner: 'VARCHAR',
    },
    catalogColumn: 'table_catalog',
    rows: (unity) =>
      everyTable(unity)
        .filter((table) => table.viewDefinition !== undefined)
        .map((table) => [
          table.catalog,
          table.schema,
          table.name,
          table.viewDefinition ?? null,
          'NONE',
          'NO',
          'NO',
          null,
          table.tableType === 'MATERIALIZED_VIEW' ? 'YES' : 'NO',
          table.owner,
        ]),
  },
  columns: {
    columns: {
      table_catalog: 'VARCHAR',
      table_schema: 'VARCHAR',
      table_name: 'VARCHAR',
      column_name: 'VARCHAR',
      ordinal_position: 'INTEGER',
      is_nullable: 'VARCHAR',
      full_data_type: 'VARCHAR',
      data_type: 'VARCHAR',
      comment: 'VARCHAR',
    },
    catalogColumn: 'table_catalog',
    rows: (unity) =>
      everyTable(unity).flatMap((table) =>
        table.columns.map((column, position) => [
          table.catalog,
          table.schema,
          table.name,
          column.name,
          position,
          column.nullable ? 'YES' : 'NO',
          column.typeText,
          dataType(column.typeText),
          column.comment ?? null,
        ]),
      ),
  },
  catalog_tags: tagView('catalogs', ['catalog_name']),
  schema_tags: tagView('schemas', ['catalog_name', 'schema_name']),
  table_tags: tagView('tables', ['catalog_name', 'schema_name', 'table_name']),
  column_tags: tagView('columns', ['catalog_name', 'schema_name', 'table_name', 'column_name']),
};

function everySchema(unity: Unity) {
  return unity.catalogs().flatMap((catalog) => unity.schemas(catalog.name));
}

function everyTable(unity: Unity) {
  return everySchema(unity).flatMap((schema) => unity.tables(schema.catalog, schema.name));
}

/** `data_type` is the `type_name` of the API: `array<string>` is `ARRAY`, `bigint` is `LONG`. */
function dataType(typeText: string): string {
  const word = /^\w+/.exec(typeText)?.[0].toUpperCase() ?? '';
  return { BIGINT: 'LONG', TINYINT: 'BYTE', SMALLINT: 'SHORT', VOID: 'NULL' }[word] ?? word;
}

function tagView(entityType: TaggedEntity, nameColumns: readonly string[]): InformationView {
  return {
    columns: Object.fromEntries([...nameColumns, 'tag_name', 'tag_value'].map((name) => [name, 'VARCHAR' as const])),
    catalogColumn: 'catalog_name',
    rows: (unity) =>
      unity
        .allTags(entityType)
        .map((tag) => [...splitEntityName(tag.entityName, nameColumns.length), tag.key, tag.value]),
  };
}

/** Only a column may hold dots, as the last part of its full name. */
function splitEntityName(entityName: string, count: number): readonly string[] {
  const parts = entityName.split('.');
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join('.')];
}

/** Throws when the catalog or the view is unknown. */
export function requireInformationView(session: Session, name: ObjectName): void {
  const known = name.catalog === systemCatalog || session.unity.catalog(name.catalog) !== undefined;
  if (!known) throw catalogNotFound(name.catalog);
  const isView = name.schema === informationSchema && Object.hasOwn(informationViews, name.name);
  if (!isView) throw tableNotFound(partsOf(name));
}
