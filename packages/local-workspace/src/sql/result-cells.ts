import type { DuckDBValue } from '@duckdb/node-api';
import { SqlError } from './statement-engine.ts';
import type { SparkType } from './spark-type.ts';

/** A cell of a statement result: text, or null for SQL NULL. Structs, arrays and maps are JSON text with text inside. */
export function cellText(value: DuckDBValue, type: SparkType): string | null {
  const cell = cellValue(value, type);
  return cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell);
}

type Cell = string | null | readonly Cell[] | { readonly [name: string]: Cell };

function cellValue(value: DuckDBValue, type: SparkType): Cell {
  if (value === null) return null;
  switch (type.kind) {
    case 'array':
      return itemsOf(value).map((item) => cellValue(item, type.element));
    case 'struct': {
      const entries = hasEntries(value) && !isList(value.entries) ? value.entries : {};
      return Object.fromEntries(
        type.fields.map((field) => [field.name, cellValue(entries[field.name] ?? null, field.type)]),
      );
    }
    case 'map': {
      const entries = hasEntries(value) && isList(value.entries) ? value.entries : [];
      return Object.fromEntries(
        entries.map((entry) => [cellText(entry.key, type.key) ?? '', cellValue(entry.value, type.value)]),
      );
    }
    case 'decimal':
      return String(value);
    case 'scalar':
      return scalarText(value, type.name);
  }
}

type MapEntries = readonly { readonly key: DuckDBValue; readonly value: DuckDBValue }[];

interface WithEntries {
  readonly entries: Readonly<Record<string, DuckDBValue>> | MapEntries;
}

function isList(entries: WithEntries['entries']): entries is MapEntries {
  return Array.isArray(entries);
}

function hasEntries(value: DuckDBValue): value is DuckDBValue & WithEntries {
  return typeof value === 'object' && value !== null && 'entries' in value;
}

function itemsOf(value: DuckDBValue): readonly DuckDBValue[] {
  return typeof value === 'object' && value !== null && 'items' in value ? value.items : [];
}

function scalarText(value: NonNullable<DuckDBValue>, name: string): string {
  if (name === 'timestamp' || name === 'timestamp_ntz') return timestampText(value);
  if ((name === 'double' || name === 'float') && typeof value === 'number') return doubleText(value);
  if (name === 'bigint' && typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) {
    throw new SqlError('ARITHMETIC_OVERFLOW', '22003', `long overflow: ${value}`);
  }
  if (name === 'binary' && typeof value === 'object' && 'bytes' in value) {
    return Buffer.from(value.bytes as Uint8Array).toString('base64');
  }
  return String(value);
}

/** ISO text in UTC with milliseconds, as the statement API sends it. */
function timestampText(value: NonNullable<DuckDBValue>): string {
  if (typeof value !== 'object') return String(value);
  if ('micros' in value) return millisecondsText(Number((value.micros as bigint) / 1000n), value);
  if ('milliseconds' in value) return millisecondsText(Number(value.milliseconds), value);
  if ('seconds' in value) return millisecondsText(Number(value.seconds) * 1000, value);
  if ('nanos' in value) return millisecondsText(Number((value.nanos as bigint) / 1_000_000n), value);
  return String(value);
}

function millisecondsText(milliseconds: number, value: NonNullable<DuckDBValue>): string {
  const date = new Date(milliseconds);
  // Beyond the years of a JavaScript date only DuckDB's own text is left.
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}

/** Java's `Double.toString`, which the service uses: `19.0`, `1.0E10`. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}
