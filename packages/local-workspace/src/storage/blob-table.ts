import type { DuckDBConnection } from '@duckdb/node-api';
import { loadDuckDB } from './duckdb-module.ts';

/** Contents of workspace and volume files. They live beside the documents that describe them, but are never kept in memory. */
const definition = `CREATE TABLE IF NOT EXISTS "__dpo".blobs (id VARCHAR NOT NULL, content BLOB NOT NULL)`;

export async function createBlobTable(connection: DuckDBConnection): Promise<void> {
  await connection.run(definition);
}

/** The content under an id; `undefined` when there is none. */
export async function readBlob(connection: DuckDBConnection, id: string): Promise<Uint8Array | undefined> {
  const reader = await connection.runAndReadAll('SELECT content FROM "__dpo".blobs WHERE id = $1', [id]);
  const [value] = reader.getRows()[0] ?? [];
  return bytesOf(value);
}

/** Every content by its id. */
export async function readBlobs(connection: DuckDBConnection): Promise<ReadonlyMap<string, Uint8Array>> {
  const reader = await connection.runAndReadAll('SELECT id, content FROM "__dpo".blobs');
  return new Map(reader.getRows().map(([id, value]) => [String(id), bytesOf(value) ?? new Uint8Array()]));
}

/** Call it within a transaction; what stood under the id is replaced. */
export async function writeBlob(connection: DuckDBConnection, id: string, content: Uint8Array): Promise<void> {
  const { blobValue } = await loadDuckDB();
  await removeBlob(connection, id);
  await connection.run('INSERT INTO "__dpo".blobs VALUES ($1, $2)', [id, blobValue(content)]);
}

export async function removeBlob(connection: DuckDBConnection, id: string): Promise<void> {
  await connection.run('DELETE FROM "__dpo".blobs WHERE id = $1', [id]);
}

function bytesOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'object' && value !== null && 'bytes' in value ? (value.bytes as Uint8Array) : undefined;
}
