import type { Client } from '../client/client.ts';
import { segment, type ApiRequest } from '../client/request.ts';
import { textField } from './fields.ts';

/** What statements found: a warehouse that ran, one on its way up, or one that they started. */
export type WarehouseUse = 'none' | 'running' | 'starting' | 'started' | 'unknown';

export interface WatchedClient {
  readonly client: Client;
  /** Of the statements so far. */
  use(): WarehouseUse;
}

const worst: readonly WarehouseUse[] = ['none', 'running', 'starting', 'unknown', 'started'];

/**
 * The same client, which looks at a warehouse once before the first statement on it: a statement starts a warehouse that is
 * stopped, and no answer says so (W021). One request for each warehouse; one that is refused changes nothing.
 */
export function watchWarehouse(client: Client): WatchedClient {
  const looks = new Map<string, Promise<void>>();
  let use: WarehouseUse = 'none';
  const look = async (id: string, signal: AbortSignal | undefined): Promise<void> => {
    const found = await stateOf(client, id, signal);
    if (worst.indexOf(found) > worst.indexOf(use)) use = found;
  };
  return {
    use: () => use,
    client: {
      host: client.host,
      send: async (request) => {
        const id = warehouseIn(request);
        if (id !== undefined) {
          const looking = looks.get(id) ?? look(id, request.signal);
          looks.set(id, looking);
          await looking;
        }
        return client.send(request);
      },
      sendForText: async (request) => client.sendForText(request),
      download: async (link, signal) => client.download(link, signal),
      counts: () => client.counts(),
      hide: (texts) => client.hide(texts),
      redact: (text) => client.redact(text),
      warehouseStarting: (start) => client.warehouseStarting(start),
      close: async () => client.close(),
    },
  };
}

function warehouseIn({ method, path, body }: ApiRequest): string | undefined {
  if (method !== 'POST' || path !== '/api/2.0/sql/statements') return undefined;
  return textField(body ?? {}, 'warehouse_id');
}

const uses: Readonly<Record<string, WarehouseUse>> = {
  RUNNING: 'running',
  STARTING: 'starting',
  STOPPED: 'started',
  STOPPING: 'started',
};

/** https://docs.databricks.com/api/workspace/warehouses/get. What is wrong with the warehouse the statement itself tells. */
async function stateOf(client: Client, id: string, signal: AbortSignal | undefined): Promise<WarehouseUse> {
  try {
    const path = `/api/2.0/sql/warehouses/${segment(id)}`;
    const { body } = await client.send({ method: 'GET', path, signal });
    return uses[textField(body, 'state') ?? ''] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
