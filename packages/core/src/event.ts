import type { Address } from './address.ts';
import type { Action } from './plan-file.ts';
import type { Problem } from './problem.ts';

/** Everything a run reports while it works. Printing consumes these; nothing is printed that is not in them. */
export type Event =
  | { readonly type: 'reading'; readonly done: number; readonly total: number }
  | { readonly type: 'waiting'; readonly reason: string; readonly milliseconds: number }
  | { readonly type: 'op_started'; readonly address: Address; readonly action: Action }
  | {
      readonly type: 'op_done';
      readonly address: Address;
      readonly action: Action;
      readonly milliseconds: number;
      readonly note?: string;
    }
  | { readonly type: 'op_failed'; readonly address: Address; readonly action: Action; readonly problem: Problem }
  | { readonly type: 'op_skipped'; readonly address: Address; readonly action: Action; readonly because: string };

export type Emit = (event: Event) => void;

/** How one operation went. */
export type Outcome =
  | {
      readonly address: Address;
      readonly action: Action;
      readonly status: 'done';
      readonly id?: string;
      readonly note?: string;
    }
  | { readonly address: Address; readonly action: Action; readonly status: 'failed'; readonly problem: Problem }
  | { readonly address: Address; readonly action: Action; readonly status: 'skipped'; readonly because: string };

/** How a run went. `wrote`: at least one write request was sent (exit status 3 instead of 1 on failure, C04). */
export interface ApplyResult {
  readonly outcomes: readonly Outcome[];
  readonly wrote: boolean;
  readonly interrupted: boolean;
  readonly state:
    | { readonly status: 'saved' | 'unchanged' }
    | { readonly status: 'rescue'; readonly path: string; readonly reason: string; readonly command?: string };
}
