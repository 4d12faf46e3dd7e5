import type { JsonObject } from '@dpo/core';
import { column, computed, countOfTables, day, tableName, windowEnd } from './field.ts';
import { box, page } from './page.ts';
import { counter, line, scatter, table } from './widget.ts';

/** Whether models still predict what happens, and how that goes together with drift (U108). */
export function modelPerformance(): JsonObject {
  return page('model_performance', 'Model Performance', [
    ...counters(),
    line(
      {
        name: 'quality_trend',
        title: 'Quality by day (F1, accuracy or R²)',
        dataset: 'performance_by_day',
        box: box(0, 3, [6, 6]),
      },
      { x: day, y: computed('MIN(`quality`)', 'Quality'), color: tableName },
    ),
    scatter(
      {
        name: 'quality_against_drift',
        title: 'Quality against the worst drift of the same window (1 is the threshold)',
        dataset: 'performance_and_drift',
        box: box(6, 3, [6, 6]),
      },
      { x: column('worst_drift', 'Worst drift'), y: column('quality', 'Quality'), color: tableName },
    ),
    table(
      {
        name: 'quality_summary',
        title: 'Model quality in the latest window',
        dataset: 'performance_summary',
        box: box(0, 9, [12, 8]),
      },
      [
        tableName,
        column('model_id', 'Model'),
        windowEnd,
        column('record_count', 'Rows'),
        column('accuracy', 'Accuracy'),
        column('log_loss', 'Log loss'),
        column('precision_weighted', 'Precision'),
        column('recall_weighted', 'Recall'),
        column('f1_weighted', 'F1'),
        column('auc_weighted', 'AUC'),
        column('rmse', 'RMSE'),
        column('mae', 'MAE'),
        column('mape', 'MAPE'),
        column('r2', 'R²'),
        column('owner', 'Owner'),
      ],
    ),
  ]);
}

function counters(): readonly JsonObject[] {
  const dataset = 'performance_now';
  return [
    counter({ name: 'models', title: 'Tables with model quality', dataset, box: box(0, 0, [4, 3]) }, countOfTables),
    counter(
      { name: 'lowest_accuracy', title: 'Lowest accuracy', dataset, box: box(4, 0, [4, 3]) },
      computed('MIN(`accuracy`)', 'Accuracy'),
    ),
    counter(
      { name: 'highest_error', title: 'Highest mean absolute error', dataset, box: box(8, 0, [4, 3]) },
      computed('MAX(`mae`)', 'Error'),
    ),
  ];
}
