import type { CatalogColumn } from '../catalog.ts';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { Problem } from '../problem.ts';

/** Which metrics a unified view gathers. */
export const viewFamilies = ['drift', 'profile', 'performance'] as const;
export type ViewFamily = (typeof viewFamilies)[number];

/** What is known of a monitored table beside its metrics: the same on each of its rows. */
export interface BranchFacts {
  readonly monitor_group: string;
  readonly owner: string;
  readonly department: string | null;
  readonly priority: number;
  readonly runbook_url: string | null;
  readonly lineage_url: string | null;
  /** On the Jensen-Shannon distance of categorical columns, 0 to 1 (C07). */
  readonly drift_threshold: number;
  /** On the population stability index of numeric columns, at least 0 (C07). */
  readonly numeric_drift_threshold: number;
  /** The windows that alerts look at; null for a snapshot. */
  readonly alert_granularity: string | null;
  /** A latest window that ended longer ago than this says nothing about today. */
  readonly freshness_days: number;
}

/** Columns of the monitored table that have a part in its profile. */
export interface BranchRoles {
  readonly prediction?: string;
  readonly label?: string;
  readonly timestamp?: string;
  readonly model_id?: string;
}

/** One monitored table in a unified view. */
export interface ViewBranch {
  /** Full name of the monitored table. */
  readonly source: string;
  /** Full name of its metric table. */
  readonly metrics: string;
  readonly facts: BranchFacts;
  readonly roles: BranchRoles;
}

/**
 * The real columns of a metric table, by its full name; `absent` while there is none, `denied` where whoever asks may not
 * read it (W023), `unknown` where nobody could look.
 */
export type MetricColumns = (metrics: string) => readonly CatalogColumn[] | 'absent' | 'denied' | 'unknown';

/** A metric table without which views are made, and the statement that changes it (W023). */
export interface DeniedTable {
  readonly name: string;
  readonly hint: string;
}

/** What was found out about metric tables that a view is about to be written over. */
export interface SettledColumns {
  readonly columnsOf: MetricColumns;
  readonly denied: readonly DeniedTable[];
  /** What could not be found out. */
  readonly failed: readonly Problem[];
}

/** The branches of a spec; `undefined` while the metric table of one of them is not known. */
export function branchesIn(branches: Json | undefined): readonly ViewBranch[] | undefined {
  if (!isJsonArray(branches)) return undefined;
  const known = branches.filter((branch) => isJsonObject(branch) && typeof branch['metrics'] === 'string');
  return known.length < branches.length ? undefined : (known as unknown as readonly ViewBranch[]);
}
