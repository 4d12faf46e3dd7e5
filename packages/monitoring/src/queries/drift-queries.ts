import { quoteLiteral } from '@dpo/core';
import { judgedRows, type DriftRequest } from '../alerts/drift-findings.ts';
import { isLatest, recencyBy } from '../alerts/latest-window.ts';
import { tablesQuery } from '../dashboards/quality-datasets.ts';

/** Which part of the rows a query is about; everything unless given. */
export interface Part {
  /** Full name of a monitored table, in any case. */
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly limit: number;
}

const score = 'COALESCE(js_distance / NULLIF(drift_threshold, 0), psi / NULLIF(numeric_drift_threshold, 0))';
const judged = `ROUND(COALESCE(js_distance, psi), 4) AS value,
  CASE WHEN js_distance IS NOT NULL THEN drift_threshold ELSE numeric_drift_threshold END AS threshold, ROUND(${score}, 2) AS drift_score`;

export function partConditions({ table, column }: Pick<Part, 'table' | 'column'>): readonly string[] {
  return [
    ...(table === undefined ? [] : [`lower(source_table_name) = ${quoteLiteral(table.toLowerCase())}`]),
    ...(column === undefined ? [] : [`lower(column_name) = ${quoteLiteral(column.toLowerCase())}`]),
  ];
}

/** Columns by how far their latest window is from what it is compared with, in parts of the threshold (U092). */
export function worstDrifters(request: DriftRequest, part: Part): string {
  return `SELECT source_table_name, column_name, metric_family, drift_type, COALESCE(severity, 'ok') AS severity, ${judged},
  window_end, owner
FROM (
  SELECT *, ${recencyBy('source_table_name', 'column_name', 'drift_type')}
  FROM (
${judgedRows(request)}
  )
)
WHERE ${[isLatest, 'COALESCE(js_distance, psi) IS NOT NULL', ...partConditions(part)].join('\n  AND ')}
ORDER BY drift_score DESC NULLS LAST, source_table_name, column_name, drift_type
LIMIT ${String(part.limit)}`;
}

/** The drift of the columns of one table, window by window, the latest first (U092). */
export function featureDrift(request: DriftRequest, part: Part & { readonly table: string }): string {
  return `SELECT window_start, window_end, column_name, metric_family, drift_type, COALESCE(severity, 'ok') AS severity, ${judged}
FROM (
${judgedRows(request)}
)
WHERE ${partConditions(part).join('\n  AND ')}
ORDER BY window_end DESC, column_name, drift_type
LIMIT ${String(part.limit)}`;
}

/** One row a table: whether its latest window drifted, and how many of its columns; `stale` where there is none (U103). */
export function statusOf(
  request: DriftRequest,
  { profile, part }: { readonly profile: DriftRequest['view']; readonly part: Part },
): string {
  const where = partConditions({ table: part.table });
  return `WITH latest AS (
  SELECT source_table_name, COUNT(CASE WHEN severity = 'critical' THEN 1 END) AS critical, COUNT(CASE WHEN severity = 'warning' THEN 1 END) AS warnings
  FROM (
    SELECT *, ${recencyBy('source_table_name', 'column_name', 'drift_type')}
    FROM (
${judgedRows(request)}
    )
  )
  WHERE ${isLatest}
  GROUP BY source_table_name
), monitored AS (
${tablesQuery(profile)}
)
SELECT monitored.source_table_name, monitored.monitor_group,
  CASE WHEN monitored.freshness = 'stale' THEN 'stale' WHEN latest.critical > 0 THEN 'critical' WHEN latest.warnings > 0 THEN 'warning' ELSE 'ok' END AS status,
  COALESCE(latest.critical, 0) AS critical, COALESCE(latest.warnings, 0) AS warnings, monitored.latest_window, monitored.owner
FROM monitored
LEFT JOIN latest ON latest.source_table_name = monitored.source_table_name
${where.length === 0 ? '' : `WHERE ${where.join().replace('source_table_name', 'monitored.source_table_name')}\n`}ORDER BY CASE status WHEN 'critical' THEN 1 WHEN 'warning' THEN 2 WHEN 'stale' THEN 3 ELSE 4 END, source_table_name
LIMIT ${String(part.limit)}`;
}
