import type { Address } from './address.ts';
import type { CatalogAge } from './catalog.ts';
import type { Json, JsonObject } from './json.ts';
import type { EdgeStrength, Note } from './kinds/kind.ts';
import type { Leftover } from './leftover.ts';
import type { Place, Problem } from './problem.ts';
import type { Decisions } from './recorded.ts';
import type { ReferencePaths } from './reference/reference-paths.ts';
import type { Spec } from './spec.ts';
import type { TextPair } from './views/differing-branches.ts';

/**
 * The plan document: what a run will do, why, and nothing else. It is what is shown, saved, approved and executed.
 * Member names are those of the published schema (`schemas/plan.schema.json`), hence snake_case.
 */
export const planFormat = 'dpo.plan/1';

export const actions = ['replace', 'delete', 'update', 'create', 'adopt', 'absorb', 'forget'] as const;
/** In the order of risk in which people read them. */
export type Action = (typeof actions)[number];

/** `refresh-only` takes what changed outside into the state and writes nothing else. */
export const planModes = ['apply', 'destroy', 'refresh-only'] as const;
export type PlanMode = (typeof planModes)[number];

export type Reason =
  | 'config'
  | 'drift'
  | 'config+drift'
  | 'missing'
  | 'identity'
  | 'interrupted'
  | 'destroy'
  | 'removed'
  | 'marker'
  | 'requested'
  | 'renamed'
  | 'orphan'
  | 'inputs';

/** `safe` changes nothing that works, `behaviour` changes what is measured, `destructive` loses something. */
export type ChangeSeverity = 'safe' | 'behaviour' | 'destructive';

/** One declared leaf. A member that is missing stands for "not set"; `unknown` is known after apply only. */
export interface Change {
  readonly path: string;
  /** The config key people know the path by. */
  readonly label?: string;
  readonly recorded?: Json;
  readonly desired?: Json;
  readonly live?: Json;
  readonly unknown?: true;
  /** `inputs`: nothing but what it is made from changed, and neither the config nor the object (W008). */
  readonly reason: 'config' | 'drift' | 'config+drift' | 'inputs';
  readonly forces?: true;
  readonly from?: Place;
  /** What the hashes stand for, without what both have alike: for people only, decides nothing, no part of the fingerprint. */
  readonly texts?: TextPair;
}

/** What must still hold right before the first write. The hash covers the declared paths of the live object. */
export type Guard = { readonly absent: true } | { readonly id: string; readonly hash: string };

export interface Op {
  readonly address: Address;
  readonly action: Action;
  /** Address under which the state knows the object; it is known by `address` once the operation is done. */
  readonly renamed_from?: Address;
  readonly severity: ChangeSeverity;
  readonly reasons: readonly Reason[];
  /** Id of the object as it is before the operation. */
  readonly id?: string;
  /** What to wait for, direct needs only: operations of this plan, and with `ready` also objects without one. */
  readonly needs: readonly { readonly address: Address; readonly need: EdgeStrength }[];
  /** Every managed resource it rests on, for the order of later deletes. */
  readonly depends_on: readonly Address[];
  readonly guard?: Guard;
  /** Of a replace by identity: what must hold of the object with `id`, which is behind another name than before. */
  readonly previous_guard?: Guard;
  /** Desired spec with references kept; absent for delete and forget. */
  readonly spec?: Spec;
  /** Outputs read at plan time, kept by operations that send nothing (adopt, absorb) and until a purge is done. */
  readonly out?: JsonObject;
  readonly mask?: readonly string[];
  /** Paths of the spec that the config ignores: recorded, and sent only when the object is created. */
  readonly ignored?: readonly string[];
  /** The state will keep that nothing may delete or replace it. */
  readonly prevent_destroy?: true;
  /** What the state will keep of what was counted. Missing where nothing was. */
  readonly decisions?: Decisions;
  /**
   * Leaf paths of the spec whose texts are templates: `${env:NAME}` is resolved right before a write, `$${` is a literal
   * `${`. Every other text is sent as it is. Missing when there are none.
   */
  readonly references?: ReferencePaths;
  readonly changes: readonly Change[];
  /** Dropped after the delete: outputs of the object, as they were read last. */
  readonly purge?: readonly Leftover[];
  /** What a replace or delete loses, and what survives. */
  readonly lost: readonly Note[];
  readonly notes: readonly Note[];
  readonly from?: Place;
}

