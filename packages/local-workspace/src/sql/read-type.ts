import type { Cursor } from './cursor.ts';
import { scalarNamed } from './spark-type.ts';
import { unsupportedType } from './sql-errors.ts';
import type { SparkField, SparkType } from './spark-type.ts';

/** Reads a Spark type: `BIGINT`, `DECIMAL(10, 2)`, `STRUCT<a: INT, b: ARRAY<STRING>>`. */
export function readType(cursor: Cursor): SparkType {
  const name = cursor.name();
  switch (name.toUpperCase()) {
    case 'DECIMAL':
    case 'DEC':
    case 'NUMERIC':
      return readDecimal(cursor);
    case 'ARRAY': {
      cursor.expectSymbol('<');
      const element = readType(cursor);
      cursor.expectSymbol('>');
      return { kind: 'array', element };
    }
    case 'MAP': {
      cursor.expectSymbol('<');
      const key = readType(cursor);
      cursor.expectSymbol(',');
      const value = readType(cursor);
      cursor.expectSymbol('>');
      return { kind: 'map', key, value };
    }
    case 'STRUCT':
      return { kind: 'struct', fields: readFields(cursor) };
    default: {
      const type = scalarNamed(name);
      if (type === undefined) throw unsupportedType(name);
      // VARCHAR(10) and CHAR(10): the length is not enforced.
      if (cursor.takeSymbol('(')) cursor.untilClosing();
      return type;
    }
  }
}

function readDecimal(cursor: Cursor): SparkType {
  if (!cursor.takeSymbol('(')) return { kind: 'decimal', precision: 10, scale: 0 };
  const precision = cursor.number();
  const scale = cursor.takeSymbol(',') ? cursor.number() : 0;
  cursor.expectSymbol(')');
  if (precision > 38 || scale > precision) throw cursor.fault();
  return { kind: 'decimal', precision, scale };
}

function readFields(cursor: Cursor): readonly SparkField[] {
  const fields: SparkField[] = [];
  cursor.expectSymbol('<');
  do {
    const name = cursor.name();
    cursor.takeSymbol(':');
    fields.push({ name, type: readType(cursor) });
    cursor.take('NOT', 'NULL');
    if (cursor.take('COMMENT')) cursor.string();
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol('>');
  return fields;
}
