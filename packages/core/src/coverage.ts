import type { CatalogAge } from './catalog.ts';
import type { Problem } from './problem.ts';

/** Why an eligible table has no monitor. */
export const uncoveredReasons = [
  'not_tagged',
  'excluded',
  'not_listed',
  'disabled',
  'skipped',
  'over_limit',
  'faulty',
  'not_applied',
] as const;
export type UncoveredReason = (typeof uncoveredReasons)[number];

export interface UncoveredTable {
  readonly table: string;
  /** `catalog.schema` */
  readonly schema: string;
  /** As the catalog has it; null where it does not say. */
  readonly owner: string | null;
  readonly reason: UncoveredReason;
  /** The reason in words. */
  readonly detail: string;
}

/** What kept a read from answering. */
export interface UnreadableItem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/**
 * What `dpo coverage` finds; member names are those of the published schema. Lists are sorted by table. Of the eligible
 * tables each is in exactly one class: `monitored`, `by_schema`, `unmonitored` or `unknown`. The other lists
 * are about every monitor met, eligible or not; those of refreshes about what this project wants.
 */
export interface Coverage {
  /** ISO 8601, in UTC. */
  readonly timestamp: string;
  /** Set if tags and columns are of a snapshot; whether a table is monitored is always of now. */
  readonly catalog?: CatalogAge;
  readonly owner: string;
  readonly catalogs: readonly string[];
  /** From 0 to 1: monitored and by schema, of all eligible tables. 1 where there are none. */
  readonly coverage: number;
  readonly stale_after_days: number;
  /** False: a schema could not be listed, so that there may be more eligible tables. */
  readonly complete: boolean;
  readonly summary: {
    readonly eligible: number;
    /** Have a monitor of their own, whoever made it. */
    readonly monitored: number;
    /** No monitor of their own, and watched by the anomaly detection of their schema. */
    readonly by_schema: number;
    readonly unmonitored: number;
    readonly unknown: number;
    /** Monitors that somebody else made. */
    readonly others: number;
    readonly stale: number;
    readonly never_refreshed: number;
    readonly history_unavailable: number;
    readonly orphans: number;
    /** Monitors of ours on tables that are not eligible, such as listed tables of schemas that the filters leave out. */
    readonly outside: number;
    readonly schemas: number;
    /** Schemas that the filters leave out. */
    readonly schemas_left_out: number;
  };
  readonly unmonitored: readonly UncoveredTable[];
  readonly by_schema: readonly { readonly table: string; readonly schema: string }[];
  readonly stale: readonly { readonly table: string; readonly days: number; readonly last_refresh: string }[];
  /** `last_state`: how the latest attempt stands; null if there was none. */
  readonly never_refreshed: readonly { readonly table: string; readonly last_state: string | null }[];
  readonly history_unavailable: readonly (UnreadableItem & { readonly table: string })[];
  /** `recorded`: the state knows it, so that the next apply deletes it. */
  readonly orphans: readonly { readonly table: string; readonly recorded: boolean }[];
  /** `owner`: the project and target that its marker names; null without one. */
  readonly others: readonly { readonly table: string; readonly owner: string | null }[];
  readonly unknown: readonly (UnreadableItem & { readonly table: string })[];
  readonly unknown_schemas: readonly (UnreadableItem & { readonly schema: string })[];
}

/** What the list of refreshes of a monitor says. Times are epoch milliseconds. */
export type RefreshHistory =
  | {
      readonly status: 'read';
      /** When the last successful one ended; of a fresh monitor one that is fresh enough. */
      readonly succeededAt?: number;
      /** State of the latest one, without its prefix. */
      readonly lastState?: string;
    }
  | { readonly status: 'unreadable'; readonly problem: Problem };
