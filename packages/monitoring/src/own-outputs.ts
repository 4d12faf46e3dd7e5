import type { CatalogTable } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { builtInSettings } from './setting.ts';
import { outputCatalog } from './table-search.ts';

const metricTable = /_(?:profile|drift)_metrics$/u;

/**
 * Tells dpo's own metric tables and views from tables to be monitored: a search must not find them. They are known by their
 * names in the schemas that the config, or the tag of a found table, writes into.
 */
export function ownOutputs(
  loaded: LoadedConfig,
  found: readonly Pick<CatalogTable, 'tags'>[],
): (table: { readonly catalog: string; readonly schema: string; readonly table: string }) => boolean {
  const { config } = loaded;
  const home = outputCatalog(loaded).toLowerCase();
  const tag = `${config.tag_prefix ?? 'monitor_'}output_schema_name`;
  const schemas = [
    builtIn(),
    config.profile_defaults?.output_schema_name,
    ...Object.values(config.monitored_tables).map((entry) => entry.output_schema_name),
    ...found.map(({ tags }) => tags[tag]?.trim()),
  ];
  const outputs = new Set(schemas.flatMap((name) => name?.toLowerCase() ?? []));
  const views = (config.observability_schema ?? 'global_monitoring').toLowerCase();
  return ({ catalog, schema, table }) => {
    if (catalog.toLowerCase() !== home) return false;
    const where = schema.toLowerCase();
    return where === views || (outputs.has(where) && metricTable.test(table.toLowerCase()));
  };
}

function builtIn(): string | undefined {
  const name = builtInSettings.output_schema_name;
  return typeof name === 'string' ? name : undefined;
}
