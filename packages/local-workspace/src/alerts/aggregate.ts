import type { Aggregation } from './alert-config.ts';
import { compareValues, nullValue, numberValue, toNumber } from './sql-value.ts';
import type { SqlValue } from './sql-value.ts';

type Filled = Exclude<SqlValue, { kind: 'null' }>;

/** The value of a column: its first row, or an aggregate that leaves NULL out, as Spark computes it. */
export function aggregate(values: readonly SqlValue[], aggregation: Aggregation | undefined): SqlValue {
  if (aggregation === undefined) return values[0] ?? nullValue;
  const filled = values.filter((value): value is Filled => value.kind !== 'null');
  if (aggregation === 'COUNT') return numberValue(filled.length);
  if (aggregation === 'COUNT_DISTINCT') return numberValue(new Set(filled.map(({ value }) => value)).size);
  if (filled.length === 0) return nullValue;
  if (aggregation === 'MIN' || aggregation === 'MAX') {
    const sign = aggregation === 'MIN' ? 1 : -1;
    return filled.reduce((best, next) => (sign * compareValues(next, best) < 0 ? next : best));
  }
  return ofNumbers(filled.map(toNumber), aggregation);
}

function ofNumbers(numbers: readonly number[], aggregation: 'AVG' | 'MEDIAN' | 'STDDEV' | 'SUM'): SqlValue {
  const sum = numbers.reduce((total, number) => total + number, 0);
  const mean = sum / numbers.length;
  switch (aggregation) {
    case 'SUM':
      return numberValue(sum);
    case 'AVG':
      return numberValue(mean);
    case 'MEDIAN':
      return numberValue(median(numbers));
    case 'STDDEV': {
      // That of a sample; of a single row it is NULL.
      if (numbers.length < 2) return nullValue;
      const squares = numbers.reduce((total, number) => total + (number - mean) ** 2, 0);
      return numberValue(Math.sqrt(squares / (numbers.length - 1)));
    }
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
