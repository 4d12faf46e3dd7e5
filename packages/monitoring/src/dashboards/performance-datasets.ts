import { judgedRows, type DriftRequest } from '../alerts/drift-findings.ts';
import { fromView, isLatest, recencyBy, wholeWindows, type Source } from '../alerts/latest-window.ts';
import { recent } from './drift-datasets.ts';
import type { Dataset } from './page.ts';

export interface PerformanceRequest extends DriftRequest {
  /** The view of model quality; `view` is that of drift. */
  readonly performance: Source;
}

/** One number for models of either family: better is greater. */
const quality = 'COALESCE(f1_weighted, accuracy, r2) AS quality';
const metrics =
  'record_count, accuracy, log_loss, precision_weighted, recall_weighted, f1_weighted, auc_weighted, mse, rmse, mae, mape, r2';

/** What a group's dashboard shows of models. Trends are of all models of a table together, the summary tells them apart. */
export function performanceDatasets(request: PerformanceRequest): readonly Dataset[] {
  const from = fromView(request.performance);
  const whole = wholeWindows({ view: request.performance, ignoreColumns: [] }).join('\n  AND ');
  return [
    {
      name: 'performance_now',
      title: 'Model quality in the latest window',
      query: `SELECT source_table_name, window_end, accuracy, mae, ${quality}
FROM (
  SELECT *, ${recencyBy('source_table_name')}
  ${from}
  WHERE ${whole}
)
WHERE ${isLatest}`,
    },
    {
      name: 'performance_by_day',
      title: 'Model quality by day',
      query: `SELECT source_table_name, window_end, ${quality}\n${from}\nWHERE ${whole}\n  AND ${recent}`,
    },
    {
      name: 'performance_summary',
      title: 'Model quality by model',
      query: `SELECT source_table_name, model_id, window_end, ${metrics}, owner
FROM (
  SELECT *, ${recencyBy('source_table_name', 'model_id')}
  ${from}
  WHERE slice_key IS NULL AND granularity IS NOT DISTINCT FROM alert_granularity AND window_end <= current_timestamp()
)
WHERE recency = 1
ORDER BY source_table_name, model_id`,
    },
    {
      name: 'performance_and_drift',
      title: 'Model quality against drift',
      query: `WITH worst AS (
  SELECT source_table_name, window_start, window_end, granularity,
    MAX(COALESCE(js_distance / NULLIF(drift_threshold, 0), psi / NULLIF(numeric_drift_threshold, 0))) AS worst_drift
  FROM (
${judgedRows(request)}
  )
  GROUP BY source_table_name, window_start, window_end, granularity
), model AS (
  SELECT source_table_name, window_start, window_end, granularity, ${quality}
  ${from}
  WHERE ${whole}
  AND ${recent}
)
SELECT model.source_table_name, model.window_end, model.quality, worst.worst_drift
FROM model
JOIN worst ON worst.source_table_name = model.source_table_name AND worst.window_start = model.window_start
  AND worst.window_end = model.window_end AND worst.granularity IS NOT DISTINCT FROM model.granularity
WHERE model.quality IS NOT NULL AND worst.worst_drift IS NOT NULL`,
    },
  ];
}
