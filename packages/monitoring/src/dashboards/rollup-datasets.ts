import { judgedRows, type DriftRequest } from '../alerts/drift-findings.ts';
import type { QualityThresholds } from '../alerts/quality-findings.ts';
import { driftNow, recent } from './drift-datasets.ts';
import type { Dataset } from './page.ts';
import { qualityNow, tablesQuery } from './quality-datasets.ts';

export interface RollupRequest extends Pick<DriftRequest, 'ignoreColumns' | 'driftType'> {
  /** Full names of the views of all groups, one of each family a group. */
  readonly driftViews: readonly string[];
  readonly profileViews: readonly string[];
  readonly thresholds: QualityThresholds;
}

/** What the roll-up reads: the predicate of the alerts over the views of all groups, with the threshold of each row (T21). */
export function rollupDatasets(request: RollupRequest): readonly Dataset[] {
  const { driftViews, profileViews, thresholds, ignoreColumns, driftType } = request;
  const drift = { view: driftViews, ignoreColumns, ...(driftType === undefined ? {} : { driftType }) };
  const now = driftNow(drift);
  return [
    now,
    { name: 'tables', title: 'Monitored tables', query: tablesQuery(profileViews) },
    { name: 'groups', title: 'Groups', query: groupsQuery(tablesQuery(profileViews), now.query) },
    {
      name: 'drift_by_day',
      title: 'Worst drift of each group by day',
      query: `SELECT monitor_group, DATE_TRUNC('DAY', window_end) AS day,
  MAX(COALESCE(js_distance / NULLIF(drift_threshold, 0), psi / NULLIF(numeric_drift_threshold, 0))) AS drift_score
FROM (
${judgedRows(drift)}
)
WHERE ${recent}
GROUP BY monitor_group, DATE_TRUNC('DAY', window_end)
ORDER BY monitor_group, day`,
    },
    {
      name: 'stale_tables',
      title: 'Tables whose last window is stale',
      query: `SELECT * FROM (\n${tablesQuery(profileViews)}\n)\nWHERE freshness = 'stale'\nORDER BY latest_window, source_table_name`,
    },
    ...qualityNow({ view: profileViews, ignoreColumns, thresholds }),
  ];
}

/** One row a group, also where nothing drifted; the worst first. */
function groupsQuery(tables: string, findings: string): string {
  return `WITH monitored AS (
  SELECT monitor_group, COUNT(DISTINCT source_table_name) AS tables, COUNT_IF(freshness = 'stale') AS stale_tables
  FROM (
${tables}
  )
  GROUP BY monitor_group
), drifted AS (
  SELECT monitor_group, COUNT(DISTINCT source_table_name) AS drifted_tables, COUNT(*) AS drifted_columns,
    COUNT_IF(severity = 'critical') AS critical_columns, MAX(drift_score) AS worst_drift
  FROM (
${findings}
  )
  GROUP BY monitor_group
)
SELECT monitored.monitor_group, monitored.tables, monitored.stale_tables, COALESCE(drifted.drifted_tables, 0) AS drifted_tables,
  COALESCE(drifted.drifted_columns, 0) AS drifted_columns, COALESCE(drifted.critical_columns, 0) AS critical_columns, drifted.worst_drift
FROM monitored
LEFT JOIN drifted ON drifted.monitor_group = monitored.monitor_group
ORDER BY critical_columns DESC, drifted_columns DESC, monitored.monitor_group`;
}
