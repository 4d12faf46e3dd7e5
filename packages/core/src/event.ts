import type { Address } from './address.ts';
import type { Action, Plan } from './plan-file.ts';
import type { Problem } from './problem.ts';

/** What a run is busy with between two results. `idle`: a plan was shown, and nothing has been started yet. */
export type Activity = 'starting' | 'reading' | 'waiting' | 'idle' | 'applying' | 'refreshing';

/** How a command ended: what its exit status says, as a word. */
export type RunStatus = 'ok' | 'error' | 'finding' | 'failed' | 'consent' | 'interrupted';

/**
 * Everything a run reports while it works. Printing consumes these; nothing is printed that is not in them. The published
 * form is made by `eventLines`.
 */
export type Event =
  | { readonly type: 'version'; readonly dpo: string; readonly command: string }
  | { readonly type: 'reading'; readonly done: number; readonly total: number }
  | { readonly type: 'waiting'; readonly reason: string; readonly milliseconds: number }
  /** The workspace limits requests: nothing is sent for so long, then at most `rate` a second. */
  | { readonly type: 'throttled'; readonly rate: number; readonly milliseconds: number }
  /** A statement waits for its warehouse to come up, and has for so long. */
  | { readonly type: 'warehouse_starting'; readonly warehouse: string; readonly milliseconds: number }
  /** `carriedOut`: the command is about to carry the plan out, so that what it does not start counts. */
  | { readonly type: 'planned'; readonly plan: Plan; readonly carriedOut: boolean }
  | { readonly type: 'problem'; readonly problem: Problem }
  | { readonly type: 'op_started'; readonly address: Address; readonly action: Action }
  | {
      readonly type: 'op_done';
      readonly address: Address;
      readonly action: Action;
      readonly milliseconds: number;
      readonly note?: string;
    }
  | { readonly type: 'op_failed'; readonly address: Address; readonly action: Action; readonly problem: Problem }
  | {
      readonly type: 'op_skipped';
      readonly address: Address;
      readonly action: Action;
      readonly because: string;
      readonly halted?: true;
    }
  /** Every operation has ended. Its lines were told one by one; what became of the state is in the summary. */
  | { readonly type: 'applied'; readonly plan: Plan; readonly result: ApplyResult }
  /** How the refresh of one table stands: when it was started, and once more when it has ended. */
  | { readonly type: 'refresh'; readonly refresh: TableRefresh }
  /** Sign of life while nothing else happens. */
  | {
      readonly type: 'progress';
      readonly activity: Activity;
      readonly done: number;
      readonly total: number;
      readonly running: readonly string[];
      readonly milliseconds: number;
      /** Requests a second, if the workspace limited them lately. */
      readonly rate?: number;
    }
  /** A signal came. `cutOff`: it was the second one, so that running requests are cut off. */
  | {
      readonly type: 'stopping';
      readonly signal: string;
      readonly activity: Activity;
      readonly running: number;
      readonly notStarted: number;
      readonly cutOff: boolean;
    }
  | ({ readonly type: 'summary' } & RunSummary);

export type Emit = (event: Event) => void;

/** How the refresh of one table stands. `state` is REFUSED, UNREADABLE, PENDING, RUNNING, SUCCESS, FAILED, CANCELED, or new to us. */
export interface TableRefresh {
  readonly table: string;
  /** Empty if the refresh was refused. */
  readonly refreshId: string;
  readonly state: string;
  readonly seconds?: number;
  readonly message?: string;
}

/** The end of a run. The counts are of operations that it was to carry out. */
export interface RunSummary {
  readonly status: RunStatus;
  readonly exitCode: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notStarted: number;
  readonly state: ApplyResult['state'];
}

/** How one operation went. `halted`: the run was stopped before it came to this one. */
export type Outcome =
  | {
      readonly address: Address;
      readonly action: Action;
      readonly status: 'done';
      readonly id?: string;
      readonly note?: string;
    }
  | { readonly address: Address; readonly action: Action; readonly status: 'failed'; readonly problem: Problem }
  | {
      readonly address: Address;
      readonly action: Action;
      readonly status: 'skipped';
      readonly because: string;
      readonly halted?: true;
    };

/** How a run went. `wrote`: at least one write request was sent (exit status 3 instead of 1 on failure, C04). */
export interface ApplyResult {
  readonly outcomes: readonly Outcome[];
  readonly wrote: boolean;
  readonly interrupted: boolean;
  readonly state:
    | { readonly status: 'saved' | 'unchanged' }
    | { readonly status: 'rescue'; readonly path: string; readonly reason: string; readonly command?: string };
}
