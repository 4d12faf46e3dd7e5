import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from './sql/quote.ts';
import { readBlobs, removeBlob, writeBlob } from './storage/blob-table.ts';
import type { DocumentStorage } from './storage/open-storage.ts';
import { documentKinds } from './storage/storage.ts';
import type { Document, DocumentKind, Transaction } from './storage/storage.ts';
import { forgetWindows } from './storage/window-table.ts';

/** All resource documents, contents of files and texts of views at one moment; table data is not part of it. */
export interface WorkspaceSnapshot {
  readonly documents: Readonly<Record<string, ReadonlyMap<string, Document>>>;
  readonly views: ReadonlyMap<string, string>;
  /** Contents of workspace and volume files. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

/** A snapshot that stays valid as long as the process. */
export async function takeSnapshot(storage: DocumentStorage): Promise<WorkspaceSnapshot> {
  return storage.transaction(async (transaction) => ({
    documents: Object.fromEntries(documentKinds.map((kind) => [kind, new Map(storage.entries(kind))])),
    views: (await relations(transaction.connection)).views,
    blobs: await readBlobs(transaction.connection),
  }));
}

/**
 * Puts documents, files, schemas and views back. Tables made since are dropped; the data of tables that were dropped or changed
 * since does not come back.
 */
export async function restoreSnapshot(storage: DocumentStorage, snapshot: WorkspaceSnapshot): Promise<void> {
  await storage.transaction(async (transaction) => {
    for (const kind of documentKinds) {
      const wanted = snapshot.documents[kind] ?? new Map<string, Document>();
      await restoreKind(transaction, { kind, wanted, current: storage.entries(kind) });
    }
    await restoreRelations(transaction.connection, snapshot);
    await restoreBlobs(transaction.connection, snapshot);
    await forgetWindows(transaction.connection);
  });
}

async function restoreKind(
  transaction: Transaction,
  options: {
    readonly kind: DocumentKind;
    readonly current: ReadonlyMap<string, Document>;
    readonly wanted: ReadonlyMap<string, Document>;
  },
): Promise<void> {
  const { kind, current, wanted } = options;
  for (const id of current.keys()) if (!wanted.has(id)) await transaction.remove(kind, id);
  // Documents never change in place: the same object is the same content.
  for (const [id, document] of wanted) if (current.get(id) !== document) await transaction.put(kind, id, document);
}

async function restoreBlobs(connection: DuckDBConnection, { blobs }: WorkspaceSnapshot): Promise<void> {
  const current = await readBlobs(connection);
  for (const id of current.keys()) if (!blobs.has(id)) await removeBlob(connection, id);
  for (const [id, content] of blobs) {
    const found = current.get(id);
    if (found === undefined || Buffer.compare(found, content) !== 0) await writeBlob(connection, id, content);
  }
}

async function restoreRelations(connection: DuckDBConnection, snapshot: WorkspaceSnapshot): Promise<void> {
  const found = await relations(connection);
  const tables = snapshot.documents['table'] ?? new Map<string, Document>();
  for (const [name, sql] of found.views) {
    if (snapshot.views.get(name) !== sql) await connection.run(`DROP VIEW ${name}`);
  }
  for (const [relation, fullName] of found.tables) {
    if (!tables.has(fullName)) await connection.run(`DROP TABLE ${relation}`);
  }
  for (const schema of snapshot.documents['schema']?.keys() ?? []) {
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`);
  }
  for (const [name, sql] of snapshot.views) if (found.views.get(name) !== sql) await connection.run(sql);
}

/** User relations by their quoted DuckDB names: views with the statement that makes them, tables with their full names. */
async function relations(connection: DuckDBConnection) {
  const place = `database_name = current_database() AND NOT internal AND schema_name NOT IN ('main', '__dpo')`;
  const views = await connection.runAndReadAll(`SELECT schema_name, view_name, sql FROM duckdb_views() WHERE ${place}`);
  const tables = await connection.runAndReadAll(`SELECT schema_name, table_name FROM duckdb_tables() WHERE ${place}`);
  const quoted = (schema: unknown, name: unknown): string =>
    `${quoteIdentifier(String(schema))}.${quoteIdentifier(String(name))}`;
  return {
    views: new Map(views.getRows().map(([schema, name, sql]) => [quoted(schema, name), String(sql)] as const)),
    tables: new Map(
      tables.getRows().map(([schema, name]) => [quoted(schema, name), `${String(schema)}.${String(name)}`] as const),
    ),
  };
}
