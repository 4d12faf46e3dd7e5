import { groupKeys } from './grouping.ts';
import type { WorkingColumn, WorkingTable } from './working-table.ts';

/** What probabilities say about the model: the WITH entries end in a relation `chances`, one row a group. */
interface ProbabilityQuality {
  readonly with: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * As scikit-learn. Rows without a label or without usable probabilities do not take part, a class that a map does not
 * name has probability 0, and probabilities are divided by their sum. A single number is the probability of the greater
 * of two classes. Where fewer than two classes occur nothing is defined.
 */
export function probabilityQuality(table: WorkingTable, label: WorkingColumn): ProbabilityQuality | undefined {
  if (table.probability === undefined) return undefined;
  return {
    with: `${cellsSql(table, label)}, ${duelsSql}`,
    values: { log_loss: 'log_loss', roc_auc_score: 'roc_auc' },
  };
}

/**
 * `cells`: how many rows of class `y` have the score `s` of class `c`, for every class that is a label. The score orders
 * the rows, `chance` is the probability of the class.
 */
function cellsSql({ grouping, name, probability }: WorkingTable, label: WorkingColumn): string {
  const isNumber = label.family === 'numeric';
  const order = isNumber ? 'CAST(c AS DOUBLE)' : 'c';
  const { usable, score, chance } = probability === 'map' ? mapSql(isNumber) : numberSql;
  return `
      labelled AS (SELECT *, ${classKey(`CAST(${label.cell} AS VARCHAR)`, isNumber)} AS y FROM ${name}),
      known AS (SELECT list(c ORDER BY ${order}) AS list FROM (SELECT DISTINCT y AS c FROM labelled WHERE y IS NOT NULL)),
      likely AS (SELECT *, unnest((SELECT list FROM known)) AS c FROM labelled WHERE y IS NOT NULL AND ${usable}),
      scored AS (SELECT *, ${score} AS s, ${chance} AS chance FROM likely),
      cells AS (
        SELECT ${grouping.keys}, y, c, s, any_value(chance) AS chance, count(*) AS n FROM scored
        ${grouping.groupBy('y', 'c', 's')} HAVING ${grouping.having})`;
}

/** The lesser class is scored by the negated number: `1 - p` would make ties of all tiny numbers. */
const numberSql = {
  usable: '__p BETWEEN 0 AND 1 AND (SELECT len(list) FROM known) = 2',
  score: 'CASE WHEN c = (SELECT list[2] FROM known) THEN __p ELSE -__p END',
  chance: 'CASE WHEN c = (SELECT list[2] FROM known) THEN __p ELSE 1 - __p END',
};

/** A sum that misses 1 by rounding only is taken for 1, so that equal probabilities of two rows stay equal. */
function mapSql(isNumber: boolean): typeof numberSql {
  const weights = 'map_values(__p)';
  const total = `list_sum(${weights})`;
  const entries = `list_filter(map_entries(__p), lambda e: ${classKey('e.key', isNumber)} = c)`;
  const score = `coalesce(list_extract(list_transform(${entries}, lambda e: e.value), 1), 0)
          / CASE WHEN abs(${total} - 1) < 1e-9 THEN 1 ELSE ${total} END`;
  return {
    usable: `len(list_filter(${weights}, lambda x: x IS NULL OR NOT (x >= 0 AND isfinite(x)))) = 0 AND ${total} > 0`,
    score,
    chance: 's',
  };
}

/**
 * A duel is the area under the curve of `c` among the rows of the classes `c` and `d`: the share of their pairs in which
 * the row of `c` has the greater probability, ties counting half. The area against all other classes is the mean of the
 * duels by the sizes of the others.
 */
const duelsSql = `
      ranked AS (
        SELECT *, coalesce(sum(n) FILTER (y = c) OVER (PARTITION BY ${groupKeys}, c ORDER BY s DESC), 0)
          - coalesce(sum(n) FILTER (y = c) OVER (PARTITION BY ${groupKeys}, c, s), 0) / 2 AS above FROM cells),
      sizes AS (SELECT ${groupKeys}, c, sum(n) AS size FROM cells WHERE c = y GROUP BY ${groupKeys}, c),
      wins AS (
        SELECT ${groupKeys}, c, y AS d, sum(n) AS others, sum(n * above) AS won FROM ranked WHERE y <> c
        GROUP BY ${groupKeys}, c, y),
      duels AS (SELECT *, won / (size * others) AS area FROM wins JOIN sizes USING (${groupKeys}, c)),
      rivals AS (
        SELECT ${groupKeys}, c, any_value(size) AS size, sum(area * others ORDER BY d) / sum(others) AS area
        FROM duels GROUP BY ${groupKeys}, c),
      one_to_one AS (
        SELECT ${groupKeys}, struct_pack(macro := avg(area ORDER BY c, d),
          weighted := sum(area * (size + others) ORDER BY c, d) / sum(size + others)) AS one
        FROM duels GROUP BY ${groupKeys}),
      one_to_rest AS (
        SELECT ${groupKeys}, struct_pack(macro := avg(area ORDER BY c),
          weighted := sum(area * size ORDER BY c) / sum(size)) AS rest
        FROM rivals GROUP BY ${groupKeys}),
      losses AS (
        SELECT ${groupKeys}, sum(-n * ln(greatest(2.220446049250313e-16, least(1 - 2.220446049250313e-16, chance))) ORDER BY y, s)
          / sum(n) AS log_loss
        FROM cells WHERE c = y GROUP BY ${groupKeys}),
      chances AS (
        SELECT ${groupKeys}, log_loss, struct_pack(one_vs_one := one, one_vs_all := rest) AS roc_auc
        FROM losses JOIN one_to_one USING (${groupKeys}) JOIN one_to_rest USING (${groupKeys}))`;

/** A label of 1.0 and a class called `1` are the same. */
function classKey(text: string, isNumber: boolean): string {
  return isNumber ? `coalesce(CAST(TRY_CAST(${text} AS DOUBLE) AS VARCHAR), ${text})` : text;
}
