import { normaliseProblemType } from '@dpo/config';
import type { CatalogColumn } from '@dpo/core';

export type ProblemType = 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION' | 'INFERENCE_PROBLEM_TYPE_REGRESSION';

/** All spellings of C06 give the one that the API takes. */
export function problemTypeCode(text: string): ProblemType | undefined {
  const short = normaliseProblemType(text);
  return short === undefined ? undefined : `INFERENCE_PROBLEM_TYPE_${short}`;
}

export interface DetectedProblemType {
  readonly value: ProblemType;
  /** Said in the plan, since nobody chose it (T18). */
  readonly reason: string;
}

/**
 * The problem type that a label's (else a prediction's) type speaks for: texts, booleans and whole numbers are classes,
 * fractions are quantities. Undefined for types that say nothing.
 */
export function detectProblemType(
  column: CatalogColumn,
  role: 'label' | 'prediction',
): DetectedProblemType | undefined {
  const type = column.type.toLowerCase();
  const because = (word: string): string => `problem type ${word}: ${role} column '${column.name}' is ${type}`;
  if (/^(string|boolean|tinyint|smallint|int|integer|bigint|long|byte|short|char|varchar)\b/u.test(type)) {
    return { value: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION', reason: because('classification') };
  }
  if (/^(double|float|real|decimal)\b/u.test(type)) {
    return { value: 'INFERENCE_PROBLEM_TYPE_REGRESSION', reason: because('regression') };
  }
  return undefined;
}
