import type * as DuckDB from '@duckdb/node-api';

/** DuckDB is a native module and slow to load, so that it is loaded only when a workspace is opened. */
export type DuckDBModule = typeof DuckDB;

/** Thrown when the native module is not installed for this platform; the message holds the remedy. */
export class DuckDBMissingError extends Error {
  override readonly name = 'DuckDBMissingError';

  constructor(cause: unknown) {
    super('the embedded workspace needs DuckDB, which is not installed here; run: npm install @duckdb/node-api', {
      cause,
    });
  }
}

/** Loads `@duckdb/node-api` once; later calls answer from the module cache. */
export async function loadDuckDB(
  load: () => Promise<DuckDBModule> = () => import('@duckdb/node-api'),
): Promise<DuckDBModule> {
  try {
    return await load();
  } catch (cause) {
    throw new DuckDBMissingError(cause);
  }
}
