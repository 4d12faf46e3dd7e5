import type { FaultRule } from './fault-rules.ts';
import type { Latency } from './latency.ts';
import type { RateLimit } from './rate-limits.ts';
import type { EventualResource } from './stale-reads.ts';

/** Milliseconds until things are ready; they pass in real time and with every jump of the workspace clock. */
export interface Lifecycle {
  /** A new monitor is PENDING for so long; 20 unless given. */
  readonly activeAfterMs?: number;
  /** A refresh is PENDING for so long; 50 unless given. */
  readonly refreshDelayMs?: number;
  /** A refresh is RUNNING for so long before its results are there; 0 unless given. */
  readonly refreshDurationMs?: number;
  /** A deleted monitor is DELETE_PENDING for so long where the behaviour says so; 30 unless given. */
  readonly deleteDelayMs?: number;
  /** A stopped warehouse takes so long to start; 50 unless given. */
  readonly warehouseStartMs?: number;
}

/** How much like the real service the workspace behaves: delays, limits and mishaps. Nothing of it unless given. */
export interface Realism {
  readonly faults?: readonly FaultRule[];
  readonly latency?: readonly Latency[];
  readonly rateLimits?: readonly RateLimit[];
  /** Monitors of the metastore; one more is refused with QUOTA_EXCEEDED. */
  readonly monitorQuota?: number;
  readonly lifecycle?: Lifecycle;
  /** Reads that are behind writes: of dashboards, or of the resources given. */
  readonly eventualReads?: boolean | readonly EventualResource[];
  /** Reads that do not yet find a table after CREATE TABLE. */
  readonly tableVisibleAfterReads?: number;
  /** Answers come in any of the forms that mean the same; see `normaliseRules`. */
  readonly normalise?: boolean;
  /** Seed of everything that goes by chance; 1 unless given. */
  readonly seed?: number;
}