export interface Drift {
  readonly address: Address;
  readonly fate: 'reverted' | 'recreated' | 'kept';
  readonly changes: readonly Change[];
}

/**
 * An operation that an approval does not cover (W007): `new` since it was given, `changed` since then, or `held` because
 * it needs one of those.
 */
export interface Deferred {
  readonly address: Address;
  readonly action: Action;
  readonly why: 'new' | 'changed' | 'held';
  readonly because: string;
}

/** A declared setting that the config ignores on these objects: it was not compared and is not written. */
export interface IgnoredSetting {
  readonly path: string;
  /** The config key people know the path by. */
  readonly label?: string;
  readonly addresses: readonly Address[];
}

/** Carries our marker, and neither the config nor the state knows it. `deleted`: an operation of this plan deletes it. */
export interface Orphan {
  readonly address: Address;
  readonly id: string;
  readonly fate: 'deleted' | 'kept';
  /** Of one that is kept: why. */
  readonly because?: string;
}

export interface Requirement {
  readonly flag: '--allow-deletes' | '--allow-replace';
  readonly value?: number;
  readonly message: string;
}

/** Which objects a plan reads: all, those whose settings changed, or none that the state knows. */
export const refreshModes = ['full', 'changed', 'none'] as const;
export type RefreshMode = (typeof refreshModes)[number];

/** `partial`: limited by a selection, whose texts it holds. `complete`: everything could be read. */
export interface PlanScope {
  readonly partial: boolean;
  readonly complete: boolean;
  readonly select?: string;
  readonly exclude?: string;
  /** Operations outside of the selection. */
  readonly left?: number;
  /** Not everything that the state knows was read: drift shows in an apply at the latest. */
  readonly refresh?: Exclude<RefreshMode, 'full'>;
  /** Limited to what only metrics that arrived ask for (W008). */
  readonly readiness?: true;
  /** How many objects were taken from the state as they are. */
  readonly unread?: number;
}

export interface Plan {
  readonly format: typeof planFormat;
  /** Version of dpo that made it. */
  readonly dpo: string;
  readonly mode: PlanMode;
  readonly owner: string;
  readonly target: {
    readonly name: string;
    readonly host: string;
    readonly workspace_id: string;
    readonly metastore_id: string;
  };
  readonly base: { readonly lineage: string | null; readonly serial: number };
  readonly scope: PlanScope;
  /** Set if the catalog was not read for this plan but taken from a snapshot. Decides nothing: no part of the fingerprint. */
  readonly catalog?: CatalogAge;
  readonly ops: readonly Op[];
  /**
   * What only metrics that arrived ask for: carried out with the rest or by itself, no part of the summary, of the fingerprint
   * and of what is approved (W008). Missing when there is nothing of the kind.
   */
  readonly readiness?: readonly Op[];
  readonly drift: readonly Drift[];
  readonly blocked: readonly { readonly address: Address; readonly code: string; readonly because: string }[];
  readonly skipped: readonly { readonly address: Address; readonly code: string; readonly reason: string }[];
  /** Of a plan that was narrowed to what somebody approved: what is left for another plan. */
  readonly deferred?: readonly Deferred[];
  /** Missing when nothing is ignored. */
  readonly ignored?: readonly IgnoredSetting[];
  /** Empty where nobody looked for them: an ordinary plan does not. */
  readonly orphans: readonly Orphan[];
  /** Existing schemas that are used as they are (W016). */
  readonly used: readonly Address[];
  /** Opaque ids in this document → the names that people know them by. For display only. */
  readonly names: Readonly<Record<string, string>>;
  /** What stays behind after a destroy. */
  readonly survives: readonly Note[];
  readonly problems: readonly Problem[];
  readonly unchanged: number;
  readonly summary: Readonly<Record<Action, number>> & { readonly drift: number };
  /** Consent that is still missing (C24). */
  readonly requires: readonly Requirement[];
  readonly applyable: boolean;
  readonly errored: boolean;
  /** Hash of the decisions, 64 hex digits: equal fingerprints mean the same operations for the same reasons. */
  readonly fingerprint: string;
  /** Hash of this document without this member: finds damage and hand edits, is no protection against malice. */
  readonly digest: string;
}

/** Everything that carrying a plan out does. */
export function operationsOf({ ops, readiness = [] }: Pick<Plan, 'ops' | 'readiness'>): readonly Op[] {
  return readiness.length === 0 ? ops : [...ops, ...readiness];
}
