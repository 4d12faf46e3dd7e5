import { qualifiedName, quoteLiteral } from '@dpo/core';

/** Full name of a view, of several of one family, which are read as one, or of one of which the rows of one table are read. */
export type Source = string | readonly string[] | { readonly view: string; readonly table: string };

export interface FindingsRequest {
  readonly view: Source;
  /** Columns of monitored tables that never count. */
  readonly ignoreColumns: readonly string[];
}

/** The view, or the views together, under the name that the predicates use for it. */
export function fromView(view: FindingsRequest['view']): string {
  if (typeof view === 'object' && 'table' in view) {
    const { view: name, table } = view;
    const rows = `SELECT * FROM ${qualifiedName(...name.split('.'))} WHERE lower(source_table_name) = ${quoteLiteral(table.toLowerCase())}`;
    return `FROM (${rows}) AS m`;
  }
  const names = (typeof view === 'string' ? [view] : view).map((name) => qualifiedName(...name.split('.')));
  if (names.length === 1) return `FROM ${names.join()} AS m`;
  return `FROM (\n${names.map((name) => `  SELECT * FROM ${name}`).join('\n  UNION ALL\n')}\n) AS m`;
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
