import type { Storage } from '../storage/storage.ts';

export type WarehouseState = 'RUNNING' | 'STARTING' | 'STOPPED';

export interface Warehouse {
  readonly id: string;
  readonly name: string;
  /** True unless given. */
  readonly serverless?: boolean;
  /** What was asked for last. */
  readonly wanted: 'RUNNING' | 'STOPPED';
  /** Real time in epoch milliseconds at which a start is done. */
  readonly runningAt: number;
}

export interface Warehouses {
  list(): readonly Warehouse[];
  find(id: string): Warehouse | undefined;
  state(warehouse: Warehouse): WarehouseState;
  start(warehouse: Warehouse): Promise<void>;
  stop(warehouse: Warehouse): Promise<void>;
  /** Starts the warehouse when it is stopped and answers how long it takes until it runs. */
  wake(id: string): Promise<number>;
}

export const seededWarehouse: Warehouse = {
  id: 'local0000warehouse',
  name: 'Local Warehouse',
  wanted: 'RUNNING',
  runningAt: 0,
};

/** Warehouses take `startMs` to start; `now` is real time, as the workspace clock may stand still. */
export function createWarehouses(options: {
  readonly storage: Storage;
  readonly now: () => number;
  readonly startMs: number;
}): Warehouses {
  const { storage, now, startMs } = options;
  const find = (id: string): Warehouse | undefined => storage.get('warehouse', id) as Warehouse | undefined;
  const put = (warehouse: Warehouse): Promise<void> =>
    storage.transaction((transaction) => transaction.put('warehouse', warehouse.id, { ...warehouse }));
  const start = async (warehouse: Warehouse): Promise<void> => {
    if (warehouse.wanted === 'STOPPED') await put({ ...warehouse, wanted: 'RUNNING', runningAt: now() + startMs });
  };
  return {
    list: () => storage.list('warehouse') as unknown as readonly Warehouse[],
    find,
    state: ({ wanted, runningAt }) => (wanted === 'STOPPED' ? 'STOPPED' : runningAt > now() ? 'STARTING' : 'RUNNING'),
    start,
    async stop(warehouse) {
      if (warehouse.wanted === 'RUNNING') await put({ ...warehouse, wanted: 'STOPPED' });
    },
    async wake(id) {
      const warehouse = find(id);
      if (warehouse !== undefined) await start(warehouse);
      return Math.max(0, (find(id)?.runningAt ?? 0) - now());
    },
  };
}
