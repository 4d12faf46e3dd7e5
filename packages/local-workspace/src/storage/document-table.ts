import type { DuckDBConnection } from '@duckdb/node-api';
import { loadDuckDB } from './duckdb-module.ts';
import type { DocumentChange } from './document-cache.ts';
import type { Document, DocumentKind } from './storage.ts';

/** No primary key: DuckDB reports a key that one transaction deletes and inserts again as a duplicate. */
const definition = `
CREATE SCHEMA IF NOT EXISTS "__dpo";
CREATE TABLE IF NOT EXISTS "__dpo".documents (kind VARCHAR NOT NULL, id VARCHAR NOT NULL, json VARCHAR NOT NULL)`;

export async function createDocumentTable(connection: DuckDBConnection): Promise<void> {
  await connection.run(definition);
}

/** Every stored document, as changes for an empty cache. */
export async function readDocuments(connection: DuckDBConnection): Promise<readonly DocumentChange[]> {
  const reader = await connection.runAndReadAll('SELECT kind, id, json FROM "__dpo".documents');
  return reader.getRows().map(([kind, id, json]) => ({
    kind: String(kind) as DocumentKind,
    id: String(id),
    document: JSON.parse(String(json)) as Document,
  }));
}

/** Writes the changes of a transaction that is open on `connection`, with two statements for any number of documents. */
export async function writeDocuments(
  connection: DuckDBConnection,
  changes: readonly DocumentChange[],
  isStored: (kind: DocumentKind, id: string) => boolean,
): Promise<void> {
  if (changes.length === 0) return;
  const { LIST, VARCHAR, listValue } = await loadDuckDB();
  const texts = LIST(VARCHAR);
  const replaced = changes.filter(({ kind, id }) => isStored(kind, id));
  if (replaced.length > 0) {
    await connection.run(
      'DELETE FROM "__dpo".documents WHERE (kind, id) IN (SELECT unnest($1), unnest($2))',
      [listValue(replaced.map((change) => change.kind)), listValue(replaced.map((change) => change.id))],
      [texts, texts],
    );
  }
  const kept = changes.filter((change) => change.document !== undefined);
  if (kept.length === 0) return;
  await connection.run(
    'INSERT INTO "__dpo".documents SELECT unnest($1), unnest($2), unnest($3)',
    [
      listValue(kept.map((change) => change.kind)),
      listValue(kept.map((change) => change.id)),
      listValue(kept.map((change) => JSON.stringify(change.document))),
    ],
    [texts, texts, texts],
  );
}
