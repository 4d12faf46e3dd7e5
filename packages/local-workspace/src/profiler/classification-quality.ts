import type { ComparedColumns } from './compared-columns.ts';
import { fairness } from './fairness.ts';
import { groupKeys } from './grouping.ts';
import type { RowMetrics } from './metric-rows.ts';
import { probabilityQuality } from './probability-quality.ts';
import type { WorkingColumn, WorkingTable } from './working-table.ts';

/**
 * As scikit-learn: classes are those of labels and predictions together, a score with an empty denominator is 0,
 * `macro` is the plain mean and `weighted` the mean by label counts.
 */
export function classificationQuality(
  table: WorkingTable,
  { prediction, label, booleanSlices }: ComparedColumns,
): RowMetrics {
  const { grouping, name } = table;
  const asNumber = prediction.typeText !== label.typeText && [prediction, label].every(isNumberLike);
  const [predicted, actual] = [prediction, label].map((column) => classText(column, asNumber));
  const score = (value: string): string =>
    `struct_pack(one_vs_all := map_from_entries(list(struct_pack(k := c, v := ${value}) ORDER BY c)),
      macro := avg(${value} ORDER BY c), weighted := sum(${value} * support ORDER BY c) / sum(support))`;
  const chances = probabilityQuality(table, label);
  const fair = fairness(booleanSlices);
  return {
    with: `${chances === undefined ? '' : `${chances.with},`}
      classified AS (SELECT *, ${predicted} AS p, ${actual} AS y FROM ${name}),
      pairs AS (
        SELECT ${grouping.keys}, p, y, count(*) AS n FROM classified WHERE p IS NOT NULL AND y IS NOT NULL
        ${grouping.groupBy('p', 'y')} HAVING ${grouping.having}),
      totals AS (
        SELECT ${groupKeys}, coalesce(sum(n) FILTER (p = y), 0) / sum(n) AS accuracy,
          list(struct_pack(prediction := p, "label" := y, "count" := n) ORDER BY p, y) AS matrix
        FROM pairs GROUP BY ${groupKeys}),
      classes AS (
        SELECT ${groupKeys}, c, sum(hits) AS hits, sum(predictions) AS predictions, sum(labels) AS support
        FROM (SELECT ${groupKeys}, p AS c, n AS predictions, 0 AS labels, CASE WHEN p = y THEN n ELSE 0 END AS hits FROM pairs
              UNION ALL SELECT ${groupKeys}, y, 0, n, 0 FROM pairs)
        GROUP BY ${groupKeys}, c),
      scores AS (
        SELECT *, coalesce(hits / nullif(predictions, 0), 0) AS exactness, coalesce(hits / nullif(support, 0), 0) AS coverage,
          2 * hits / (predictions + support) AS balance FROM classes),
      averages AS (
        SELECT ${groupKeys}, ${score('exactness')} AS exactness, ${score('coverage')} AS coverage, ${score('balance')} AS balance
        FROM scores GROUP BY ${groupKeys}),
${fair === undefined ? '' : `${fair.with},`}
      metrics AS (
        SELECT * FROM totals JOIN averages USING (${groupKeys})
        ${chances === undefined ? '' : `FULL JOIN chances USING (${groupKeys})`}
        ${fair === undefined ? '' : `LEFT JOIN fairness USING (${groupKeys})`})`,
    values: {
      accuracy_score: 'accuracy',
      confusion_matrix: 'matrix',
      precision: 'exactness',
      recall: 'coverage',
      f1_score: 'balance',
      ...chances?.values,
      ...fair?.values,
    },
  };
}

function isNumberLike(column: WorkingColumn): boolean {
  return column.family === 'numeric' || column.family === 'boolean';
}

/** A prediction of 1.0 and a label of 1 are the same class although their types differ. */
function classText(column: WorkingColumn, asNumber: boolean): string {
  if (!asNumber) return `CAST(${column.cell} AS VARCHAR)`;
  const value = column.family === 'boolean' ? `CAST(${column.cell} AS BOOLEAN)` : column.cell;
  return `CAST(CAST(${value} AS DOUBLE) AS VARCHAR)`;
}
