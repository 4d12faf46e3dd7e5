import { effectiveTags } from '../../unity/effective-tags.ts';
import type { TagAssignment, TaggedEntity } from '../../unity/objects.ts';
import { texts, visibleCatalogs, visibleSchemas, visibleTables } from './information-view.ts';
import type { InformationSource, InformationView } from './information-view.ts';

/** Tags vanish with the last grant on their object, as everything about it does (corrections 12). */
export const tagViews: Readonly<Record<string, InformationView>> = {
  catalog_tags: tagView('catalogs', ['catalog_name']),
  schema_tags: tagView('schemas', ['catalog_name', 'schema_name']),
  table_tags: tagView('tables', ['catalog_name', 'schema_name', 'table_name']),
  column_tags: tagView('columns', ['catalog_name', 'schema_name', 'table_name', 'column_name']),
  volume_tags: {
    columns: texts('catalog_name', 'schema_name', 'volume_name', 'tag_name', 'tag_value'),
    catalogColumn: 'catalog_name',
    rows: ({ storage, access, caller }) =>
      (storage.list('tag') as unknown as readonly (Omit<TagAssignment, 'entityType'> & { entityType: string })[])
        .filter(({ entityType, entityName }) => {
          return entityType === 'volumes' && access.sees(caller, { type: 'volume', name: entityName });
        })
        .map((tag) => [...splitEntityName(tag.entityName, 3), tag.key, tag.value]),
  },
};

function tagView(entityType: TaggedEntity, nameColumns: readonly string[]): InformationView {
  return {
    columns: texts(...nameColumns, 'tag_name', 'tag_value'),
    catalogColumn: 'catalog_name',
    rows: (source) =>
      assignments(source, entityType).map((tag) => [
        ...splitEntityName(tag.entityName, nameColumns.length),
        tag.key,
        tag.value,
      ]),
  };
}

function assignments(source: InformationSource, entityType: TaggedEntity): readonly TagAssignment[] {
  const { unity, behaviour } = source;
  const names = visibleNames(source, entityType);
  if (behaviour.information_schema_tags === 'inherited')
    return names.flatMap((entityName) => effectiveTags(unity, { entityType, entityName }));
  const visible = new Set(names);
  return unity.allTags(entityType).filter((tag) => visible.has(tag.entityName));
}

function visibleNames(source: InformationSource, entityType: TaggedEntity): readonly string[] {
  switch (entityType) {
    case 'catalogs':
      return visibleCatalogs(source).map(({ name }) => name);
    case 'schemas':
      return visibleSchemas(source).map(({ catalog, name }) => `${catalog}.${name}`);
    case 'tables':
      return visibleTables(source).map(({ catalog, schema, name }) => `${catalog}.${schema}.${name}`);
    case 'columns':
      return visibleTables(source).flatMap(({ catalog, schema, name, columns }) =>
        columns.map((column) => `${catalog}.${schema}.${name}.${column.name}`.toLowerCase()),
      );
  }
}

/** Only a column may hold dots, as the last part of its full name. */
function splitEntityName(entityName: string, count: number): readonly string[] {
  const parts = entityName.split('.');
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join('.')];
}
