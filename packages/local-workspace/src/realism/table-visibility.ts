import { doesNotExist } from '../unity/unity-error.ts';
import type { Answer } from '../api/route.ts';
import type { Disturbance } from './disturbance.ts';

const tablesPath = '/api/2.1/unity-catalog/tables';

/**
 * Tables show in the REST API only after some reads that did not find them; SQL sees them at once. `existing` answers the
 * ids of all tables: those there at the start have been visible for long.
 */
export function createTableVisibility(options: {
  readonly reads: number;
  readonly existing: () => readonly string[];
}): Disturbance {
  let known = new Set(options.existing());
  const missed = new Map<string, number>();
  const visible = (table: Answer): boolean => {
    const id = String(table['table_id']);
    if (known.has(id)) return true;
    const reads = (missed.get(id) ?? 0) + 1;
    missed.set(id, reads);
    if (reads <= options.reads) return false;
    missed.delete(id);
    known.add(id);
    return true;
  };
  return {
    settle() {
      known = new Set([...known, ...options.existing()]);
    },
    after({ method, route }, answer) {
      if (method !== 'GET') return answer;
      if (route === `${tablesPath}/{full_name}` && !visible(answer)) {
        throw doesNotExist('Table', String(answer['full_name']));
      }
      const tables = route === tablesPath ? answer['tables'] : undefined;
      return Array.isArray(tables) ? { ...answer, tables: (tables as readonly Answer[]).filter(visible) } : answer;
    },
  };
}
