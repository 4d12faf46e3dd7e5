import { pathText, ShapeFault } from '../api/reader.ts';
import type { Warehouse } from '../api/warehouses.ts';
import { addDestination } from '../destinations/add-destination.ts';
import { destinationConfig } from '../destinations/destination-config.ts';
import type { DestinationConfig } from '../destinations/destination-config.ts';
import { listDestinations } from '../destinations/destination.ts';
import type { Document } from '../storage/storage.ts';
import type { SeedDestinationFields } from './object-shapes.ts';
import type { Seed } from './read-seed.ts';
import type { SeedPorts } from './seed-table.ts';

/** Makes the SQL warehouses and notification destinations whose names are not taken. */
export async function loadWorkspaceObjects(ports: SeedPorts, seed: Seed): Promise<void> {
  const { storage, ids, workspaceId } = ports;
  await storage.transaction(async (transaction) => {
    const warehouses = transaction.list('warehouse') as unknown as readonly Warehouse[];
    for (const [name, fields] of Object.entries(seed.content.warehouses ?? {})) {
      if (warehouses.some((known) => known.name === name || known.id === fields.id)) continue;
      const warehouse: Warehouse = {
        id: fields.id ?? ids.hex().slice(0, 16),
        name,
        serverless: fields.serverless ?? true,
        wanted: fields.state === 'stopped' ? 'STOPPED' : 'RUNNING',
        runningAt: 0,
      };
      await transaction.put('warehouse', warehouse.id, warehouse as unknown as Document);
    }
    const destinations = listDestinations(transaction);
    for (const [displayName, fields] of Object.entries(seed.content.destinations ?? {})) {
      if (destinations.some((known) => known.displayName === displayName && known.workspaceId === workspaceId))
        continue;
      const config = configOf(seed, displayName, fields);
      await addDestination(transaction, { id: ids.uuid(), workspaceId, displayName, config });
    }
  });
}

/** The rules of the API: which fields of a kind belong together. */
function configOf(seed: Seed, name: string, fields: SeedDestinationFields): DestinationConfig {
  const path = ['destinations', name];
  try {
    return destinationConfig(fields, { path });
  } catch (fault) {
    if (fault instanceof ShapeFault) throw seed.fault(fault.path, `${pathText(fault.path)}: ${fault.message}`, fault);
    throw fault;
  }
}
