import type { Address } from './address.ts';

export type Severity = 'error' | 'warning' | 'note';

/** A position in a file: line and column from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a value comes from: a place in a file, a tag (`prod.ml.churn#monitor_group`), or a default of dpo. */
export type Place =
  | { readonly file: string; readonly start: Position; readonly end?: Position; readonly path?: string }
  | { readonly tag: string }
  | { readonly default: true };

/** The line of a file that a problem points at. */
export interface Snippet {
  readonly line: number;
  readonly text: string;
}

/**
 * A finding as a value. `code` is stable and documented; branch on it, never on the message. The message is one
 * sentence in lower case without a full stop; the hint says what to do next.
 */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly address?: Address;
  readonly place?: Place;
  readonly snippet?: Snippet;
}

const brand = Symbol.for('dpo.error');

/** Carries problems over a boundary. */
export class DpoError extends Error {
  readonly problems: readonly Problem[];
  readonly [brand] = true;

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map((problem) => `${problem.code}: ${problem.message}`).join('\n'), options);
    this.name = 'DpoError';
    this.problems = problems;
  }
}

/** True across two copies of this package. */
export function isDpoError(error: unknown): error is DpoError {
  return typeof error === 'object' && error !== null && brand in error;
}

export function fail(problem: Omit<Problem, 'severity'>, options?: ErrorOptions): never {
  throw new DpoError([{ severity: 'error', ...problem }], options);
}

/** Marks a branch that the types rule out; reaching it is a bug, not a user's fault. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value ${JSON.stringify(value)}`);
}
