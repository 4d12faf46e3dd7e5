import { fromView, isLatest, recencyBy, wholeWindows, type FindingsRequest } from '../alerts/latest-window.ts';
import { qualityFindings, type QualityRequest } from '../alerts/quality-findings.ts';
import { recent } from './drift-datasets.ts';
import type { Dataset } from './page.ts';

/** More bars than these are no picture any more. */
const mostBars = 50;

/**
 * Every monitored table with its latest whole window of those that alerts look at. One whose last window is too old, or that
 * has none, is stale.
 */
export function tablesQuery(view: FindingsRequest['view']): string {
  return `SELECT *, CASE WHEN latest_window >= date_sub(current_date(), freshness_days) THEN 'fresh' ELSE 'stale' END AS freshness,
  datediff(current_date(), latest_window) AS days_since
FROM (
  SELECT source_table_name, monitor_group, owner, COALESCE(department, 'none') AS department, MAX(freshness_days) AS freshness_days,
    MAX(CASE WHEN granularity IS NOT DISTINCT FROM alert_granularity AND window_end <= current_timestamp() THEN window_end END) AS latest_window
  ${fromView(view)}
  WHERE slice_key IS NULL
  GROUP BY source_table_name, monitor_group, owner, department
)
ORDER BY freshness DESC, latest_window, source_table_name`;
}

/** Breaches of thresholds; nothing where no threshold is set. */
export function qualityNow(request: QualityRequest): readonly Dataset[] {
  const query = qualityFindings({ ...request, more: ['monitor_group'] });
  return query === undefined ? [] : [{ name: 'quality_now', title: 'Breaches of thresholds', query }];
}

/** What a group's dashboard shows of profiles. Rows of a table as a whole are not among those of its columns (U110). */
export function qualityDatasets(request: QualityRequest): readonly Dataset[] {
  const whole = wholeWindows(request).join('\n  AND ');
  const latest = (condition: string): string => `(
  SELECT *, ${recencyBy('source_table_name', 'column_name')}
  ${fromView(request.view)}
  WHERE ${whole}
  AND ${condition}
)
WHERE ${isLatest}`;
  const columns = "column_name <> ':table'";
  return [
    { name: 'tables', title: 'Monitored tables', query: tablesQuery(request.view) },
    {
      name: 'stale_tables',
      title: 'Tables whose last window is stale',
      query: `SELECT * FROM (\n${tablesQuery(request.view)}\n)\nWHERE freshness = 'stale'\nORDER BY latest_window, source_table_name`,
    },
    {
      name: 'rows_now',
      title: 'Rows of the latest window',
      query: `SELECT source_table_name, record_count, window_end FROM ${latest("column_name = ':table'")}
ORDER BY record_count DESC NULLS LAST, source_table_name`,
    },
    {
      name: 'nulls_now',
      title: 'Shares of NULLs in the latest window',
      query: `SELECT concat(source_table_name, '.', column_name) AS column_path, null_rate FROM ${latest(columns)}
ORDER BY null_rate DESC NULLS LAST, column_path
LIMIT ${String(mostBars)}`,
    },
    {
      name: 'profiles',
      title: 'Profiles of columns',
      query: `SELECT source_table_name, column_name, window_start, window_end, record_count, null_count, null_rate, distinct_count, mean, stddev,
  min, max, owner
${fromView(request.view)}
WHERE ${whole}
  AND ${columns}
  AND ${recent}
ORDER BY window_end DESC, source_table_name, column_name`,
    },
    ...qualityNow(request),
  ];
}
