import type { Json } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';
import type { fairnessNames } from '../../src/profiler/fairness.ts';

/**
 * What scikit-learn answers, in the form in which a query of the metric table does; `reference/generate.py` wrote the
 * file and names the versions.
 */
export interface Expected {
  readonly classification: readonly ({
    /** Spark type of both columns. */
    readonly type: string;
    readonly labels: readonly Json[];
    readonly predictions: readonly Json[];
  } & Readonly<Record<'accuracy_score' | 'precision' | 'recall' | 'f1_score' | 'confusion_matrix', Json>>)[];
  readonly regression: readonly ({
    readonly labels: readonly number[];
    readonly predictions: readonly number[];
  } & Readonly<Record<RegressionScore, number>>)[];
  readonly probabilities: readonly {
    readonly name: string;
    readonly labelType: string;
    readonly probabilityType: string;
    readonly labels: readonly Json[];
    /** Numbers, or maps from class to probability. */
    readonly probabilities: readonly Json[];
    readonly slices?: readonly string[];
    /** All rows first, then the slices by their value. */
    readonly groups: readonly Readonly<Record<'slice_value' | 'log_loss' | 'roc_auc_score', Json>>[];
  }[];
  readonly fairness: readonly {
    readonly name: string;
    readonly type: string;
    readonly labels: readonly Json[];
    readonly predictions: readonly Json[];
    readonly halves: readonly (boolean | null)[];
    readonly slices: readonly FairnessSlice[];
  }[];
}

export type FairnessSlice = { readonly slice_value: string } & Readonly<
  Record<(typeof fairnessNames)[number], readonly { readonly key: string; readonly value: number | null }[]>
>;

type RegressionScore =
  | 'mean_squared_error'
  | 'root_mean_squared_error'
  | 'mean_average_error'
  | 'mean_absolute_percentage_error'
  | 'r2_score';

export const expected = JSON.parse(
  readFileSync(new URL('reference/expected.json', import.meta.url), 'utf8'),
) as Expected;
