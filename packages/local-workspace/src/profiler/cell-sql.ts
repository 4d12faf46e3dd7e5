import { quoteIdentifier } from '../sql/quote.ts';
import type { UnityColumn } from '../unity/objects.ts';
import { columnFamily } from './column-family.ts';

/** The value of a column as the working table keeps it: text for categories, UTC timestamps, a flag for the rest. */
export function cellSql(column: UnityColumn, storedType: string): string {
  const name = quoteIdentifier(column.name);
  switch (columnFamily(column.typeText)) {
    case 'numeric':
      return name;
    case 'string':
    case 'boolean':
      return `CAST(${name} AS VARCHAR)`;
    case 'temporal':
      return utcSql(name, storedType);
    case 'complex':
      return `CASE WHEN ${name} IS NOT NULL THEN true END`;
  }
}

/** The service takes a timestamp column or one that `to_timestamp` converts: text, a date, or epoch seconds. */
export function timeSql(column: UnityColumn, storedType: string): string {
  const name = quoteIdentifier(column.name);
  switch (columnFamily(column.typeText)) {
    case 'numeric':
      return `make_timestamp(TRY_CAST(CAST(${name} AS DOUBLE) * 1000000 AS BIGINT))`;
    case 'temporal':
      return utcSql(name, storedType);
    case 'string':
    case 'boolean':
    case 'complex':
      return `TRY_CAST(${name} AS TIMESTAMP)`;
  }
}

function utcSql(name: string, storedType: string): string {
  return storedType === 'TIMESTAMP WITH TIME ZONE' ? `timezone('UTC', ${name})` : `CAST(${name} AS TIMESTAMP)`;
}
