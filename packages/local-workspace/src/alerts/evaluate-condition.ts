import type { StatementResult } from '../sql/statement-engine.ts';
import { aggregate } from './aggregate.ts';
import type { AlertEvaluation, OperandColumn } from './alert-config.ts';
import type { AlertState } from './alert.ts';
import { cellOf, compareValues, ConditionFault, nullValue, numberValue } from './sql-value.ts';
import type { SqlValue } from './sql-value.ts';

export interface ConditionOutcome {
  readonly state: AlertState;
  readonly value: SqlValue;
  readonly threshold: SqlValue;
}

/** What the condition of an alert says about a result. Throws `ConditionFault` when it cannot be evaluated. */
export function evaluateCondition(
  result: StatementResult,
  evaluation: AlertEvaluation,
  defaultEmptyState: AlertState,
): ConditionOutcome {
  const source = columnValues(result, evaluation.source);
  const threshold = thresholdValue(result, evaluation.threshold);
  if (result.rows.length === 0) {
    return { state: evaluation.empty_result_state ?? defaultEmptyState, value: nullValue, threshold };
  }
  if (hidesSource(evaluation.source)) return { state: 'OK', value: nullValue, threshold };
  const value = aggregate(source, evaluation.source.aggregation);
  const met = holds(evaluation.comparison_operator, value, threshold);
  return { state: met ? 'TRIGGERED' : 'OK', value, threshold };
}

/**
 * The service selects the source column under its display name; without an aggregation its condition then looks for the old
 * name and is never met (TF#5766).
 */
function hidesSource({ name, display, aggregation }: OperandColumn): boolean {
  return aggregation === undefined && display !== undefined && display !== '' && display !== name;
}

function thresholdValue(result: StatementResult, threshold: AlertEvaluation['threshold']): SqlValue {
  const { column, value } = threshold ?? {};
  if (column !== undefined) return aggregate(columnValues(result, column), column.aggregation);
  if (value?.double_value !== undefined) return numberValue(value.double_value);
  if (value?.bool_value !== undefined) return { kind: 'boolean', value: value.bool_value };
  if (value?.string_value !== undefined) return { kind: 'text', value: value.string_value };
  return nullValue;
}

function columnValues(result: StatementResult, { name }: OperandColumn): readonly SqlValue[] {
  const index = result.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  const column = result.columns[index];
  if (column === undefined) {
    const names = result.columns.map((known) => `\`${known.name}\``).join(', ');
    throw new ConditionFault(
      `[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name \`${name}\` cannot be resolved. Did you mean one of the following? [${names}].`,
    );
  }
  return result.rows.map((row) => cellOf(row[index] ?? null, column));
}

/** A comparison with NULL is not met, as in SQL. */
function holds(operator: AlertEvaluation['comparison_operator'], left: SqlValue, right: SqlValue): boolean {
  if (operator === 'IS_NULL') return left.kind === 'null';
  if (operator === 'IS_NOT_NULL') return left.kind !== 'null';
  if (left.kind === 'null' || right.kind === 'null') return false;
  const order = compareValues(left, right);
  switch (operator) {
    case 'EQUAL':
      return order === 0;
    case 'NOT_EQUAL':
      return order !== 0;
    case 'GREATER_THAN':
      return order > 0;
    case 'GREATER_THAN_OR_EQUAL':
      return order >= 0;
    case 'LESS_THAN':
      return order < 0;
    case 'LESS_THAN_OR_EQUAL':
      return order <= 0;
  }
}
