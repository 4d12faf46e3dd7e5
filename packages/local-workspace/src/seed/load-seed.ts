import { faultMessage } from '../fault-message.ts';
import { loadTable, loadView } from './load-table.ts';
import { readSeed } from './read-seed.ts';
import type { Seed } from './read-seed.ts';
import { SeedError } from './seed-error.ts';
import type { SeedPorts, SeedTable } from './seed-table.ts';
import { groupShifts } from './shift.ts';

/**
 * Brings the objects of a seed file into the workspace. What exists stays as it is, so that loading again after an
 * interruption adds what is missing. Views come last, as they read tables.
 */
export async function loadSeed(ports: SeedPorts, file: string): Promise<void> {
  const seed = await readSeed(file);
  await loadContainers(ports, seed);
  const tables = seedTables(seed);
  const missing = tables.filter(
    ({ catalog, schema, name }) => ports.unity.table(`${catalog}.${schema}.${name}`) === undefined,
  );
  const shifts = await groupShifts(ports, { seed, tables });
  for (const table of missing.filter(({ fields }) => fields.view === undefined)) {
    await atPlace(seed, table, () => loadTable(ports, { seed, table, shifts }));
  }
  for (const table of missing.filter(({ fields }) => fields.view !== undefined)) {
    await atPlace(seed, table, () => loadView(ports, table));
  }
}

/** Runs work for one table and points every fault at its place in the file. */
export async function atPlace<T>(seed: Seed, table: SeedTable, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof SeedError) throw cause;
    const message = faultMessage(cause);
    throw seed.fault(table.path, `table ${table.catalog}.${table.schema}.${table.name}: ${message}`, cause);
  }
}

async function loadContainers({ storage, unity, principal }: SeedPorts, seed: Seed): Promise<void> {
  for (const [name, { comment, owner = principal, tags = {}, schemas = {} }] of Object.entries(seed.content.catalogs)) {
    await storage.transaction(async (transaction) => {
      if (unity.catalog(name) !== undefined) return;
      await unity.createCatalog(transaction, { name, owner, ...(comment === undefined ? {} : { comment }) });
      for (const [key, value] of Object.entries(tags)) {
        await unity.setTag(transaction, { entityType: 'catalogs', entityName: name, key, value });
      }
    });
    for (const [schema, fields] of Object.entries(schemas)) {
      await storage.transaction(async (transaction) => {
        if (unity.schema(`${name}.${schema}`) !== undefined) return;
        await unity.createSchema(transaction, {
          catalog: name,
          name: schema,
          owner: fields.owner ?? principal,
          ...(fields.comment === undefined ? {} : { comment: fields.comment }),
          properties: { ...fields.properties },
        });
        for (const [key, value] of Object.entries(fields.tags ?? {})) {
          await unity.setTag(transaction, { entityType: 'schemas', entityName: `${name}.${schema}`, key, value });
        }
      });
    }
  }
}

function seedTables(seed: Seed): readonly SeedTable[] {
  return Object.entries(seed.content.catalogs).flatMap(([catalog, { schemas = {} }]) =>
    Object.entries(schemas).flatMap(([schema, { tables = {} }]) =>
      Object.entries(tables).map(([name, fields]) => ({
        catalog: catalog.toLowerCase(),
        schema: schema.toLowerCase(),
        name: name.toLowerCase(),
        fields,
        path: ['catalogs', catalog, 'schemas', schema, 'tables', name],
      })),
    ),
  );
}
