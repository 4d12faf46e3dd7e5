import type { DuckDBConnection } from '@duckdb/node-api';

/** Connections for queries. One is opened when all others are busy and kept for later. */
export interface ConnectionPool {
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Waits for queries under way, then closes every connection. */
  close(): Promise<void>;
}

export function createConnectionPool(connect: () => Promise<DuckDBConnection>): ConnectionPool {
  const free: DuckDBConnection[] = [];
  const running = new Set<Promise<unknown>>();
  async function lend<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = free.pop() ?? (await connect());
    try {
      return await work(connection);
    } finally {
      free.push(connection);
    }
  }
  return {
    async use(work) {
      const result = lend(work);
      running.add(result);
      try {
        return await result;
      } finally {
        running.delete(result);
      }
    },
    async close() {
      await Promise.allSettled(running);
      for (const connection of free.splice(0)) connection.closeSync();
    },
  };
}
