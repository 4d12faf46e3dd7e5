import { quoteLiteral } from '@dpo/core';
import { fromView, isLatest, recencyBy, wholeWindows, type FindingsRequest } from './latest-window.ts';

export interface QualityThresholds {
  /** Share of NULLs, 0 to 1. */
  readonly nullRate?: number;
  readonly rowCount?: number;
  readonly distinctCount?: number;
  /** The only columns that `distinctCount` is about (T23). */
  readonly distinctColumns?: readonly string[];
}

export interface QualityRequest extends FindingsRequest {
  readonly thresholds: QualityThresholds;
  /** Further columns of the view that each row has at its end. */
  readonly more?: readonly string[];
}

interface Issue {
  readonly type: string;
  readonly value: string;
  readonly threshold: number;
  readonly condition: string;
}

/**
 * One row for each breach of a threshold in the latest window: the one predicate of quality alerts and dashboards (Q9).
 * Undefined if no threshold is set (U098); 0 is a threshold (U037).
 */
export function qualityFindings({ thresholds, more = [], ...request }: QualityRequest): string | undefined {
  const issues = issuesOf(thresholds);
  if (issues.length === 0) return undefined;
  const branches = issues.map(
    ({ type, value, threshold, condition }) => `SELECT
  1 AS level, ${quoteLiteral(type)} AS issue_type, source_table_name, column_name, CAST(${value} AS DOUBLE) AS value, CAST(${String(threshold)} AS DOUBLE) AS threshold,
  window_start, window_end, owner, department, runbook_url, lineage_url${more.map((name) => `, ${name}`).join('')}
FROM latest
WHERE ${condition}`,
  );
  return `WITH latest AS (
  SELECT * FROM (
    SELECT *, ${recencyBy('source_table_name', 'column_name')}
    ${fromView(request.view)}
    WHERE ${wholeWindows(request).join('\n      AND ')}
  )
  WHERE ${isLatest}
)
${branches.join('\nUNION ALL\n')}
ORDER BY source_table_name, column_name, issue_type`;
}

/** Nulls are of columns, the number of rows is that of the table (T22). */
function issuesOf({ nullRate, rowCount, distinctCount, distinctColumns = [] }: QualityThresholds): readonly Issue[] {
  const column = "column_name <> ':table'";
  return [
    ...(nullRate === undefined
      ? []
      : [
          {
            type: 'null rate',
            value: 'null_rate',
            threshold: nullRate,
            condition: `${column} AND null_rate > ${String(nullRate)}`,
          },
        ]),
    ...(rowCount === undefined
      ? []
      : [
          {
            type: 'row count',
            value: 'record_count',
            threshold: rowCount,
            condition: `column_name = ':table' AND record_count < ${String(rowCount)}`,
          },
        ]),
    ...(distinctCount === undefined || distinctColumns.length === 0
      ? []
      : [
          {
            type: 'distinct count',
            value: 'distinct_count',
            threshold: distinctCount,
            condition: `column_name IN (${distinctColumns.map(quoteLiteral).join(', ')}) AND distinct_count < ${String(distinctCount)}`,
          },
        ]),
  ];
}
