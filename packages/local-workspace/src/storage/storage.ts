import type { DuckDBConnection } from '@duckdb/node-api';

/** Resource documents live beside user data in one DuckDB file, so that both change in one transaction. */
export const documentKinds = [
  'workspace',
  'principal',
  'credential',
  'grant',
  'catalog',
  'schema',
  'table',
  'volume',
  'function',
  'tag',
  'warehouse',
  'monitor',
  'schema_monitor',
  'refresh',
  'alert',
  'notification',
  'destination',
  'dashboard',
  'workspace_object',
  'permission',
  'workspace_tag',
  'volume_file',
] as const;

export type DocumentKind = (typeof documentKinds)[number];

export type Document = Readonly<Record<string, unknown>>;

/** Everything done through one transaction becomes visible together at commit, or not at all, also after `kill -9`. */
export interface Transaction {
  /** A connection on which this transaction is open; use it for data (CREATE TABLE, INSERT). */
  readonly connection: DuckDBConnection;
  get(kind: DocumentKind, id: string): Document | undefined;
  list(kind: DocumentKind): readonly Document[];
  put(kind: DocumentKind, id: string, document: Document): Promise<void>;
  remove(kind: DocumentKind, id: string): Promise<void>;
}

export interface Storage {
  /** Reads answer from memory: the committed documents. */
  get(kind: DocumentKind, id: string): Document | undefined;
  /** In the order of their ids. */
  list(kind: DocumentKind): readonly Document[];
  /** Transactions run one after the other; one that throws is rolled back. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** A connection for queries only, returned after `work`. */
  query<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
