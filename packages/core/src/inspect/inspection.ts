import type { Address, KindName } from '../address.ts';
import type { Json, JsonObject } from '../json.ts';
import type { EdgeStrength, Note } from '../kinds/kind.ts';
import type { Action, Drift, Reason } from '../plan-file.ts';
import type { Place } from '../problem.ts';
import type { RecordedStatus } from '../recorded.ts';

/**
 * What is shown of one resource. Member names are those of the published schema (`schemas/output.schema.json`), hence
 * snake_case.
 */
export interface Inspection {
  readonly address: Address;
  readonly kind: KindName;
  readonly status: ResourceStatus;
  /** Why it is skipped, undecided or unreadable. */
  readonly because?: { readonly code: string; readonly reason: string };
  /** Where it is declared, or what found it. */
  readonly from?: Place;
  /** Of a monitor: what is said about its table. */
  readonly table?: InspectedTable;
  /** Declared, live and recorded leaves. */
  readonly fields: readonly FieldSides[];
  readonly live: LiveSide;
  /** What the state keeps; null if it does not know it. */
  readonly recorded: RecordedSide | null;
  readonly next: NextStep;
  /** What changed outside dpo; missing if nothing did, or nobody can tell. */
  readonly drift?: { readonly fate: Drift['fate']; readonly paths: readonly string[] };
  readonly needs: readonly { readonly address: Address; readonly need: EdgeStrength }[];
  /** Wanted or recorded resources that rest on it. */
  readonly needed_by: readonly Address[];
  readonly links: readonly Link[];
  /** Opaque ids → the names that people know them by. */
  readonly names: Readonly<Record<string, string>>;
  readonly notes: readonly Note[];
}

/**
 * `monitored`, or `managed` of what is no monitor: wanted, and in the state. `planned`: wanted, not in the state. `unreadable`, `undecided`: nothing can be
 * decided, it is kept as it is. `disabled`: `enabled: false`. `removed`: in the state, no longer wanted. `unmanaged`:
 * neither.
 */
export const resourceStatuses = [
  'monitored',
  'managed',
  'planned',
  'skipped',
  'unreadable',
  'undecided',
  'disabled',
  'removed',
  'unmanaged',
] as const;
export type ResourceStatus = (typeof resourceStatuses)[number];

/** How a table came into the config: by its name, by a pattern, or by its tags. */
export type TableHow = 'listed' | 'pattern' | 'tag';

export interface InspectedTable {
  readonly name: string;
  /** Missing where the config does not ask for it. */
  readonly how?: TableHow;
  readonly table_id?: string;
  readonly table_type?: string;
  readonly group?: string;
  readonly profile_type?: string;
  readonly priority?: number;
  readonly owner?: string;
  readonly department?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, TagValue>>;
  /** Every setting that has a value, with where it comes from (C17). */
  readonly settings: readonly EffectiveSetting[];
  /** Names as the service gave them; null before there are any. */
  readonly metric_tables: { readonly profile: string | null; readonly drift: string | null };
  readonly primary_key: PrimaryKey | null;
}

/** `inherited`: full name of the schema or catalog that carries it (C09). */
export interface TagValue {
  readonly value: string;
  readonly inherited?: string;
}

export interface EffectiveSetting {
  readonly key: string;
  readonly value: Json;
  readonly from: Place;
  /** Said where nobody chose the value. */
  readonly reason?: string;
}

/** Information only (U057): nothing is decided by it. A name is a guess. */
export interface PrimaryKey {
  readonly columns: readonly string[];
  readonly known_by: 'constraint' | 'name';
}

/**
 * - `same`: as declared. `config`, `drift`, `config+drift`, `inputs`: a write would set it, and why. `absorbed`: only the state is behind;
 * - `planned`: the object is not there yet. `removed`: no longer declared. `fixed`: set once, at the creation;
 * - `ignored`: the config says so. `undeclared`: only the live object has it, and nobody compares it;
 * - `unreturned`: the service does not tell it. `unread`: the object could not be read. `differs`: not as declared, and nothing
 *   is going to change it.
 */
export const fieldVerdicts = [
  'same',
  'config',
  'drift',
  'config+drift',
  'inputs',
  'absorbed',
  'planned',
  'removed',
  'fixed',
  'ignored',
  'undeclared',
  'unreturned',
  'unread',
  'differs',
] as const;
export type FieldVerdict = (typeof fieldVerdicts)[number];

/** One leaf of a spec; a member that is missing is not set there. */
export interface FieldSides {
  readonly path: string;
  /** The config key people know the path by. */
  readonly label?: string;
  readonly desired?: Json;
  readonly live?: Json;
  readonly recorded?: Json;
  readonly verdict: FieldVerdict;
  /** Where the desired value comes from. */
  readonly from?: Place;
}

export type LiveSide =
  | { readonly status: 'present'; readonly id: string; readonly owner: string | null; readonly outputs: JsonObject }
  | { readonly status: 'absent' }
  | { readonly status: 'unreadable'; readonly code: string; readonly reason: string; readonly hint?: string }
  /** Nobody can tell where to look. */
  | { readonly status: 'unknown'; readonly reason: string };

export interface RecordedSide {
  readonly id: string;
  readonly status: RecordedStatus;
  readonly prevent_destroy: boolean;
}

/** What a plan of the whole config does about it, as far as that can be told from this resource alone. */
export type NextStep =
  | { readonly action: Action; readonly reasons: readonly Reason[] }
  /** `blocked`: kept, since something could not be decided. `refused`: it makes the plan fail. */
  | { readonly action: 'blocked' | 'refused'; readonly code: string; readonly because: string }
  /** `used`: an existing schema, which is left as it is. */
  | { readonly action: 'none' | 'used' };

export interface Link {
  readonly title: string;
  readonly url: string;
}
