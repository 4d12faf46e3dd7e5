import type { Address } from './address.ts';
import type { IgnoredPaths } from './diff/ignored.ts';
import type { ReferencePaths } from './reference/reference-paths.ts';
import type { Spec } from './spec.ts';
import type { Place, Problem } from './problem.ts';
import type { Decisions, TargetIdentity } from './recorded.ts';

/** Who owns what a plan makes: `project/target`. Never derived from a folder, which differs on every runner (W015). */
export interface Owner {
  readonly project: string;
  readonly target: string;
}

export function ownerText(owner: Owner): string {
  return `${owner.project}/${owner.target}`;
}

/** What people select resources by, and what else is known about them. A member that does not apply to a resource is missing. */
export interface Facts {
  /** Full name of the table it is about. */
  readonly table?: string;
  /** `catalog.schema` of that table, or of the schema itself. */
  readonly schema?: string;
  readonly group?: string;
  readonly owner?: string;
  /** Profile type. */
  readonly type?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly department?: string;
  /** Where it is written what to do, and what the table is made from. */
  readonly runbookUrl?: string;
  readonly lineageUrl?: string;
  /** The order in which tables get monitors when not all can; the lowest number first. */
  readonly priority?: number;
}

export interface DesiredResource {
  readonly address: Address;
  readonly spec: Spec;
  /** Where the resource itself is declared. */
  readonly place: Place;
  /** Path of the spec → where its value comes from. A path without an entry has the place of its nearest parent. */
  readonly origins: Readonly<Record<string, Place>>;
  readonly adopt?: boolean;
  /** What cannot be taken over is left alone, with the reason, instead of failing the plan: it was found, not listed (C12). */
  readonly lenient?: true;
  /** The address it had before its name was changed in the config; of the same kind. */
  readonly renamedFrom?: Address;
  /** Left alone once the object exists. */
  readonly ignore?: IgnoredPaths;
  /** Leaf paths of the spec whose texts are templates: they name environment variables instead of holding their values. */
  readonly references?: ReferencePaths;
  /** Set: protect, or lift a protection. Missing: as the state has it. */
  readonly preventDestroy?: { readonly value: boolean; readonly place: Place };
  readonly facts?: Facts;
  /** What the spec rests on beside the config; the state keeps it. */
  readonly decisions?: Decisions;
  /** One line each, shown with the resource: why a value was chosen. */
  readonly notes?: readonly string[];
}

/** A table that is declared or found but not planned; what is already managed of it is kept as it is (C12). */
export interface Skip {
  readonly address: Address;
  readonly code: string;
  readonly reason: string;
  readonly place?: Place;
  /** Nothing at all is done about it, in a destroy too: it is not for this target to manage (W017). */
  readonly untouched?: true;
}

/** The wanted world, resolved: what the config and the catalog together ask for. */
export interface Desired {
  readonly owner: Owner;
  readonly target: TargetIdentity;
  readonly resources: readonly DesiredResource[];
  readonly skipped: readonly Skip[];
  /** Addresses about which nothing can be decided (unreadable, or faulty in the config): kept as they are, and no plan that has one holds a delete. */
  readonly undecided: readonly { readonly address: Address; readonly problem: Problem }[];
  readonly problems: readonly Problem[];
}
