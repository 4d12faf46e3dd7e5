import { readFileSync } from 'node:fs';

/** What SciPy and scikit-learn answer; `reference/generate.py` wrote the file and names the versions. */
export interface Expected {
  /** Statistic, size of one sample, size of the other, p-value. */
  readonly kolmogorovSmirnov: readonly (readonly [number, number, number, number])[];
  /** Statistic, degrees of freedom, p-value. */
  readonly chiSquaredTail: readonly (readonly [number, number, number])[];
  readonly categories: readonly {
    readonly current: readonly number[];
    readonly reference: readonly number[];
    readonly chi2: number;
    readonly p: number;
    readonly js: number;
    readonly tv: number;
    readonly linf: number;
  }[];
  readonly values: readonly {
    readonly current: readonly number[];
    readonly reference: readonly number[];
    readonly ks: number;
    readonly wasserstein: number;
    readonly psi: number;
  }[];
  readonly classification: readonly {
    readonly labels: readonly Class[];
    readonly predictions: readonly Class[];
    readonly accuracy: number;
    readonly precision: Score;
    readonly recall: Score;
    readonly f1: Score;
    /** Prediction, label, count. */
    readonly confusion: readonly (readonly [string, string, number])[];
  }[];
  readonly binaryProbabilities: readonly {
    readonly labels: readonly number[];
    readonly probabilities: readonly number[];
    readonly log_loss: number;
    readonly auc: number;
  }[];
  readonly multiclassProbabilities: readonly {
    readonly classes: readonly Class[];
    readonly labels: readonly Class[];
    readonly probabilities: readonly (readonly number[])[];
    readonly log_loss: number;
    readonly auc: Readonly<Record<'one_vs_one' | 'one_vs_rest', { readonly macro: number; readonly weighted: number }>>;
  }[];
  readonly regression: readonly {
    readonly labels: readonly number[];
    readonly predictions: readonly number[];
    readonly mse: number;
    readonly rmse: number;
    readonly mae: number;
    readonly mape: number;
    readonly r2: number;
  }[];
}

type Class = string | number;

interface Score {
  readonly one_vs_all: Readonly<Record<string, number>>;
  readonly macro: number;
  readonly weighted: number;
}

export const expected = JSON.parse(
  readFileSync(new URL('reference/expected.json', import.meta.url), 'utf8'),
) as Expected;
