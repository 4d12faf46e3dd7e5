import { readFileSync } from 'node:fs';

/** What SciPy answers; `reference/generate.py` wrote the file and names the versions. */
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
}

export const expected = JSON.parse(
  readFileSync(new URL('reference/expected.json', import.meta.url), 'utf8'),
) as Expected;
