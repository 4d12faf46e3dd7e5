import type { WorkingColumn } from './working-table.ts';

/** Prediction and label, and the positions of the Boolean slicing expressions. */
export interface ComparedColumns {
  readonly prediction: WorkingColumn;
  readonly label: WorkingColumn;
  readonly booleanSlices: readonly number[];
}
