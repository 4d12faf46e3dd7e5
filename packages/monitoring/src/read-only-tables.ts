import { addressOf, type CatalogFindings, type FoundTable, type JsonObject, type Live } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { factsOf } from './facts.ts';
import { foundTables } from './found-tables.ts';
import type { MetricTableNames, MonitoredTable } from './groups/monitored-table.ts';
import { readOnlyScope } from './read-only.ts';
import { tableSettings } from './table-settings.ts';
import { listedKeys, listedSource, patternKeys, type TableSource } from './table-source.ts';

export interface ReadOnlyRequest {
  readonly loaded: LoadedConfig;
  readonly findings: CatalogFindings;
  readonly found?: readonly FoundTable[];
  /** What reading the monitors of `readOnlyLookups` gave. */
  readonly existing?: Live;
}

/**
 * Tables whose monitors this target only reads (W017), as groups know monitored ones: what the monitor is comes from the live
 * one, what is said about the table from the config, and the metric tables have the names that they have. A table without a
 * monitor, or whose monitor cannot be read, is left out.
 */
export function readOnlyTables({
  loaded,
  findings,
  found = [],
  existing = new Map(),
}: ReadOnlyRequest): readonly MonitoredTable[] {
  const isReadOnly = readOnlyScope(loaded);
  const patterns = patternKeys(loaded);
  const sources: readonly (readonly [string, TableSource])[] = [
    ...listedKeys(loaded).map((key) => [key.toLowerCase(), listedSource(loaded, key, patterns)] as const),
    ...foundTables(loaded, { found, findings }).map(({ name, source }) => [name, source] as const),
  ];
  return sources.flatMap(([name, source]): readonly MonitoredTable[] => {
    const finding = findings.get(name);
    const address = addressOf('monitor', name);
    const live = existing.get(address);
    if (!isReadOnly(name) || finding?.status !== 'present' || live?.status !== 'present') return [];
    const { table } = finding;
    const settings = tableSettings(loaded, source, table);
    const monitor = {
      address,
      spec: live.fields,
      place: source.place,
      origins: {},
      facts: factsOf({ loaded, source, table, settings }),
    };
    return [{ monitor, table, source, settings, metrics: metricTablesOf(live.out) }];
  });
}

/** A metric table that is not there yet has no name. */
function metricTablesOf(out: JsonObject): MetricTableNames {
  const [profile, drift] = [out['profile_metrics_table_name'], out['drift_metrics_table_name']];
  return {
    ...(typeof profile === 'string' ? { profile } : {}),
    ...(typeof drift === 'string' ? { drift } : {}),
  };
}
