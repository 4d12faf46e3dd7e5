import type { CatalogTable, Facts } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import type { TableSettings } from './table-settings.ts';

export interface FactsRequest {
  readonly loaded: LoadedConfig;
  readonly key: string;
  readonly table: CatalogTable;
  readonly settings: TableSettings;
}

/** What a monitored table can be selected by. The entry wins over tags; a table without a group is in `default`. */
export function factsOf({ loaded, key, table, settings }: FactsRequest): Facts {
  const { config } = loaded;
  const entry = config.monitored_tables[key];
  const fullName = table.fullName.toLowerCase();
  const owner = entry?.owner ?? table.tags['owner'];
  return {
    table: fullName,
    schema: fullName.split('.').slice(0, 2).join('.'),
    group: entry?.monitor_group ?? table.tags[config.monitor_group_tag ?? 'monitor_group'] ?? 'default',
    type: settings.text('profile_type')?.value ?? 'INFERENCE',
    tags: table.tags,
    ...(owner === undefined ? {} : { owner }),
    ...(entry?.labels === undefined ? {} : { labels: textsOf(entry.labels) }),
  };
}

/** Labels are free key-value pairs; a number or a boolean is known by its text. */
function textsOf(labels: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
