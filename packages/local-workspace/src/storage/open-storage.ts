import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { createBlobTable } from './blob-table.ts';
import { createConnectionPool } from './connection-pool.ts';
import { createChangeSet, createDocumentCache, overlay } from './document-cache.ts';
import type { ChangeSet, DocumentCache } from './document-cache.ts';
import { createDocumentTable, readDocuments, writeDocuments } from './document-table.ts';
import { loadDuckDB } from './duckdb-module.ts';
import { createSerialQueue } from './serial-queue.ts';
import type { Document, DocumentKind, Storage, Transaction } from './storage.ts';
import { createWindowTable } from './window-table.ts';
import { WorkspaceInUseError } from './workspace-in-use-error.ts';

/** Storage that also shows the ids of its committed documents. */
export interface DocumentStorage extends Storage {
  entries(kind: DocumentKind): ReadonlyMap<string, Document>;
}

/**
 * Opens or creates the data file (`:memory:` keeps nothing). Throws `WorkspaceInUseError` when another process holds it.
 * A transaction that fails at COMMIT leaves memory as it was, so that reads never show what the file does not hold.
 */
export async function openStorage(file: string): Promise<DocumentStorage> {
  const instance = await openInstance(file);
  const writer = await instance.connect();
  await writer.run("SET GLOBAL TimeZone = 'UTC'");
  await createDocumentTable(writer);
  await createBlobTable(writer);
  await createWindowTable(writer);
  const cache = createDocumentCache();
  cache.apply(await readDocuments(writer));
  const pool = createConnectionPool(() => instance.connect());
  const queue = createSerialQueue();
  return {
    get: (kind, id) => cache.get(kind, id),
    list: (kind) => cache.list(kind),
    entries: (kind) => cache.entries(kind),
    query: (work) => pool.use(work),
    transaction: (work) => queue(() => runTransaction({ connection: writer, cache, work })),
    close: () =>
      queue(async () => {
        await pool.close();
        writer.closeSync();
        instance.closeSync();
      }),
  };
}

async function openInstance(file: string): Promise<DuckDBInstance> {
  const { DuckDBInstance: instances } = await loadDuckDB();
  try {
    return await instances.create(file);
  } catch (cause) {
    // DuckDB has no error class for this; the text is that of its operating-system lock.
    if (String(cause).includes('Could not set lock')) {
      throw new WorkspaceInUseError(file, { cause });
    }
    throw cause;
  }
}

async function runTransaction<T>(options: {
  readonly connection: DuckDBConnection;
  readonly cache: DocumentCache;
  readonly work: (transaction: Transaction) => Promise<T>;
}): Promise<T> {
  const { connection, cache, work } = options;
  const changeSet = createChangeSet();
  await connection.run('BEGIN TRANSACTION');
  try {
    const result = await work(createTransaction(options, changeSet));
    await writeDocuments(connection, changeSet.changes(), (kind, id) => cache.get(kind, id) !== undefined);
    await connection.run('COMMIT');
    cache.apply(changeSet.changes());
    return result;
  } catch (fault) {
    // A failed COMMIT has already ended the transaction; the first fault is the one to report.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw fault;
  }
}

function createTransaction(
  options: { readonly connection: DuckDBConnection; readonly cache: DocumentCache },
  changeSet: ChangeSet,
): Transaction {
  const { connection, cache } = options;
  return {
    connection,
    get(kind, id) {
      const change = changeSet.find(kind, id);
      return change === undefined ? cache.get(kind, id) : change.document;
    },
    list(kind: DocumentKind) {
      const changes = changeSet.changes().filter((change) => change.kind === kind);
      return changes.length === 0 ? cache.list(kind) : overlay(cache.entries(kind), changes);
    },
    async put(kind, id, document) {
      changeSet.set({ kind, id, document: cache.normalize(document) });
    },
    async remove(kind, id) {
      changeSet.set({ kind, id, document: undefined });
    },
  };
}
