import type { Warehouse } from '../api/warehouses.ts';
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
    const destinations = transaction.list('destination');
    for (const [displayName, fields] of Object.entries(seed.content.destinations ?? {})) {
      if (destinations.some((known) => known['displayName'] === displayName && known['workspaceId'] === workspaceId)) {
        continue;
      }
      const id = ids.uuid();
      const order = transaction.list('destination').length + 1;
      await transaction.put('destination', id, { id, workspaceId, order, displayName, config: keptConfig(fields) });
    }
  });
}

/** Types of the API where they are not the key in capitals. */
const typeNames: Readonly<Record<string, string>> = { generic_webhook: 'WEBHOOK' };

/** Addresses, and of everything else only the names of what is set. No message ever leaves the workspace. */
function keptConfig(fields: SeedDestinationFields): Readonly<Record<string, unknown>> {
  const { email } = fields;
  const [key = '', config = {}] = Object.entries(fields)[0] ?? [];
  const type = typeNames[key] ?? key.toUpperCase();
  return email === undefined
    ? { type, key, set: Object.keys(config) }
    : { type, key, set: [], addresses: email.addresses };
}
