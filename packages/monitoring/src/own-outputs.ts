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
  const { home, outputs, views } = outputSchemas(loaded, found);
  return ({ catalog, schema, table }) => {
    if (catalog.toLowerCase() !== home) return false;
    const where = schema.toLowerCase();
    return where === views || (outputs.has(where) && metricTable.test(table.toLowerCase()));
  };
}

/** By the last part of its name. */
export function isMetricTable(table: string): boolean {
  return metricTable.test(table.toLowerCase());
}

/** Where dpo writes to: names of schemas, in lower case. */
interface OutputSchemas {
  /** The catalog of all of them. */
  readonly home: string;
  /** Of metric tables; they may hold other tables too. */
  readonly outputs: ReadonlySet<string>;
  /** Of views, and of nothing else. */
  readonly views: string;
}

function outputSchemas(loaded: LoadedConfig, found: readonly Pick<CatalogTable, 'tags'>[]): OutputSchemas {
  const { config } = loaded;
  const tag = `${config.tag_prefix ?? 'monitor_'}output_schema_name`;
  const schemas = [
    builtIn(),
    config.profile_defaults?.output_schema_name,
    ...Object.values(config.monitored_tables).map((entry) => entry.output_schema_name),
    ...found.map(({ tags }) => tags[tag]?.trim()),
  ];
  return {
    home: outputCatalog(loaded).toLowerCase(),
    outputs: new Set(schemas.flatMap((name) => name?.toLowerCase() ?? [])),
    views: (config.observability_schema ?? 'global_monitoring').toLowerCase(),
  };
}

/** A schema (`catalog.schema` in lower case) that dpo writes into, so that it may hold nothing else. */
export function isWrittenTo(
  loaded: LoadedConfig,
  found: readonly Pick<CatalogTable, 'tags'>[],
): (name: string) => boolean {
  const { home, outputs, views } = outputSchemas(loaded, found);
  const names = new Set([...outputs, views].map((schema) => `${home}.${schema}`));
  return (name) => names.has(name);
}

function builtIn(): string | undefined {
  const name = builtInSettings.output_schema_name;
  return typeof name === 'string' ? name : undefined;
}
