import { isJsonArray, kindOf, nameOf, type Live } from '@dpo/core';

/** Tells of a table, by its schema and full name in lower case, whether anomaly detection on its schema watches it (W010). */
export function watchedTables(live: Live): (table: string, schema: string) => boolean {
  const excluded = new Map<string, ReadonlySet<unknown>>();
  for (const [address, seen] of live) {
    if (kindOf(address) !== 'anomaly' || seen.status !== 'present') continue;
    const names = seen.fields['excluded_table_full_names'];
    excluded.set(nameOf(address), new Set(names !== undefined && isJsonArray(names) ? names : []));
  }
  return (table, schema) => excluded.get(schema)?.has(table) === false;
}
