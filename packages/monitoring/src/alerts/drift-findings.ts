import { fromView, isLatest, recencyBy, wholeWindows, type FindingsRequest } from './latest-window.ts';

export type DriftType = 'baseline' | 'consecutive' | 'any';

export interface DriftRequest extends FindingsRequest {
  /** Unset: against the baseline where a table has one, else against the window before. */
  readonly driftType?: DriftType;
  /** Further columns of the view that each row has at its end. */
  readonly more?: readonly string[];
}

/**
 * One row for each column whose latest window drifted, the worst first: the one predicate of alerts and dashboards (Q8).
 * `level` is 2 for critical and 1 for a warning. Categorical columns are judged by the Jensen-Shannon distance, numeric ones
 * by the population stability index, each against the threshold of its own table (C07, U095, U096).
 */
export function driftFindings(request: DriftRequest): string {
  const more = (request.more ?? []).map((name) => `, ${name}`).join('');
  return `SELECT
  CASE severity WHEN 'critical' THEN 2 ELSE 1 END AS level, severity, source_table_name, column_name, metric_family,
  COALESCE(js_distance, psi) AS value, CASE WHEN js_distance IS NOT NULL THEN drift_threshold ELSE numeric_drift_threshold END AS threshold,
  drift_type, window_start, window_end, owner, department, runbook_url, lineage_url${more}
FROM (
  SELECT *, ${recencyBy('source_table_name', 'column_name', 'drift_type')}
  FROM (
${judgedRows(request)}
  )
)
WHERE ${isLatest} AND severity IS NOT NULL
ORDER BY level DESC, source_table_name, column_name, drift_type`;
}

/**
 * The rows that the predicate looks at, of all windows: whole tables, columns only, in comparison with what the table is to be
 * compared with. Each with its `severity`, NULL where it did not drift.
 */
export function judgedRows(request: DriftRequest): string {
  const whole = wholeWindows(request);
  const conditions = [...whole, "column_name <> ':table'", ...typeCondition(request.driftType)];
  return `    SELECT *, ${severity} AS severity
    FROM (
      SELECT *, MAX(CASE WHEN drift_type = 'BASELINE' THEN 1 ELSE 0 END) OVER (PARTITION BY source_table_name) AS has_baseline
      ${fromView(request.view)}
      WHERE ${whole.join('\n        AND ')}
    )
    WHERE ${conditions.join('\n      AND ')}`;
}

function typeCondition(type: DriftType | undefined): readonly string[] {
  switch (type) {
    case 'baseline':
      return ["drift_type = 'BASELINE'"];
    case 'consecutive':
      return ["drift_type = 'CONSECUTIVE'"];
    case 'any':
      return [];
    case undefined:
      return ["drift_type = CASE WHEN has_baseline = 1 THEN 'BASELINE' ELSE 'CONSECUTIVE' END"];
  }
}

const half = (threshold: string): string => `least(${threshold}, greatest(0.1, ${threshold} / 2))`;

const severity = [
  "CASE WHEN js_distance >= drift_threshold OR psi >= numeric_drift_threshold THEN 'critical'",
  `WHEN js_distance >= ${half('drift_threshold')} OR psi >= ${half('numeric_drift_threshold')} THEN 'warning' END`,
].join(' ');
