import type { DuckDBConnection } from '@duckdb/node-api';
import { join } from 'node:path';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import type { DeltaField } from './delta-type.ts';
import type { DeltaSnapshot } from './read-delta-log.ts';
import { readDeltaLog } from './read-delta-log.ts';

const fileColumn = '__file';

/**
 * The live rows of a Delta table as text for FROM. Partition values stand in the log and not in the files; columns that
 * were added later are missing in older files and null there.
 */
export async function deltaSource(connection: DuckDBConnection, folder: string): Promise<string> {
  const snapshot = await readDeltaLog(connection, folder);
  const { fields, files, partitionColumns } = snapshot;
  if (files.length === 0) return `(SELECT ${fields.map((field) => nothing(field)).join(', ')} WHERE false)`;
  const paths = files.map(({ path }) => quoteLiteral(join(folder, path)));
  const options = `union_by_name = true, hive_partitioning = false, filename = ${quoteLiteral(fileColumn)}`;
  const parquet = `read_parquet([${paths.join(', ')}], ${options})`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${parquet}`);
  const present = new Set(described.getRows().map(([name]) => String(name)));
  const columns = fields.map((field) => {
    const { name, type } = field;
    if (partitionColumns.includes(name))
      return `CAST(parts.${quoteIdentifier(name)} AS ${type}) AS ${quoteIdentifier(name)}`;
    if (!present.has(name)) return nothing(field);
    return `CAST(rows.${quoteIdentifier(name)} AS ${type}) AS ${quoteIdentifier(name)}`;
  });
  const partitions = partitionColumns.length === 0 ? '' : ` JOIN ${partitionTable(folder, snapshot)}`;
  return `(SELECT ${columns.join(', ')} FROM ${parquet} AS rows${partitions})`;
}

function partitionTable(folder: string, { files, partitionColumns }: DeltaSnapshot): string {
  const rows = files.map(({ path, partitionValues }) => {
    const values = partitionColumns.map((name) => partitionValues[name] ?? null);
    const cells = [join(folder, path), ...values].map((value) => (value === null ? 'NULL' : quoteLiteral(value)));
    return `(${cells.join(', ')})`;
  });
  const names = [fileColumn, ...partitionColumns].map(quoteIdentifier).join(', ');
  const on = `rows.${quoteIdentifier(fileColumn)} = parts.${quoteIdentifier(fileColumn)}`;
  return `(VALUES ${rows.join(', ')}) AS parts(${names}) ON ${on}`;
}

function nothing({ name, type }: DeltaField): string {
  return `CAST(NULL AS ${type}) AS ${quoteIdentifier(name)}`;
}
