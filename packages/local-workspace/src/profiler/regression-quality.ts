import type { ComparedColumns } from './compared-columns.ts';
import type { RowMetrics } from './metric-rows.ts';
import type { WorkingTable } from './working-table.ts';

/**
 * As scikit-learn, with two differences: labels of 0 are left out of the percentage error, where it divides by a tiny
 * number, and values that are not finite are left out like nulls. The percentage error is a fraction.
 */
export function regressionQuality(table: WorkingTable, { prediction, label }: ComparedColumns): RowMetrics {
  const { grouping, name } = table;
  return {
    with: `
      compared AS (SELECT *, CAST(${prediction.cell} AS DOUBLE) AS p, CAST(${label.cell} AS DOUBLE) AS y FROM ${name}),
      errors AS (
        SELECT ${grouping.keys}, count(*) AS n, avg((p - y) ** 2) AS squared, avg(abs(p - y)) AS absolute,
          avg(abs((p - y) / y)) FILTER (y <> 0) AS relative, var_pop(y) AS spread
        FROM compared WHERE abs(p) < 1e150 AND abs(y) < 1e150 ${grouping.groupBy()} HAVING ${grouping.having}),
      metrics AS (
        SELECT *, CASE WHEN n < 2 THEN NULL WHEN spread > 0 THEN 1 - squared / spread WHEN squared = 0 THEN 1 ELSE 0 END AS r2
        FROM errors)`,
    values: {
      mean_squared_error: 'squared',
      root_mean_squared_error: 'sqrt(squared)',
      mean_average_error: 'absolute',
      mean_absolute_percentage_error: 'relative',
      r2_score: 'r2',
    },
  };
}
