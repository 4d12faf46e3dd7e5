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
          hint: `give one of them another output_schema_name, for example ${leaf}_monitoring`,
          place: outputSchema.place,
        },
      ];
    },
  };
}
