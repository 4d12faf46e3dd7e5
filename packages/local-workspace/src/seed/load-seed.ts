import { atPlace } from './at-place.ts';
import { checkNames } from './check-names.ts';
import { loadContainers } from './load-containers.ts';
import { loadFunctions } from './load-functions.ts';
import { loadPrincipals } from './load-principals.ts';
import { loadTable } from './load-table.ts';
import { loadView } from './load-view.ts';
import { loadVolumes } from './load-volumes.ts';
import { loadWorkspaceObjects } from './load-workspace-objects.ts';
import { readSeed } from './read-seed.ts';
import type { Seed } from './read-seed.ts';
import { seedTables } from './seed-table.ts';
import type { SeedPorts } from './seed-table.ts';
import { checkSettings, keepSettings } from './seed-settings.ts';
import { groupShifts } from './shift.ts';

/**
 * Brings the objects of a seed file into the workspace. What exists stays as it is, so that loading again after an
 * interruption adds what is missing. Views come last, as they read tables.
 */
export async function loadSeed(ports: SeedPorts, file: string | Seed): Promise<void> {
  const seed = typeof file === 'string' ? await readSeed(file) : file;
  await checkSettings(ports, seed);
  checkNames(seed, ports.storage);
  await loadPrincipals(ports, seed);
  await loadContainers(ports, seed);
  await loadFunctions(ports, seed);
  await loadVolumes(ports, seed);
  await loadTables(ports, seed);
  await loadWorkspaceObjects(ports, seed);
  await keepSettings(ports, seed);
}

async function loadTables(ports: SeedPorts, seed: Seed): Promise<void> {
  const tables = seedTables(seed);
  const missing = tables.filter(
    ({ catalog, schema, name }) => ports.unity.table(`${catalog}.${schema}.${name}`) === undefined,
  );
  const shifts = await groupShifts(ports, { seed, tables });
  const place = ({ catalog, schema, name, path }: (typeof tables)[number]) => ({
    seed,
    path,
    what: `table ${catalog}.${schema}.${name}`,
  });
  for (const table of missing.filter(({ fields }) => fields.view === undefined)) {
    await atPlace(place(table), () => loadTable(ports, { seed, table, shifts }));
  }
  for (const table of missing.filter(({ fields }) => fields.view !== undefined)) {
    await atPlace(place(table), () => loadView(ports, table));
  }
}
