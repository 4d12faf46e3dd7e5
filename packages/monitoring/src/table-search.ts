import type { TableSearch } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { patternKeys } from './table-source.ts';

/** What `discovery` means where it leaves something out (U019, U020). */
const usual = {
  include_tags: { monitor_enabled: 'true' },
  exclude_schemas: ['tmp_*', 'dev_*'],
} as const;

/** What is to be found beside the listed tables; undefined if every table is listed. The schema filters hold for patterns too. */
export function searchOf(loaded: LoadedConfig): TableSearch | undefined {
  const { config } = loaded;
  const { discovery } = config;
  const byTags = config.include_tagged_tables === true;
  const patterns = patternKeys(loaded);
  if (!byTags && patterns.length === 0) return undefined;
  return {
    ...searchedPlaces(loaded),
    ...(byTags ? { tags: discovery?.include_tags ?? usual.include_tags } : {}),
    inheritTags: discovery?.inherit_tags === true,
    patterns,
  };
}

/** Every table of the places that a search looks into, also where nothing is searched (U131). */
export function scopeOf(loaded: LoadedConfig): TableSearch {
  return { ...searchedPlaces(loaded), tags: {}, inheritTags: false, patterns: [] };
}

function searchedPlaces(loaded: LoadedConfig): Pick<TableSearch, 'catalogs' | 'includeSchemas' | 'excludeSchemas'> {
  return { catalogs: searchedCatalogs(loaded), ...schemaFilters(loaded) };
}

/** Which schemas are looked at, for what is found and not named. */
export function schemaFilters({ config }: LoadedConfig): Pick<TableSearch, 'includeSchemas' | 'excludeSchemas'> {
  const { include_schemas: include, exclude_schemas: exclude = usual.exclude_schemas } = config.discovery ?? {};
  return { ...(include === undefined || include === null ? {} : { includeSchemas: include }), excludeSchemas: exclude };
}

/** Names and globs of the catalogs that tables may be in (W001). */
export function searchedCatalogs({ config }: LoadedConfig): readonly string[] {
  return [...new Set([config.catalog_name, ...(config.catalogs ?? [])])];
}

/** Home of output schemas, views and what else dpo makes. */
export function outputCatalog({ config }: LoadedConfig): string {
  return config.output_catalog ?? config.catalog_name;
}
