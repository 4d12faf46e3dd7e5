import type { Cell } from './faults.ts';

/**
 * `survived`: done as if nothing had been; `partly`: some of it failed or was left alone, with its reason; `refused`:
 * nothing was written, with the reason; `missed`: the run ended before the fault could strike.
 */
export type CellClass = 'survived' | 'partly' | 'refused' | 'missed';

export interface CellResult {
  readonly cell: Cell;
  readonly class: CellClass;
  /** What does not hold; empty is what we want. */
  readonly wrong: readonly string[];
  /** The service insisted that something is not there, and the state let go of it. */
  readonly believed: boolean;
  /** Codes of what was told. */
  readonly codes: readonly string[];
  /** The longest operation and all runs under the fault, in virtual milliseconds. */
  readonly longest: number;
  readonly elapsed: number;
}
