import type { ResultColumn } from '../sql/statement-engine.ts';

/** A cell of a query result, or a threshold, as far as comparing goes. */
export type SqlValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Everything else; dates and times are ISO text, which sorts as they do. */
  | { readonly kind: 'text'; readonly value: string };

/** A condition that cannot be evaluated; the alert becomes ERROR. */
export class ConditionFault extends Error {
  override readonly name = 'ConditionFault';
}

const numericTypes = new Set(['BYTE', 'SHORT', 'INT', 'LONG', 'FLOAT', 'DOUBLE', 'DECIMAL']);

export const nullValue: SqlValue = { kind: 'null' };

export function numberValue(value: number): SqlValue {
  return { kind: 'number', value };
}

export function cellOf(cell: string | null, column: ResultColumn): SqlValue {
  if (cell === null) return nullValue;
  if (numericTypes.has(column.typeName)) return numberValue(Number(cell));
  if (column.typeName === 'BOOLEAN') return { kind: 'boolean', value: cell === 'true' };
  return { kind: 'text', value: cell };
}

/** As a number, text included if it is one: warehouses cast it, and fail when they cannot. */
export function toNumber(value: Exclude<SqlValue, { kind: 'null' }>): number {
  if (value.kind === 'number') return value.value;
  const number = value.kind === 'text' && value.value.trim() !== '' ? Number(value.value) : Number.NaN;
  if (Number.isNaN(number)) throw new ConditionFault(`[CAST_INVALID_INPUT] '${String(value.value)}' is not a number.`);
  return number;
}

/** Below, equal to or above zero, as for sorting. Kinds that differ are cast to number, else to boolean. */
export function compareValues(
  left: Exclude<SqlValue, { kind: 'null' }>,
  right: Exclude<SqlValue, { kind: 'null' }>,
): number {
  if (left.kind === 'number' || right.kind === 'number') return toNumber(left) - toNumber(right);
  if (left.kind === 'boolean' || right.kind === 'boolean') return Number(toBoolean(left)) - Number(toBoolean(right));
  return left.value < right.value ? -1 : Number(left.value > right.value);
}

/** As text for templates; nothing for NULL. */
export function valueText(value: SqlValue): string {
  return value.kind === 'null' ? '' : String(value.value);
}

function toBoolean(value: Exclude<SqlValue, { kind: 'null' | 'number' }>): boolean {
  if (value.kind === 'boolean') return value.value;
  const text = value.value.trim().toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ConditionFault(`[CAST_INVALID_INPUT] '${value.value}' is not a boolean.`);
}
