import type { DuckDBType } from '@duckdb/node-api';

/** A type of Spark SQL. */
export type SparkType =
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'array'; readonly element: SparkType }
  | { readonly kind: 'map'; readonly key: SparkType; readonly value: SparkType }
  | { readonly kind: 'struct'; readonly fields: readonly SparkField[] };

export interface SparkField {
  readonly name: string;
  readonly type: SparkType;
}

/** Per scalar its DDL name: the `type_name` of a manifest and the type that DuckDB stores. */
const scalars = {
  boolean: { typeName: 'BOOLEAN', duckdb: 'BOOLEAN' },
  tinyint: { typeName: 'BYTE', duckdb: 'TINYINT' },
  smallint: { typeName: 'SHORT', duckdb: 'SMALLINT' },
  int: { typeName: 'INT', duckdb: 'INTEGER' },
  bigint: { typeName: 'LONG', duckdb: 'BIGINT' },
  float: { typeName: 'FLOAT', duckdb: 'FLOAT' },
  double: { typeName: 'DOUBLE', duckdb: 'DOUBLE' },
  string: { typeName: 'STRING', duckdb: 'VARCHAR' },
  binary: { typeName: 'BINARY', duckdb: 'BLOB' },
  date: { typeName: 'DATE', duckdb: 'DATE' },
  timestamp: { typeName: 'TIMESTAMP', duckdb: 'TIMESTAMP' },
  timestamp_ntz: { typeName: 'TIMESTAMP_NTZ', duckdb: 'TIMESTAMP' },
  interval: { typeName: 'INTERVAL', duckdb: 'INTERVAL' },
  void: { typeName: 'NULL', duckdb: 'INTEGER' },
} as const;

export type ScalarName = keyof typeof scalars;

const synonyms: Readonly<Record<string, ScalarName>> = {
  byte: 'tinyint',
  short: 'smallint',
  integer: 'int',
  long: 'bigint',
  real: 'float',
  varchar: 'string',
  char: 'string',
};

export function scalar(name: ScalarName): SparkType {
  return { kind: 'scalar', name };
}

/** The scalar of a DDL name in any case, also `LONG` and `INTEGER`. */
export function scalarNamed(text: string): SparkType | undefined {
  const name = text.toLowerCase();
  if (Object.hasOwn(scalars, name)) return scalar(name as ScalarName);
  const synonym = Object.hasOwn(synonyms, name) ? synonyms[name] : undefined;
  return synonym === undefined ? undefined : scalar(synonym);
}

/** `type_name` of a statement manifest: `LONG`, `STRUCT`. */
export function typeName(type: SparkType): string {
  return type.kind === 'scalar' ? scalars[type.name].typeName : type.kind.toUpperCase();
}

/** `type_text` of a statement manifest: `BIGINT`, `STRUCT<a: INT>`. */
export function typeText(type: SparkType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name.toUpperCase();
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'array':
      return `ARRAY<${typeText(type.element)}>`;
    case 'map':
      return `MAP<${typeText(type.key)}, ${typeText(type.value)}>`;
    case 'struct':
      return `STRUCT<${type.fields.map((field) => `${field.name}: ${typeText(field.type)}`).join(', ')}>`;
  }
}

/** DDL text as Unity Catalog keeps it for a column: `struct<a:int,b:array<string>>`. */
export function columnTypeText(type: SparkType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'array':
      return `array<${columnTypeText(type.element)}>`;
    case 'map':
      return `map<${columnTypeText(type.key)},${columnTypeText(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${columnTypeText(field.type)}`).join(',')}>`;
  }
}

/** The type DuckDB stores. */
export function duckdbTypeText(type: SparkType): string {
  switch (type.kind) {
    case 'scalar':
      return scalars[type.name].duckdb;
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'array':
      return `${duckdbTypeText(type.element)}[]`;
    case 'map':
      return `MAP(${duckdbTypeText(type.key)}, ${duckdbTypeText(type.value)})`;
    case 'struct':
      return `STRUCT(${type.fields.map((field) => `"${field.name.replaceAll('"', '""')}" ${duckdbTypeText(field.type)}`).join(', ')})`;
  }
}

/** Whole numbers wider than BIGINT come from `sum` and `count_if`, which are BIGINT in Spark. */
const duckdbScalars: Readonly<Record<string, ScalarName>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  UTINYINT: 'smallint',
  INTEGER: 'int',
  USMALLINT: 'int',
  BIGINT: 'bigint',
  UINTEGER: 'bigint',
  UBIGINT: 'bigint',
  HUGEINT: 'bigint',
  UHUGEINT: 'bigint',
  FLOAT: 'float',
  DOUBLE: 'double',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
  INTERVAL: 'interval',
  BLOB: 'binary',
  SQLNULL: 'void',
};

/** The Spark type of a DuckDB column; what Spark lacks (UUID, ENUM, TIME, JSON) is a string. */
export function sparkTypeOf(type: DuckDBType): SparkType {
  if ('entryNames' in type) {
    return {
      kind: 'struct',
      fields: type.entryNames.map((name, index) => ({ name, type: sparkTypeOf(entryType(type.entryTypes, index)) })),
    };
  }
  if ('keyType' in type) return { kind: 'map', key: sparkTypeOf(type.keyType), value: sparkTypeOf(type.valueType) };
  if ('valueType' in type) return { kind: 'array', element: sparkTypeOf(type.valueType) };
  if ('width' in type && 'scale' in type) return { kind: 'decimal', precision: type.width, scale: type.scale };
  return scalar(duckdbScalars[type.toString()] ?? 'string');
}

function entryType(types: readonly DuckDBType[], index: number): DuckDBType {
  const type = types[index];
  if (type === undefined) throw new TypeError('a struct type without the type of a field');
  return type;
}
