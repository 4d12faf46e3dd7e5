import type { Address, KindName } from '../address.ts';
import type { Json } from '../json.ts';
import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';
import type { MetricColumns } from '../views/branch.ts';

/**
 * How an object is found on the workspace. `id` lookups never match another object behind the same name. `recorded`: the
 * state says that it exists, so that a read which does not find it has to be confirmed.
 */
export type Lookup = {
  readonly recorded?: true;
  /** Who was granted access to it is read too; without it nobody asks. */
  readonly access?: true;
} & (
  | { readonly by: 'id'; readonly address: Address; readonly id: string }
  | { readonly by: 'name'; readonly address: Address; readonly name: string }
);

export type EdgeStrength = 'exists' | 'ready' | 'order';

export interface Edge {
  readonly to: Address;
  readonly need: EdgeStrength;
}

/**
 * What a path of a spec means to diff, plan and apply:
 * - `immutable`: a change replaces the object; the text says what it is.
 * - `createOnly`: sent on create; afterwards the live value stands and is never compared.
 * - `writeOnly`: the service never returns it; recorded and desired are compared.
 * - `default`: not set is equal to any of these; an undeclared path is reset to the first.
 * - `release`: let go, not reset, when it is no longer declared.
 * - `list`: `set` compares without order; a key compares element by element. Other lists keep their order.
 * - `grants`: who may use the object, each at one of these levels, the lowest first. Others grant too, so that only what we
 *   granted is ours (`diff/own-grants.ts`), and a change by somebody else makes no plan stale. `on: 'outputs'`: not on the
 *   object, but on what it makes later and what outlives it; nothing is wanted there before it is seen. `on: 'place'`: on
 *   where the object is put, which may be older: the state records what the provider says that it gave.
 * - `same`: a named comparator, so that the table stays data.
 * - `composed`: follows from other paths and from what the provider finds when it writes. Not declared: not known yet, and
 *   compared with nothing. The state records what the provider wrote. `kept`: it does no more than that, and is never compared.
 */
export type Rule =
  | { readonly immutable: string }
  | { readonly createOnly: true }
  | { readonly writeOnly: true }
  | { readonly default: Json | readonly Json[] }
  | { readonly release: true }
  | { readonly list: 'set' | { readonly key: string } }
  | { readonly composed: 'compared' | 'kept' }
  | { readonly grants: readonly string[]; readonly on?: 'outputs' | 'place' }
  | { readonly same: 'cron' | 'workspace-path' | 'name' | 'name-suffix' | 'json' };

export interface FieldRules {
  /** The config key that people know this path by. */
  readonly label?: string;
  readonly rules: readonly Rule[];
  /** Why the config may not ignore this path. An immutable one says it with its rule. */
  readonly enforced?: string;
}

/** Keys are paths of the spec; `*` at the end stands for every deeper path. */
export type RuleTable = Readonly<Record<string, FieldRules>>;

/** One line for people about what a change costs: "profile history restarts". */
export type Note = string;

/** All that core knows of a kind: data and pure functions. One object per kind, one file per object. */
export interface Kind {
  readonly name: KindName;
  /** Version of the stored spec; `upgrade` brings older ones up. */
  readonly version: number;
  readonly rules: RuleTable;
  /** Path of the spec that identifies the object; another value behind the same name is another object (N009). */
  readonly identity?: string;
  /** Create-only path whose value tells our object from one that a stranger made in its place. */
  readonly birthmark?: string;
  /** What else there is to do where another owner has an object of that name. */
  readonly elsewhere?: string;
  /** It has no room for a marker: the state alone says what is ours, and an unfinished create of ours is taken for ours. */
  readonly unmarked?: true;
  /** `used`: an object that exists without our marker is used as it is and never managed (schemas, W016). */
  readonly existing: 'foreign' | 'used';
  /** Canonical spelling; idempotent; applied to desired and to live. */
  normalise(spec: Spec): Spec;
  lookup(address: Address, spec: Spec | undefined, recorded: RecordedResource | undefined): Lookup;
  edges(spec: Spec): readonly Edge[];
  /** Adds what follows from a spec and from the columns of metric tables, as far as that is known (`composed`). */
  compose?(spec: Spec, columnsOf: MetricColumns): Spec;
  /** What the hashes that it composes stand for, by path, as far as that is known: for people. */
  texts?(spec: Spec, columnsOf: MetricColumns): Readonly<Record<string, string>>;
  /**
   * What arrived since the recorded spec was written, one line each, if the wanted one differs in these paths for nothing but
   * that (W008).
   */
  arrivals?(paths: readonly string[], recorded: Spec, wanted: Spec): readonly Note[] | undefined;
  /**
   * What is made as long as none of the views that it reads has anything to read, and what to say about it. Idempotent: a spec
   * that is so already stands for itself.
   */
  readonly untilReady?: { spec(spec: Spec): Spec; readonly note: Note };
  /** The spec without what it refers to and can do without, for references that stay open because that was not made. */
  reduced?(spec: Spec): Spec;
  upgrade(from: number, stored: Spec): Spec;
  lost(change: 'replace' | 'delete', recorded: RecordedResource | undefined): readonly Note[];
}
