import type { Address } from './address.ts';
import type { JsonObject } from './json.ts';
import type { ReferencePaths } from './reference/reference-paths.ts';
import type { Spec } from './spec.ts';

/** What was decided about the data once and is kept to, so that its growth changes no plan (ruling 40). Counts, no values. */
export interface Decisions {
  /** Column that is asked for as a slice, in lower case → about how many values it had when that was counted. */
  readonly slices: Readonly<Record<string, number>>;
}

/**
 * `replacing:deleted`: a replace was interrupted after its delete; the object is gone and is to be created.
 * `purging`: a delete that also drops what the object leaves behind has begun; `out` names that. The object may still be there.
 */
export type RecordedStatus = 'ok' | 'replacing:deleted' | 'purging';

/** What the state keeps of one resource. `applied` is the spec as last sent, references to other resources resolved. */
export interface RecordedResource {
  readonly version: number;
  readonly id: string;
  readonly status: RecordedStatus;
  readonly applied: Spec;
  /** Values other resources refer to, and outputs shown to people. Never compared. */
  readonly out: JsonObject;
  /** Direct dependencies, for the order of deletes when the config is gone. */
  readonly needs: readonly Address[];
  /** Paths of `applied` that the service never returned after our write (W019); left out when there are none. */
  readonly unreturned?: readonly string[];
  /** Leaf paths of `applied` whose texts are templates: values from the environment are not kept. Left out when there are none. */
  readonly references?: ReferencePaths;
  /** No plan may delete or replace it, whatever the config says by now; lifted by an apply of its own. */
  readonly preventDestroy?: true;
  /** Left out where nothing was counted. */
  readonly decisions?: Decisions;
}

/** Where a state belongs. Checked first: the wrong workspace is the most expensive mistake. */
export interface TargetIdentity {
  readonly name: string;
  /** Origin of the workspace URL; may change (a local port) while the ids stay. */
  readonly host: string;
  readonly workspaceId: string;
  readonly metastoreId: string;
}

/** An operation that was started and whose effect nobody knows: its run was killed, or its answer was lost. */
export interface OpenIntent {
  readonly address: Address;
  readonly action: 'create' | 'update' | 'delete' | 'replace';
  /** Of the object, where it has one; of what a create makes, where that is known before (the table of a monitor). */
  readonly id?: string;
  /** Epoch milliseconds of the start, and for how long after it the request may still take effect. */
  readonly at: number;
  readonly deadlineMs: number;
}

/** The state as one value: snapshot and journal together. */
export interface Recorded {
  /** Minted when the first journal is opened; undefined before (there is no state). */
  readonly lineage: string | undefined;
  readonly serial: number;
  /** `project/target` that wrote it. */
  readonly owner: string | undefined;
  readonly target: TargetIdentity | undefined;
  readonly resources: ReadonlyMap<Address, RecordedResource>;
  readonly intents: readonly OpenIntent[];
  /** An earlier run left its journal: it is part of this value, and the next run that takes the lock compacts it. */
  readonly unfinished: boolean;
}

export const nothingRecorded: Recorded = {
  lineage: undefined,
  serial: 0,
  owner: undefined,
  target: undefined,
  resources: new Map(),
  intents: [],
  unfinished: false,
};
