import type { DuckDBConnection } from '@duckdb/node-api';

/** What the windows of metric tables were computed from, so that a refresh can leave out those that did not change. */
export const windowTable = '"__dpo".profile_windows';

/** `metrics` names the content of the metric table that holds the windows: its id and its version. */
const definition = `
CREATE SCHEMA IF NOT EXISTS "__dpo";
CREATE TABLE IF NOT EXISTS ${windowTable} (object_id VARCHAR NOT NULL, layout VARCHAR NOT NULL, metrics VARCHAR, granularity VARCHAR NOT NULL, window_start TIMESTAMP NOT NULL, mark VARCHAR NOT NULL)`;

export async function createWindowTable(connection: DuckDBConnection): Promise<void> {
  await connection.run(definition);
}

/** Binds the windows of a table to the metric table as it is now. */
export async function bindWindows(connection: DuckDBConnection, objectId: string, metrics: string): Promise<void> {
  await connection.run(`UPDATE ${windowTable} SET metrics = $1 WHERE object_id = $2`, [metrics, objectId]);
}

/** Of one table, or of all; the next refresh computes every window. */
export async function forgetWindows(connection: DuckDBConnection, objectId?: string): Promise<void> {
  if (objectId === undefined) await connection.run(`DELETE FROM ${windowTable}`);
  else await connection.run(`DELETE FROM ${windowTable} WHERE object_id = $1`, [objectId]);
}
