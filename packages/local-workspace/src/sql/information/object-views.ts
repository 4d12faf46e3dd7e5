import { tableSecurable } from '../../access/securable.ts';
import type { VolumeObject } from '../../unity/objects.ts';
import { audit, texts, visibleCatalogs, visibleSchemas, visibleTables } from './information-view.ts';
import type { InformationView } from './information-view.ts';

/** Catalogs, schemas, tables, views and volumes; columns as documented for the service, in particular without a table id. */
export const objectViews: Readonly<Record<string, InformationView>> = {
  catalogs: {
    columns: { ...texts('catalog_name', 'catalog_owner', 'comment'), ...audit },
    catalogColumn: 'catalog_name',
    rows: (source) =>
      visibleCatalogs(source).map(({ name, owner, comment, createdAt, updatedAt = createdAt }) => [
        name,
        owner,
        comment ?? null,
        createdAt,
        owner,
        updatedAt,
        owner,
      ]),
  },
  schemata: {
    columns: { ...texts('catalog_name', 'schema_name', 'schema_owner', 'comment'), ...audit },
    catalogColumn: 'catalog_name',
    rows: (source) =>
      visibleSchemas(source).map(({ catalog, name, owner, comment, createdAt, updatedAt }) => [
        catalog,
        name,
        owner,
        comment ?? null,
        createdAt,
        owner,
        updatedAt,
        owner,
      ]),
  },
  tables: {
    columns: {
      ...texts('table_catalog', 'table_schema', 'table_name', 'table_type', 'is_insertable_into', 'commit_action'),
      ...texts('table_owner', 'comment'),
      ...audit,
      ...texts('data_source_format', 'storage_sub_directory', 'storage_path'),
    },
    catalogColumn: 'table_catalog',
    rows: (source) =>
      visibleTables(source).map((table) => [
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
        table.tableType === 'VIEW' ? 'UNKNOWN_DATA_SOURCE_FORMAT' : 'DELTA',
        null,
        null,
      ]),
  },
  views: {
    columns: texts(
      'table_catalog',
      'table_schema',
      'table_name',
      'view_definition',
      'check_option',
      'is_updatable',
      'is_insertable_into',
      'sql_path',
      'is_materialized',
    ),
    catalogColumn: 'table_catalog',
    rows: (source) =>
      visibleTables(source)
        .filter((table) => table.viewDefinition !== undefined)
        .map((table) => [
          table.catalog,
          table.schema,
          table.name,
          // The text is for the owner alone (corrections 1).
          source.access.owns(source.caller, tableSecurable(table)) ? (table.viewDefinition ?? null) : null,
          'NONE',
          'NO',
          'NO',
          null,
          table.tableType === 'MATERIALIZED_VIEW' ? 'YES' : 'NO',
        ]),
  },
  volumes: {
    columns: {
      ...texts('volume_catalog', 'volume_schema', 'volume_name', 'volume_type', 'volume_owner', 'comment'),
      storage_location: 'VARCHAR',
      ...audit,
    },
    catalogColumn: 'volume_catalog',
    rows: ({ storage, access, caller }) =>
      (storage.list('volume') as unknown as readonly VolumeObject[])
        .filter((volume) =>
          access.sees(caller, { type: 'volume', name: `${volume.catalog}.${volume.schema}.${volume.name}` }),
        )
        .map((volume) => [
          volume.catalog,
          volume.schema,
          volume.name,
          volume.volumeType,
          volume.owner,
          volume.comment ?? null,
          volume.storageLocation,
          volume.createdAt,
          volume.owner,
          volume.updatedAt,
          volume.owner,
        ]),
  },
};
