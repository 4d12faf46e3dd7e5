import { fromView, isLatest, recencyBy, wholeWindows } from '../alerts/latest-window.ts';
import { qualityFindings, type QualityRequest } from '../alerts/quality-findings.ts';
import { partConditions, type Part } from './drift-queries.ts';

/** One row a table: rows, NULLs and breaches of its latest window (U092). */
export function qualitySummary(request: QualityRequest, part: Part): string {
  const findings = qualityFindings(request);
  const breaches = findings === undefined ? '' : ', COALESCE(MAX(breached.breaches), 0) AS breaches';
  const columns = "column_name <> ':table'";
  return `WITH latest AS (
  SELECT * FROM (
    SELECT *, ${recencyBy('source_table_name', 'column_name')}
    ${fromView(request.view)}
    WHERE ${wholeWindows(request).join('\n      AND ')}
  )
  WHERE ${[isLatest, ...partConditions({ table: part.table })].join('\n    AND ')}
)${
    findings === undefined
      ? ''
      : `, breached AS (
SELECT source_table_name, COUNT(*) AS breaches FROM (
${findings}
)
GROUP BY source_table_name
)`
  }
SELECT latest.source_table_name, MAX(CASE WHEN column_name = ':table' THEN record_count END) AS row_count,
  COUNT(CASE WHEN ${columns} THEN 1 END) AS profiled_columns, MAX(CASE WHEN ${columns} THEN null_rate END) AS worst_null_rate,
  MAX_BY(CASE WHEN ${columns} THEN column_name END, CASE WHEN ${columns} THEN null_rate END) AS worst_column${breaches},
  MAX(latest.window_end) AS window_end, MAX(latest.owner) AS owner
FROM latest${findings === undefined ? '' : '\nLEFT JOIN breached ON breached.source_table_name = latest.source_table_name'}
GROUP BY latest.source_table_name
ORDER BY worst_null_rate DESC NULLS LAST, source_table_name
LIMIT ${String(part.limit)}`;
}
