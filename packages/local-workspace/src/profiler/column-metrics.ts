import { groupKeys } from './grouping.ts';
import { percentSql, type MetricRows } from './metric-rows.ts';
import type { WorkingColumn, WorkingTable } from './working-table.ts';

/** Length of a `quantiles` array in published rows of the service. */
export const quantileCount = 1000;
/** Assumed length of `frequent_items`; the service does not document it. */
export const frequentItemCount = 100;

export function columnMetrics(table: WorkingTable, column: WorkingColumn): MetricRows {
  const identity = { columnName: column.name, dataType: column.typeText };
  switch (column.family) {
    case 'numeric':
      return { ...identity, ...numericMetrics(table, column.cell) };
    case 'string':
    case 'boolean':
      return { ...identity, ...categoricalMetrics(table, column) };
    case 'temporal':
      return { ...identity, ...temporalMetrics(table, column.cell) };
    case 'complex':
      return { ...identity, ...complexMetrics(table, column.cell) };
  }
}

type Metrics = Pick<MetricRows, 'with' | 'values'>;

const nullMetrics = { num_nulls: 'coalesce(nulls, 0)', percent_null: percentSql('nulls') };
const distinctMetrics = { distinct_count: 'coalesce(uniques, 0)', percent_distinct: percentSql('uniques') };

/**
 * NaN counts in `num_nan` only. Everything else comes from one sorted list, which also makes the sums independent of
 * the order in which threads finish. Element i of `quantiles` is the smallest value whose rank reaches i / 1000 of the
 * values, as Spark's `percentile_approx` defines it; the median is element 500. The deviation is NULL where
 * values beyond 1e150 would overflow it, the average where infinities of both signs leave none.
 */
function numericMetrics({ name, grouping }: WorkingTable, cell: string): Metrics {
  const position = `lambda i: greatest(1, (i * len(l) + ${quantileCount - 1}) // ${quantileCount})`;
  return {
    with: `
      cells AS (SELECT *, CAST(${cell} AS DOUBLE) AS d FROM ${name}),
      grouped AS (
        SELECT ${grouping.keys}, count(*) - count(d) AS nulls, count(*) FILTER (isnan(d)) AS nans,
          count(*) FILTER (d = 0) AS zeros, count(DISTINCT ${cell}) AS uniques,
          list(d ORDER BY d) FILTER (d IS NOT NULL AND NOT isnan(d)) AS l
        FROM cells ${grouping.groupBy()} HAVING ${grouping.having}),
      metrics AS (
        SELECT * EXCLUDE (l), l[1] AS lowest, l[len(l)] AS highest, CASE WHEN NOT isnan(list_avg(l)) THEN list_avg(l) END AS average,
          CASE WHEN l[1] > -1e150 AND l[len(l)] < 1e150 THEN list_stddev_samp(l) END AS deviation,
          list_select(l, list_transform(range(0, ${quantileCount}), ${position})) AS quantiles
        FROM grouped)`,
    values: {
      ...nullMetrics,
      ...distinctMetrics,
      avg: 'average',
      quantiles: 'metrics.quantiles',
      min: 'lowest',
      max: 'highest',
      stddev: 'deviation',
      num_zeros: 'coalesce(zeros, 0)',
      num_nan: 'coalesce(nans, 0)',
      median: `metrics.quantiles[${quantileCount / 2 + 1}]`,
      percent_nan: percentSql('nans'),
      percent_zeros: percentSql('zeros'),
    },
  };
}

/** Values are counted first, so that distinct values, lengths and frequent items cost one small aggregation. */
function categoricalMetrics({ name, grouping }: WorkingTable, { cell, family }: WorkingColumn): Metrics {
  const lengths = { min_length: 'shortest', max_length: 'longest', avg_length: 'average' };
  return {
    with: `
      counted AS (
        SELECT ${grouping.keys}, ${cell} AS x, count(*) AS n FROM ${name} ${grouping.groupBy(cell)} HAVING ${grouping.having}),
      metrics AS (
        SELECT ${groupKeys}, coalesce(CAST(sum(n) FILTER (x IS NULL) AS BIGINT), 0) AS nulls, count(x) AS uniques,
          min(length(x)) AS shortest, max(length(x)) AS longest,
          CAST(sum(length(x) * n) AS DOUBLE) / sum(n) FILTER (x IS NOT NULL) AS average,
          min(struct_pack(o := -n, x := x), ${frequentItemCount}) FILTER (x IS NOT NULL) AS top
        FROM counted GROUP BY ${groupKeys})`,
    values: {
      ...nullMetrics,
      ...distinctMetrics,
      ...(family === 'string' ? lengths : {}),
      frequent_items: `list_transform(top, lambda e: struct_pack(item := e.x, "count" := -e.o))`,
    },
  };
}

/** Times as epoch seconds, which real rows show; averages and distributions of times are not computed there. */
function temporalMetrics({ name, grouping }: WorkingTable, cell: string): Metrics {
  return {
    with: `
      metrics AS (
        SELECT ${grouping.keys}, count(*) - count(${cell}) AS nulls, count(DISTINCT ${cell}) AS uniques,
          epoch(min(${cell})) AS lowest, epoch(max(${cell})) AS highest, epoch(quantile_disc(${cell}, 0.5)) AS middle
        FROM ${name} ${grouping.groupBy()} HAVING ${grouping.having})`,
    values: { ...nullMetrics, ...distinctMetrics, min: 'lowest', max: 'highest', median: 'middle' },
  };
}

function complexMetrics({ name, grouping }: WorkingTable, cell: string): Metrics {
  return {
    with: `
      metrics AS (
        SELECT ${grouping.keys}, count(*) - count(${cell}) AS nulls
        FROM ${name} ${grouping.groupBy()} HAVING ${grouping.having})`,
    values: nullMetrics,
  };
}
