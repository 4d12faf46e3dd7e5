/** What can be computed about a column: numbers, categories (strings and booleans), times, or only null counts. */
export type ColumnFamily = 'numeric' | 'string' | 'boolean' | 'temporal' | 'complex';

const families: Readonly<Record<string, ColumnFamily>> = {
  tinyint: 'numeric',
  byte: 'numeric',
  smallint: 'numeric',
  short: 'numeric',
  int: 'numeric',
  integer: 'numeric',
  bigint: 'numeric',
  long: 'numeric',
  float: 'numeric',
  real: 'numeric',
  double: 'numeric',
  decimal: 'numeric',
  dec: 'numeric',
  numeric: 'numeric',
  string: 'string',
  varchar: 'string',
  char: 'string',
  boolean: 'boolean',
  date: 'temporal',
  timestamp: 'temporal',
  timestamp_ntz: 'temporal',
};

/** Family of a Spark type text such as `decimal(10,2)`; everything unknown is complex. */
export function columnFamily(typeText: string): ColumnFamily {
  const base = /^[a-z_]+/u.exec(typeText.trim().toLowerCase())?.[0] ?? '';
  return families[base] ?? 'complex';
}
