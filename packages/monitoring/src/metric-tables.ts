import type { Problem } from '@dpo/core';
import type { MonitorDesire } from './monitor-spec.ts';

/** Finds monitors whose metric tables would be the same: they are named by the last part of the table's name (W024). */
export function metricTables(): { check(name: string, wish: MonitorDesire): readonly Problem[] } {
  const taken = new Map<string, string>();
  return {
    check: (key, { outputSchema }) => {
      const leaf = key.slice(key.lastIndexOf('.') + 1).toLowerCase();
      const name = `${outputSchema.name}.${leaf}`;
      const other = taken.get(name);
      if (other === undefined) {
        taken.set(name, key);
        return [];
      }
      return [
        {
          code: 'CATALOG.OUTPUT_COLLISION',
          severity: 'error',
          message: `'${key}' and '${other}' would write into the same metric tables, ${name}_profile_metrics`,
          hint: `give one of them a schema of its own, for example output_schema_name: ${proposal(key, name, taken)}`,
          place: outputSchema.place,
        },
      ];
    },
  };
}

/** A schema of which the metric tables would be free: the usual one with the table's schema, catalog, or both behind it (U049). */
function proposal(key: string, name: string, taken: ReadonlyMap<string, string>): string {
  const [catalog = '', schema = '', leaf = ''] = key.toLowerCase().split('.');
  const [outputCatalog = '', usual = ''] = name.split('.');
  const candidates = [schema, catalog, `${catalog}_${schema}`].map((suffix) => `${usual}_${suffix}`);
  const free =
    candidates.find((candidate) => !taken.has(`${outputCatalog}.${candidate}.${leaf}`)) ?? `${usual}_${leaf}`;
  return free.replaceAll(/[^a-z0-9_]+/gu, '_');
}
