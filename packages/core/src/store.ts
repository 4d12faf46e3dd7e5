import type { Address } from './address.ts';
import type { Action, PlanMode } from './plan-file.ts';
import type { Recorded, RecordedResource, TargetIdentity } from './recorded.ts';

/** Who runs, for the lock, the journal's header and the history. No secrets. */
export interface Run {
  /** Sortable unique id of the run. */
  readonly id: string;
  readonly operation: PlanMode;
  readonly actor: string;
  readonly host: string;
  readonly pid: number;
  /** Git commit or CI run URL, when known. */
  readonly commit?: string;
  readonly url?: string;
  /** Fingerprint of the plan that is carried out. */
  readonly plan: string;
  readonly owner: string;
  readonly target: TargetIdentity;
}

/** Written and synced before the request it announces. */
export interface Intent {
  readonly address: Address;
  readonly action: Action;
  readonly id?: string;
  /** For how long after the start the request may still take effect. */
  readonly deadlineMs: number;
}

/** Written after the answer. `entry: null` removes the resource from the state. */
export type Result =
  | { readonly status: 'done'; readonly entry: RecordedResource | null }
  | { readonly status: 'failed'; readonly code: string; readonly unknown: boolean };

/**
 * One run's hold on a state: lock taken, earlier journal compacted. `start` resolves once the intent is on disk.
 * Calls may overlap; each `start` gives the number that its `stage` and `finish` name.
 */
export interface StateSession {
  readonly recorded: Recorded;
  /** Lineage of the state; minted for a new one, and recorded with the first operation. */
  readonly lineage: string;
  start(intent: Intent): Promise<number>;
  /** A replace whose delete has succeeded; on disk when it resolves. */
  stage(operation: number, entry: RecordedResource): Promise<void>;
  finish(operation: number, result: Result): Promise<void>;
  /**
   * Compacts and unlocks. `unchanged`: not one byte of the state differs. `rescue`: the snapshot could not be written
   * and the content was saved beside it. Never throws; always releases the lock.
   */
  close(): Promise<
    | { readonly status: 'saved' | 'unchanged' }
    | { readonly status: 'rescue'; readonly path: string; readonly reason: string }
  >;
}

/** Where the state of one target lives. */
export interface StateStore {
  /** Name shown to people. */
  readonly location: string;
  /** Snapshot and journal as one value, without a lock and without writing. Throws `DpoError` with `STATE.*` problems. */
  read(): Promise<Recorded>;
  /** Takes the lock, or throws `STATE.LOCKED` naming holder, age and what to do. */
  open(run: Run): Promise<StateSession>;
}
