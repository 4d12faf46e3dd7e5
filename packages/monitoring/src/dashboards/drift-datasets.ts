import { driftFindings, judgedRows, type DriftRequest } from '../alerts/drift-findings.ts';
import { fromView, recencyBy, wholeWindows } from '../alerts/latest-window.ts';
import type { Dataset } from './page.ts';

/** Drift in parts of the threshold of its table, so that columns of both families can stand in one chart: 1 is the threshold. */
const score = 'COALESCE(js_distance / NULLIF(drift_threshold, 0), psi / NULLIF(numeric_drift_threshold, 0))';

/** How far back trends go. */
export const trendDays = 90;
export const recent = `window_end >= date_sub(current_date(), ${String(trendDays)})`;

/** More cells than these are no picture any more. */
const mostCells = 1000;

/** What drifted in the latest windows, by the predicate of the alerts (U109), the worst first. */
export function driftNow(request: DriftRequest): Dataset {
  return {
    name: 'drift_now',
    title: 'Columns that drifted',
    query: `SELECT *, value / NULLIF(threshold, 0) AS drift_score
FROM (
${driftFindings({ ...request, more: [...(request.more ?? []), 'monitor_group'] })}
)
ORDER BY level DESC, drift_score DESC NULLS LAST, source_table_name, column_name, drift_type`,
  };
}

/** What a group's dashboard shows of drift. Rows of a table as a whole are not among those of its columns (U110). */
export function driftDatasets(request: DriftRequest): readonly Dataset[] {
  return [
    driftNow(request),
    {
      name: 'drift_by_day',
      title: 'Drift by day',
      query: `SELECT source_table_name, column_name, window_end, ${score} AS drift_score
FROM (
${judgedRows(request)}
)
WHERE ${recent}`,
    },
    {
      name: 'drift_latest',
      title: 'Latest drift of each column',
      query: `SELECT source_table_name, column_name, MAX(${score}) AS drift_score
FROM (
  SELECT *, ${recencyBy('source_table_name', 'column_name', 'drift_type')}
  FROM (
${judgedRows(request)}
  )
)
WHERE recency = 1
GROUP BY source_table_name, column_name
ORDER BY drift_score DESC NULLS LAST, source_table_name, column_name
LIMIT ${String(mostCells)}`,
    },
    {
      name: 'drift_details',
      title: 'Drift in full',
      query: `SELECT source_table_name, column_name, column_role, metric_family, drift_type, window_start, window_end, granularity,
  js_distance, chi_squared_statistic, psi, ks_statistic, wasserstein_distance, drift_threshold, numeric_drift_threshold,
  ${score} AS drift_score, owner, department
${fromView(request.view)}
WHERE ${[...wholeWindows(request), "column_name <> ':table'", recent].join('\n  AND ')}
ORDER BY window_end DESC, source_table_name, column_name, drift_type`,
    },
  ];
}
