import { describe, expect, test } from '@jest/globals';
import { evaluateCondition } from '../../src/alerts/evaluate-condition.ts';
import type { AlertEvaluation, Aggregation } from '../../src/alerts/alert-config.ts';
import { valueText } from '../../src/alerts/sql-value.ts';
import type { StatementResult } from '../../src/sql/statement-engine.ts';

/** A result with the columns n (numbers), t (text), b (booleans) and d (times). */
function resultOf(
  ...rows: readonly (readonly [string | null, string | null, string | null, string | null])[]
): StatementResult {
  const column = (name: string, typeName: string) => ({ name, typeName, typeText: typeName });
  return {
    columns: [column('n', 'DOUBLE'), column('t', 'STRING'), column('b', 'BOOLEAN'), column('d', 'TIMESTAMP')],
    rows,
  };
}

const rows = resultOf(
  ['3.0', 'b', 'true', '2026-03-02T00:00:00.000Z'],
  ['1.0', '10', 'false', '2026-03-01T00:00:00.000Z'],
  [null, null, null, null],
  ['3.0', 'a', 'true', '2026-03-03T00:00:00.000Z'],
);

type Operator = AlertEvaluation['comparison_operator'];
type Threshold = NonNullable<AlertEvaluation['threshold']>;

const number = (value: number): Threshold => ({ value: { double_value: value } });
const text = (value: string): Threshold => ({ value: { string_value: value } });

function outcome(result: StatementResult, evaluation: Partial<AlertEvaluation>): string {
  const complete = { source: { name: 'n' }, comparison_operator: 'EQUAL', ...evaluation } as AlertEvaluation;
  try {
    return evaluateCondition(result, complete, 'UNKNOWN').state;
  } catch (fault) {
    return String(fault instanceof Error ? fault.message : fault);
  }
}

