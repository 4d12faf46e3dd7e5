import { groupKeys } from './grouping.ts';

/** How the two slices of a Boolean expression differ: the WITH entries end in a relation `fairness`, one row a slice. */
interface Fairness {
  readonly with: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Reads the relation `classes` of the classification scores: by class, its `hits`, `predictions` and labels (`support`).
 * Each value is that of the slice minus that of its opposite, NULL where either is undefined. A slice without an
 * opposite has no row.
 */
export function fairness(booleanSlices: readonly number[]): Fairness | undefined {
  if (booleanSlices.length === 0) return undefined;
  const gaps = (name: string): string =>
    `map_from_entries(list(struct_pack(k := c, v := one.${name} - other.${name}) ORDER BY c)) AS ${name}`;
  return {
    with: `
      halves AS (SELECT * FROM classes WHERE k IN (${booleanSlices.join(', ')})),
      known_classes AS (SELECT DISTINCT g, w, m, k, c FROM halves),
      half_sizes AS (SELECT ${groupKeys}, sum(support) AS size FROM halves GROUP BY ${groupKeys}),
      filled AS (
        SELECT ${groupKeys}, c, size, coalesce(hits, 0) AS hits, coalesce(predictions, 0) AS predictions,
          coalesce(support, 0) AS support
        FROM half_sizes JOIN known_classes USING (g, w, m, k) LEFT JOIN halves USING (${groupKeys}, c)),
      rates AS (
        SELECT ${groupKeys}, c, hits / nullif(predictions, 0) AS predictive_parity,
          (predictions - hits) / nullif(size - support, 0) AS predictive_equality,
          hits / nullif(support, 0) AS equal_opportunity, predictions / size AS statistical_parity
        FROM filled),
      fairness AS (
        SELECT g, w, m, k, one.v AS v, ${fairnessNames.map(gaps).join(', ')}
        FROM rates AS one JOIN rates AS other USING (g, w, m, k, c) WHERE one.v <> other.v GROUP BY g, w, m, k, one.v)`,
    values: Object.fromEntries(fairnessNames.map((name) => [name, name])),
  };
}

/** Columns of the metric table, in the order of the service. */
export const fairnessNames = [
  'predictive_parity',
  'predictive_equality',
  'equal_opportunity',
  'statistical_parity',
] as const;
