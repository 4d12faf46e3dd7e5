/** What a model answers. The short form is the one that is stored. */
export type ProblemType = 'CLASSIFICATION' | 'REGRESSION';

const spelling = /^(?:(?:INFERENCE_)?PROBLEM_TYPE_)?(CLASSIFICATION|REGRESSION)$/;

/** Any accepted spelling (`PROBLEM_TYPE_CLASSIFICATION`, `regression`, …) as its short form; else `undefined`. */
export function normaliseProblemType(text: string): ProblemType | undefined {
  const short = spelling.exec(text.trim().toUpperCase())?.[1];
  return short === 'CLASSIFICATION' || short === 'REGRESSION' ? short : undefined;
}
