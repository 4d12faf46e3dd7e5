import type { DuckDBConnection } from '@duckdb/node-api';
import { faultMessage } from '../fault-message.ts';
import type { Seed } from './read-seed.ts';
import type { SeedPorts, SeedTable } from './seed-table.ts';
import { daysUntil, tableSource } from './table-source.ts';

/** Days per shift group. */
export type Shifts = ReadonlyMap<string, number>;

/**
 * The shift of every group: the latest value of all its tables falls on yesterday. It is stored with the first load, so
 * that a load that goes on the next day moves the remaining tables by as much as the others.
 */
export async function groupShifts(
  ports: SeedPorts,
  { seed, tables }: { readonly seed: Seed; readonly tables: readonly SeedTable[] },
): Promise<Shifts> {
  const groups = new Set(tables.flatMap(({ fields }) => fields.shift_group ?? []));
  const shifts = new Map<string, number>();
  for (const group of groups) {
    const members = tables.filter(({ fields }) => fields.shift_group === group);
    shifts.set(group, await groupShift(ports, { seed, group, members }));
  }
  return shifts;
}

/** Days by which a table without a group moves. */
export async function ownShift(
  connection: DuckDBConnection,
  source: string,
  target: { readonly column: string; readonly clock: () => Date },
): Promise<number> {
  return (await daysUntil(connection, source, { column: target.column, day: yesterday(target.clock()) })) ?? 0;
}

async function groupShift(
  ports: SeedPorts,
  options: { readonly seed: Seed; readonly group: string; readonly members: readonly SeedTable[] },
): Promise<number> {
  const { storage, unity, clock } = ports;
  const { seed, group, members } = options;
  const id = `shift ${group}`;
  const stored = storage.get('workspace', id)?.['days'];
  const begun = members.some(({ catalog, schema, name }) => unity.table(`${catalog}.${schema}.${name}`) !== undefined);
  if (begun && typeof stored === 'number') return stored;
  return storage.transaction(async (transaction) => {
    const { connection } = transaction;
    const distances: number[] = [];
    for (const { fields, path } of members) {
      const target = { column: fields.shift_to_now ?? '', day: yesterday(clock()) };
      try {
        const days = await daysUntil(connection, await tableSource(connection, fields, seed.resolve), target);
        if (days !== undefined) distances.push(days);
      } catch (cause) {
        throw seed.fault(path, faultMessage(cause), cause);
      }
    }
    // The table whose latest value is nearest to today, or even later, decides.
    const days = distances.length === 0 ? 0 : Math.min(...distances);
    await transaction.put('workspace', id, { days });
    return days;
  });
}

function yesterday(now: Date): string {
  return new Date(now.getTime() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
