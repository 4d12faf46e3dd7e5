import { qualifiedName, quoteLiteral } from '@dpo/core';

export interface FindingsRequest {
  /** Full name of the view. */
  readonly view: string;
  /** Columns of monitored tables that never count. */
  readonly ignoreColumns: readonly string[];
}

/** The view under the name that the predicates use for it. */
export function fromView(view: string): string {
  return `FROM ${qualifiedName(...view.split('.'))} AS m`;
}

/**
 * Whole tables, in the windows that alerts look at, all models together, without the window that is still going on (Q8). Rows
 * that differ in slices, granularities or models would tell of one change many times (T19).
 */
export function wholeWindows({ ignoreColumns }: FindingsRequest): readonly string[] {
  return [
    'slice_key IS NULL',
    'granularity IS NOT DISTINCT FROM alert_granularity',
    "(model_id IS NULL OR model_id = '*')",
    'window_end <= current_timestamp()',
    ...(ignoreColumns.length === 0 ? [] : [`column_name NOT IN (${ignoreColumns.map(quoteLiteral).join(', ')})`]),
  ];
}

/** Only the latest window counts, or an alert fires for ever after the first drift (T20); an old one says nothing about today. */
export const isLatest = 'recency = 1 AND window_end >= date_sub(current_date(), freshness_days)';

export function recencyBy(...columns: readonly string[]): string {
  return `ROW_NUMBER() OVER (PARTITION BY ${columns.join(', ')} ORDER BY window_end DESC) AS recency`;
}
