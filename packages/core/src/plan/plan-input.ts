import type { Address } from '../address.ts';
import type { CatalogAge } from '../catalog.ts';
import type { Desired } from '../desired.ts';
import type { Discovered, Live } from '../live.ts';
import type { PlanMode, RefreshMode } from '../plan-file.ts';
import type { Recorded } from '../recorded.ts';
import type { MetricColumns } from '../views/branch.ts';
import type { Environment } from '../reference/template.ts';
import type { Approval } from './approval.ts';
import type { Scope } from './narrow.ts';
import type { Consent } from './requirements.ts';

export interface PlanInput {
  readonly desired: Desired;
  readonly recorded: Recorded;
  /** One observation for every address in desired ∪ recorded ∪ `interruptedCreates`; a missing one is a bug. */
  readonly live: Live;
  /** Recorded objects whose name stands for another object now (a table dropped and created again), by address. */
  readonly previous?: Live;
  /** Columns of metric tables; nothing is known of any unless given. */
  readonly metricColumns?: MetricColumns;
  /** Missing if nobody looked. */
  readonly discovered?: Discovered;
  readonly options: PlanOptions;
}

export type OrphanFate =
  | {
      readonly fate: 'deleted';
      /** Not of those for which it holds. */
      readonly spares?: { readonly holds: (address: Address) => boolean; readonly because: string };
    }
  | { readonly fate: 'kept'; readonly because: string };

export interface PlanOptions {
  readonly mode: PlanMode;
  readonly version: string;
  readonly consent: Consent;
  /** Replaced although nothing forces it (`--replace`). */
  readonly replace?: ReadonlySet<Address>;
  /** A destroy also drops the metric tables and generated dashboards (`--purge-metrics`). */
  readonly purgeMetrics?: boolean;
  /** What becomes of what only a search for our marker finds; kept unless given. */
  readonly orphans?: OrphanFate;
  /** Everything unless given. */
  readonly scope?: Scope;
  /** Nothing but what metrics that arrived ask for (W008). */
  readonly readinessOnly?: boolean;
  /** Which objects `live` was read from; `full` unless given. */
  readonly refresh?: RefreshMode;
  /** How many were taken from the state instead. */
  readonly unread?: number;
  /** The catalog is not of now but of a snapshot. */
  readonly snapshot?: CatalogAge;
  /** Given in advance: the plan holds what it covers, or an error if it cannot tell what that is (W007). */
  readonly approval?: Approval;
  /** What references of config and state stand for; no variable is set unless given. */
  readonly environment?: Environment;
}
