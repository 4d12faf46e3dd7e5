import { fairness } from './fairness.ts';
import { groupKeys } from './grouping.ts';
import type { MetricRows } from './metric-rows.ts';
import type { ProfileType } from './profile-request.ts';
import { probabilityQuality } from './probability-quality.ts';
import type { WorkingColumn, WorkingTable } from './working-table.ts';

type InferenceProfile = Extract<ProfileType, { readonly kind: 'inference_log' }>;
/** Prediction and label, and the positions of the Boolean slicing expressions. */
interface Compared {
  readonly prediction: WorkingColumn;
  readonly label: WorkingColumn;
  readonly booleanSlices: readonly number[];
}
type Metrics = Pick<MetricRows, 'with' | 'values'>;

/**
 * What the `:table` rows say about the model; undefined when the table has no label and prediction. Rows without a
 * label or a prediction do not take part.
 */
export function modelQuality(table: WorkingTable, profile: ProfileType): Metrics | undefined {
  if (profile.kind !== 'inference_log' || profile.labelColumn === undefined) return undefined;
  const prediction = workingColumn(table, profile.predictionColumn);
  const label = workingColumn(table, profile.labelColumn);
  if (prediction === undefined || label === undefined) return undefined;
  return qualityOf(profile)(table, { prediction, label, booleanSlices: profile.booleanSlices ?? [] });
}

function qualityOf(profile: InferenceProfile): typeof classificationQuality {
  return profile.problemType === 'classification' ? classificationQuality : regressionQuality;
}

function workingColumn(table: WorkingTable, name: string): WorkingColumn | undefined {
  return table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

/**
 * As scikit-learn: classes are those of labels and predictions together, a score with an empty denominator is 0,
 * `macro` is the plain mean and `weighted` the mean by label counts.
 */
function classificationQuality(table: WorkingTable, { prediction, label, booleanSlices }: Compared): Metrics {
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

/**
 * As scikit-learn, with two differences: labels of 0 are left out of the percentage error, where it divides by a tiny
 * number, and values that are not finite are left out like nulls. The percentage error is a fraction.
 */
function regressionQuality(table: WorkingTable, { prediction, label }: Compared): Metrics {
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

function isNumberLike(column: WorkingColumn): boolean {
  return column.family === 'numeric' || column.family === 'boolean';
}

/** A prediction of 1.0 and a label of 1 are the same class although their types differ. */
function classText(column: WorkingColumn, asNumber: boolean): string {
  if (!asNumber) return `CAST(${column.cell} AS VARCHAR)`;
  const value = column.family === 'boolean' ? `CAST(${column.cell} AS BOOLEAN)` : column.cell;
  return `CAST(CAST(${value} AS DOUBLE) AS VARCHAR)`;
}
