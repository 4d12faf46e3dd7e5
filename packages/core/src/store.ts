import type { Address } from './address.ts';
import type { JsonObject } from './json.ts';
import { planModes, type Action } from './plan-file.ts';
import type { Recorded, RecordedResource, TargetIdentity } from './recorded.ts';

/** What holds a state: a plan being carried out, or a change of the state alone. */
export const runOperations = [...planModes, 'import', 'state rm', 'state push', 'state migrate'] as const;
export type RunOperation = (typeof runOperations)[number];

/** Who runs, for the lock, the journal's header and the history. No secrets. */
export interface Run {
  /** Sortable unique id of the run. */
  readonly id: string;
  readonly operation: RunOperation;
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
  /** Address by which the state knows it; done means that it is known by `address` only. */
  readonly formerly?: Address;
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
  /**
   * What holds from here on if the operation does not end: a replace whose delete has succeeded, or (status `purging`) a
   * delete that will drop what `out` names. On disk when it resolves.
   */
  stage(operation: number, entry: RecordedResource): Promise<void>;
  finish(operation: number, result: Result): Promise<void>;
  /**
   * Compacts and unlocks. `unchanged`: not one byte of the state differs. `rescue`: the snapshot could not be written
   * and the content was saved beside it; `command` puts it in place, and is missing where even that failed and the
   * journal is all there is. Never throws; always releases the lock.
   */
  close(): Promise<
    | { readonly status: 'saved' | 'unchanged' }
    | { readonly status: 'rescue'; readonly path: string; readonly reason: string; readonly command?: string }
  >;
}

/**
 * What a run is about to do, for places where each intent by itself costs a request: kept before the first operation, so
 * that none is unknown although its own record was never written down.
 */
export interface Announcement {
  /** The document that is carried out, for people. Holds no secret. */
  readonly plan: JsonObject;
  /** Of every operation that `start` may be told of. */
  readonly intents: readonly Intent[];
}

/** Where the state of one target lives. */
export interface StateStore {
  /** Name shown to people. */
  readonly location: string;
  /** Snapshot and journal as one value, without a lock and without writing. Throws `DpoError` with `STATE.*` problems. */
  read(): Promise<Recorded>;
  /** Takes the lock, or throws `STATE.LOCKED` naming holder, age and what to do. */
  open(run: Run, announcement?: Announcement): Promise<StateSession>;
}

/** A state that people look after by hand: `dpo state …`. */
export interface ManagedStateStore extends StateStore {
  /** The state as one document, with what an interrupted run left taken in; `undefined` when there is none. */
  document(): Promise<string | undefined>;
  /**
   * Puts a document in the place of the state, under the lock. Throws `STATE.PUSH` unless it has the same lineage and a
   * higher serial, is the state already, or there is no state yet. The rescue copy of a run whose journal is still there
   * counts as that run's end.
   */
  replace(run: Run, document: string): Promise<void>;
  /** Who holds the lock, if anybody does. */
  holder(): Promise<StateHolder | undefined>;
  /** Removes the lock of this id; throws `STATE.UNLOCK` when it is another's or there is none. */
  unlock(id: string): Promise<void>;
  /** What runs have done, oldest first, one entry for each operation (N017). */
  history(): Promise<readonly JsonObject[]>;
  /** Takes the lock to move the state, with what interrupted runs left taken in. */
  hold(run: Run): Promise<StateHold>;
}

/** A state that is being moved, under its lock. */
export interface StateHold {
  /** The state, or the note that stands in its place; `undefined`: neither. */
  readonly text: string | undefined;
  /** The lowest serial that can be put; 0: any. */
  readonly leastSerial: number;
  /** Puts a state or a note in the place of what is there. */
  put(text: string): Promise<void>;
  /** What is there now. */
  current(): Promise<string | undefined>;
  /** Adds lines of another place's history that are not there yet. */
  addHistory(entries: readonly JsonObject[]): Promise<void>;
  release(): Promise<void>;
}

/**
 * Small texts under names, the whole of what a state beyond one machine is built on. A name is `folder/file`, of
 * letters, digits, `.` and `-`. Reads and writes of a name are consistent; a list may lag behind, or lack some. Rejects
 * with a `DpoError` when the place cannot be reached, is not there or may not be used: never taken for "absent".
 */
export interface BlobStore {
  /** Shown to people; can be given to `--state`. */
  readonly location: string;
  get(name: string): Promise<string | undefined>;
  /**
   * Of several at once exactly one makes it. May say `exists` of its own text, or reject although it was made: when an
   * answer is lost. Texts are therefore unique, and read back.
   */
  putIfAbsent(name: string, text: string): Promise<'made' | 'exists'>;
  /** Resolves too if there is none. */
  delete(name: string): Promise<void>;
  /** Names without their folder, in no order. */
  list(folder: string): Promise<readonly string[]>;
}

/** The holder of a lock, for people. */
export interface StateHolder {
  readonly id: string;
  readonly who: string;
  readonly host: string;
  readonly pid: number;
  readonly run: string;
  readonly operation: RunOperation;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly url?: string;
}