describe('condition of an alert', () => {
  test.each<[Aggregation | undefined, string, string]>([
    [undefined, 'n', '3'],
    ['SUM', 'n', '7'],
    ['COUNT', 'n', '3'],
    ['COUNT_DISTINCT', 'n', '2'],
    ['AVG', 'n', '2.3333333333333335'],
    ['MEDIAN', 'n', '3'],
    ['MIN', 'n', '1'],
    ['MAX', 'n', '3'],
    ['STDDEV', 'n', '1.1547005383792515'],
    [undefined, 't', 'b'],
    ['COUNT', 't', '3'],
    ['MIN', 't', '10'],
    ['MAX', 't', 'b'],
    ['MAX', 'b', 'true'],
    ['MIN', 'd', '2026-03-01T00:00:00.000Z'],
  ])('%s of column %s is %s', (aggregation, name, expected) => {
    const source = aggregation === undefined ? { name } : { name, aggregation };
    const evaluation = { source, comparison_operator: 'IS_NOT_NULL' } as const;
    expect(valueText(evaluateCondition(rows, evaluation, 'OK').value)).toBe(expected);
  });

  test.each<[Operator, number, string]>([
    ['EQUAL', 3, 'TRIGGERED'],
    ['EQUAL', 4, 'OK'],
    ['NOT_EQUAL', 3, 'OK'],
    ['NOT_EQUAL', 4, 'TRIGGERED'],
    ['GREATER_THAN', 3, 'OK'],
    ['GREATER_THAN', 2.5, 'TRIGGERED'],
    ['GREATER_THAN_OR_EQUAL', 3, 'TRIGGERED'],
    ['GREATER_THAN_OR_EQUAL', 3.5, 'OK'],
    ['LESS_THAN', 3, 'OK'],
    ['LESS_THAN', 4, 'TRIGGERED'],
    ['LESS_THAN_OR_EQUAL', 3, 'TRIGGERED'],
    ['LESS_THAN_OR_EQUAL', 2, 'OK'],
  ])('3 %s %s is %s', (operator, threshold, expected) => {
    expect(outcome(rows, { comparison_operator: operator, threshold: number(threshold) })).toBe(expected);
  });

  test.each<[string, Partial<AlertEvaluation>, string]>([
    ['a column as threshold', { threshold: { column: { name: 'n', aggregation: 'MAX' } } }, 'TRIGGERED'],
    [
      'a column below another',
      {
        source: { name: 'n', aggregation: 'MIN' },
        comparison_operator: 'LESS_THAN',
        threshold: { column: { name: 'n' } },
      },
      'TRIGGERED',
    ],
    ['names without case', { source: { name: 'N' }, threshold: { column: { name: 'N' } } }, 'TRIGGERED'],
    ['text', { source: { name: 't' }, threshold: text('b') }, 'TRIGGERED'],
    ['text that is a number', { source: { name: 'n' }, threshold: text('3') }, 'TRIGGERED'],
    ['a boolean', { source: { name: 'b' }, threshold: { value: { bool_value: true } } }, 'TRIGGERED'],
    ['a boolean as text', { source: { name: 'b' }, threshold: text('false') }, 'OK'],
    [
      'times',
      { source: { name: 'd' }, comparison_operator: 'GREATER_THAN', threshold: text('2026-03-01T12:00:00.000Z') },
      'TRIGGERED',
    ],
    ['IS_NOT_NULL', { comparison_operator: 'IS_NOT_NULL' }, 'TRIGGERED'],
    ['IS_NULL', { comparison_operator: 'IS_NULL' }, 'OK'],
    [
      'text that is no number',
      { source: { name: 't' }, threshold: number(1) },
      "[CAST_INVALID_INPUT] 'b' is not a number.",
    ],
    [
      'a sum of text',
      { source: { name: 't', aggregation: 'SUM' }, threshold: number(1) },
      "[CAST_INVALID_INPUT] 'b' is not a number.",
    ],
    [
      'text that is no boolean',
      { source: { name: 'b' }, threshold: text('yes') },
      "[CAST_INVALID_INPUT] 'yes' is not a boolean.",
    ],
    [
      'a missing column',
      { source: { name: 'x' }, threshold: number(1) },
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `x` cannot be resolved. Did you mean one of the following? [`n`, `t`, `b`, `d`].',
    ],
  ])('compares %s', (_name, evaluation, expected) => {
    expect(outcome(rows, evaluation)).toBe(expected);
  });

  const nulls = resultOf([null, null, null, null], ['1.0', null, null, null]);

  test.each<[Operator, string]>([
    ['EQUAL', 'OK'],
    ['NOT_EQUAL', 'OK'],
    ['GREATER_THAN', 'OK'],
    ['LESS_THAN', 'OK'],
    ['IS_NULL', 'TRIGGERED'],
    ['IS_NOT_NULL', 'OK'],
  ])('NULL in the first row with %s is %s', (operator, expected) => {
    const unary = operator === 'IS_NULL' || operator === 'IS_NOT_NULL';
    const threshold = unary ? {} : { threshold: number(0) };
    expect(outcome(nulls, { comparison_operator: operator, ...threshold })).toBe(expected);
  });

  test('an aggregate of NULLs alone is NULL, but for counts, as is the deviation of a single row', () => {
    const source = (name: string, aggregation: Aggregation) => ({ source: { name, aggregation } });
    const isNull = { comparison_operator: 'IS_NULL' } as const;
    expect(outcome(nulls, { ...source('t', 'MAX'), ...isNull })).toBe('TRIGGERED');
    expect(outcome(nulls, { ...source('n', 'STDDEV'), ...isNull })).toBe('TRIGGERED');
    expect(outcome(nulls, { ...source('t', 'COUNT'), threshold: number(0) })).toBe('TRIGGERED');
  });

  test.each([
    [undefined, 'UNKNOWN'],
    ['OK', 'OK'],
    ['TRIGGERED', 'TRIGGERED'],
    ['ERROR', 'ERROR'],
    ['UNKNOWN', 'UNKNOWN'],
  ] as const)('an empty result with empty_result_state %s is %s', (empty, expected) => {
    const state = empty === undefined ? {} : { empty_result_state: empty };
    for (const source of [{ name: 'n' }, { name: 'n', aggregation: 'COUNT' as const }]) {
      expect(outcome(resultOf(), { source, threshold: number(0), ...state })).toBe(expected);
    }
  });

  test('with a display name and no aggregation is never met (TF#5766)', () => {
    const threshold = number(0);
    const above = { comparison_operator: 'GREATER_THAN', threshold } as const;
    expect(outcome(rows, { source: { name: 'n', display: 'Number' }, ...above })).toBe('OK');
    expect(outcome(rows, { source: { name: 'n', display: 'Number' }, comparison_operator: 'IS_NULL' })).toBe('OK');
    expect(outcome(rows, { source: { name: 'n', display: 'n' }, ...above })).toBe('TRIGGERED');
    expect(outcome(rows, { source: { name: 'n', display: 'Number', aggregation: 'MAX' }, ...above })).toBe('TRIGGERED');
  });
});
