import type { JsonObject } from '@dpo/core';
import { column, columnName, tableName, windowEnd } from './field.ts';
import { box, page } from './page.ts';
import { table } from './widget.ts';

/** Every measure of every column, against the baseline and against the window before (U107). */
export function driftDetails(): JsonObject {
  return page('drift_details_page', 'Detailed Drift Analysis', [
    table({ name: 'all_drift', title: 'Drift of every column', dataset: 'drift_details', box: box(0, 0, [12, 14]) }, [
      tableName,
      columnName,
      column('column_role', 'Role'),
      column('metric_family', 'Family'),
      column('drift_type', 'Against'),
      windowEnd,
      column('granularity', 'Granularity'),
      column('js_distance', 'Jensen-Shannon distance'),
      column('chi_squared_statistic', 'Chi-squared'),
      column('psi', 'Population stability index'),
      column('ks_statistic', 'Kolmogorov-Smirnov'),
      column('wasserstein_distance', 'Wasserstein distance'),
      column('drift_threshold', 'Threshold, categorical'),
      column('numeric_drift_threshold', 'Threshold, numeric'),
      column('owner', 'Owner'),
      column('department', 'Department'),
    ]),
  ]);
}
