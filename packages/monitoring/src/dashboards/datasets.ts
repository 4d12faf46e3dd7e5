import { qualifiedName } from '@dpo/core';
import { driftFindings, type DriftRequest } from '../alerts/drift-findings.ts';
import { fromView, wholeWindows } from '../alerts/latest-window.ts';
import { qualityFindings, type QualityThresholds } from '../alerts/quality-findings.ts';
import type { Dataset } from './widget.ts';

/** The views of a group, by their full names. */
export interface GroupViews {
  readonly drift: string;
  readonly profile: string;
  readonly performance: string;
}

export interface DatasetRequest extends Omit<DriftRequest, 'view'> {
  readonly views: GroupViews;
  readonly thresholds: QualityThresholds;
}

/** What the pages of a group's dashboard read. Each is one query over the unified views. */
export function groupDatasets(request: DatasetRequest): readonly Dataset[] {
  const { views, thresholds, ignoreColumns } = request;
  const whole = (): string => wholeWindows({ view: views.drift, ignoreColumns }).join(' AND ');
  const quality = qualityFindings({ view: views.profile, ignoreColumns, thresholds });
  return [
    { name: 'drift_now', title: 'Columns that drifted', query: driftFindings({ ...request, view: views.drift }) },
    {
      name: 'drift_over_time',
      title: 'Drift over time',
      query: `SELECT source_table_name, column_name, metric_family, drift_type, window_start, window_end,
  js_distance, psi, ks_statistic, wasserstein_distance, chi_squared_statistic, drift_threshold, numeric_drift_threshold,
  COALESCE(js_distance / NULLIF(drift_threshold, 0), psi / NULLIF(numeric_drift_threshold, 0)) AS drift_score,
  COALESCE(department, 'none') AS department, owner
${fromView(views.drift)}
WHERE ${whole()} AND column_name <> ':table' AND window_end >= date_sub(current_date(), 90)`,
    },
    {
      name: 'tables',
      title: 'Monitored tables',
      query: `SELECT source_table_name, owner, COALESCE(department, 'none') AS department, MAX(window_end) AS latest_window,
  MAX(freshness_days) AS freshness_days,
  CASE WHEN MAX(window_end) >= date_sub(current_date(), MAX(freshness_days)) THEN 'fresh' ELSE 'stale' END AS freshness
${fromView(views.profile)}
WHERE slice_key IS NULL
GROUP BY source_table_name, owner, department`,
    },
    {
      name: 'quality_over_time',
      title: 'Profiles over time',
      query: `SELECT source_table_name, column_name, window_start, window_end, record_count, null_count, null_rate, distinct_count, mean, stddev,
  min, max, owner
${fromView(views.profile)}
WHERE ${whole()} AND window_end >= date_sub(current_date(), 90)`,
    },
    ...(quality === undefined ? [] : [{ name: 'quality_now', title: 'Breaches of thresholds', query: quality }]),
    {
      name: 'performance_over_time',
      title: 'Model quality over time',
      query: `SELECT source_table_name, model_id, window_start, window_end, granularity, record_count, accuracy, log_loss, precision_weighted,
  recall_weighted, f1_weighted, auc_weighted, mse, rmse, mae, mape, r2, owner
${fromView(views.performance)}
WHERE slice_key IS NULL AND granularity IS NOT DISTINCT FROM alert_granularity AND window_end >= date_sub(current_date(), 90)`,
    },
    {
      name: 'performance_and_drift',
      title: 'Model quality against drift',
      query: `SELECT p.source_table_name, p.window_end, MAX(COALESCE(p.f1_weighted, p.accuracy, p.r2)) AS quality,
  MAX(COALESCE(d.js_distance, d.psi)) AS worst_drift
FROM ${qualifiedName(...views.performance.split('.'))} AS p
JOIN ${qualifiedName(...views.drift.split('.'))} AS d
  ON d.source_table_name = p.source_table_name AND d.window_end = p.window_end AND d.granularity IS NOT DISTINCT FROM p.granularity
WHERE p.slice_key IS NULL AND d.slice_key IS NULL AND d.column_name <> ':table'
  AND p.granularity IS NOT DISTINCT FROM p.alert_granularity
GROUP BY p.source_table_name, p.window_end`,
    },
  ];
}
