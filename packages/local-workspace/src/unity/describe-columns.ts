import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { loadDuckDB } from '../storage/duckdb-module.ts';
import type { DuckDBModule } from '../storage/duckdb-module.ts';
import type { UnityColumn } from './objects.ts';

/**
 * Columns of a DuckDB relation with their types in Spark DDL text. `from` is DuckDB text that can stand after FROM.
 * DuckDB does not tell whether a query result can be null, so that every column is nullable, as in Delta tables without constraints.
 */
export async function describeColumns(connection: DuckDBConnection, from: string): Promise<readonly UnityColumn[]> {
  const module = await loadDuckDB();
  const reader = await connection.runAndReadAll(`SELECT * FROM ${from} LIMIT 0`);
  const types = reader.columnTypes();
  return reader.columnNames().map((name, index) => {
    const type = types[index];
    return { name, typeText: type === undefined ? 'string' : sparkTypeText(module, type), nullable: true };
  });
}

/** Spark has no unsigned, 128-bit or time-of-day types; they take the narrowest type that holds their values. */
export function sparkTypeText(module: DuckDBModule, type: DuckDBType): string {
  const { DuckDBTypeId: id } = module;
  const nested = (inner: DuckDBType): string => sparkTypeText(module, inner);
  if (type.typeId === id.DECIMAL && 'width' in type && 'scale' in type) return `decimal(${type.width},${type.scale})`;
  if ((type.typeId === id.LIST || type.typeId === id.ARRAY) && 'valueType' in type && !('keyType' in type)) {
    return `array<${nested(type.valueType)}>`;
  }
  if (type.typeId === id.MAP && 'keyType' in type) return `map<${nested(type.keyType)},${nested(type.valueType)}>`;
  if (type.typeId === id.STRUCT && 'entryNames' in type) {
    const fields = type.entryNames.map((name, index) => `${name}:${nested(type.entryTypes[index] ?? type)}`);
    return `struct<${fields.join(',')}>`;
  }
  return simpleTypeText(module, type);
}

function simpleTypeText({ DuckDBTypeId: id }: DuckDBModule, type: DuckDBType): string {
  const texts = new Map<number, string>([
    [id.BOOLEAN, 'boolean'],
    [id.TINYINT, 'tinyint'],
    [id.SMALLINT, 'smallint'],
    [id.UTINYINT, 'smallint'],
    [id.INTEGER, 'int'],
    [id.USMALLINT, 'int'],
    [id.BIGINT, 'bigint'],
    [id.UINTEGER, 'bigint'],
    [id.UBIGINT, 'decimal(20,0)'],
    [id.HUGEINT, 'decimal(38,0)'],
    [id.UHUGEINT, 'decimal(38,0)'],
    [id.FLOAT, 'float'],
    [id.DOUBLE, 'double'],
    [id.DATE, 'date'],
    [id.TIMESTAMP, 'timestamp'],
    [id.TIMESTAMP_S, 'timestamp'],
    [id.TIMESTAMP_MS, 'timestamp'],
    [id.TIMESTAMP_NS, 'timestamp'],
    [id.TIMESTAMP_TZ, 'timestamp'],
    [id.BLOB, 'binary'],
    [id.VARIANT, 'variant'],
    [id.SQLNULL, 'void'],
  ]);
  return texts.get(type.typeId) ?? 'string';
}
