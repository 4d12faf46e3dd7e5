import type { UnityColumn } from '../unity/objects.ts';
import type { SeedTableFields } from './table-shape.ts';

/** Columns with the comments of the file; one that names no column is a fault. */
export function withComments(columns: readonly UnityColumn[], fields: SeedTableFields): readonly UnityColumn[] {
  const comments = new Map(
    Object.entries(fields.columns ?? {}).map(([column, settings]) => [column.toLowerCase(), settings.comment]),
  );
  const missing = [...comments.keys()].find((column) => !columns.some(({ name }) => name.toLowerCase() === column));
  if (missing !== undefined) throw new Error(`there is no column '${missing}' in the data`);
  return columns.map((column) => {
    const comment = comments.get(column.name.toLowerCase());
    return comment === undefined ? column : { ...column, comment };
  });
}

/** A primary key is not enforced, but its columns are NOT NULL, as Delta tables demand of them. */
export function withPrimaryKey(columns: readonly UnityColumn[], key: readonly string[] = []): readonly UnityColumn[] {
  const parts = new Set(key.map((name) => name.toLowerCase()));
  const missing = [...parts].find((part) => !columns.some(({ name }) => name.toLowerCase() === part));
  if (missing !== undefined) throw new Error(`primary_key: there is no column '${missing}' in the data`);
  return columns.map((column) => (parts.has(column.name.toLowerCase()) ? { ...column, nullable: false } : column));
}
