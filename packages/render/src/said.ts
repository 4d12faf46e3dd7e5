import type { Change } from '@dpo/core';
import type { Line } from './line.ts';

/** A changed leaf as people read it. */
export interface Readable {
  readonly change: Change;
  /** In place of the two values, where those are long or mean nothing to people. */
  readonly said?: Said;
  /** What else of the same name it is about: the tables of a view. */
  readonly of?: readonly string[];
}

export interface Said {
  readonly title: Line;
  /** On lines of their own. */
  readonly below: readonly Line[];
}
