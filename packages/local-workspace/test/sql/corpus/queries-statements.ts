import type { CorpusStatement } from './corpus.ts';

/** Clauses, joins, sets, windows and aggregates. */
export const queriesStatements: readonly CorpusStatement[] = [
  ['SELECT 1', [['1']]],
  [
    'VALUES (1, \'a\'), (2, "b")',
    [
      ['1', 'a'],
      ['2', 'b'],
    ],
  ],
  [
    'SELECT * FROM VALUES (1), (2) AS t(x) CROSS JOIN VALUES (3) AS u(y) ORDER BY x',
    [
      ['1', '3'],
      ['2', '3'],
    ],
  ],
  ['select ID from MAIN.Ml.CHURN where Churn.Id = 1', [['1']]],
  ['SELECT `id` FROM `main`.`ml`.`churn` WHERE `churn`.`id` = 1;', [['1']]],
  ['SELECT main.ml.churn.id, ml.churn.region FROM main.ml.churn WHERE id = 2', [['2', 'south']]],
  ['SELECT ALL id FROM churn ORDER BY id DESC LIMIT 2', [['3'], ['2']]],
  ['SELECT DISTINCT region FROM churn ORDER BY 1', [['north'], ['south']]],
  ['SELECT score, place, amount FROM churn WHERE id = 3', [[null, null, null]]],
  ['SELECT region, count(*) AS n FROM churn GROUP BY region HAVING count(*) > 1', [['north', '2']]],
  [
    'SELECT region, count(*) FROM churn GROUP BY ALL ORDER BY 1',
    [
      ['north', '2'],
      ['south', '1'],
    ],
  ],
  [
    'SELECT region, sum(id), grouping(region) FROM churn GROUP BY ROLLUP (region) ORDER BY region NULLS LAST',
    [
      ['north', '4', '0'],
      ['south', '2', '0'],
      [null, '6', '1'],
    ],
  ],
  [
    'SELECT region, count(*) FROM churn GROUP BY region WITH ROLLUP ORDER BY 2, 1',
    [
      ['south', '1'],
      ['north', '2'],
      [null, '3'],
    ],
  ],
  [
    'SELECT region, active, count(*) FROM churn WHERE active IS NOT NULL GROUP BY CUBE (region, active) ORDER BY 1, 2',
    [
      [null, null, '2'],
      [null, 'false', '1'],
      [null, 'true', '1'],
      ['north', null, '1'],
      ['north', 'true', '1'],
      ['south', null, '1'],
      ['south', 'false', '1'],
    ],
  ],
  [
    'SELECT region, count(*) FROM churn GROUP BY GROUPING SETS ((region), ()) ORDER BY 2, 1',
    [
      ['south', '1'],
      ['north', '2'],
      [null, '3'],
    ],
  ],
  [
    'SELECT approx_count_distinct(region), count(DISTINCT region), count(DISTINCT region, id), percentile_approx(id, 0.5, 100), percentile(id, 0.5), percentile(id, array(0.25, 0.75)), median(id), mode(region) FROM churn',
    [['2', '2', '3', '2', '2.0', '["1.5","2.5"]', '2.0', 'north']],
  ],
  [
    'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY id), percentile_disc(0.5) WITHIN GROUP (ORDER BY id), approx_percentile(id, array(0.5)) FROM churn',
    [['2.0', '2', '["2"]']],
  ],
  [
    'SELECT count_if(id > 1), count(*) FILTER (WHERE id > 1), max_by(region, id), min_by(id, score), bool_or(active), bool_and(active), every(active), any(active), some(active) FROM churn',
    [['2', '2', 'north', '1', 'true', 'false', 'false', 'true', 'true']],
  ],
  [
    'SELECT stddev(id), stddev_pop(id), variance(id), var_pop(id), round(corr(id, score), 3), covar_pop(id, score), bit_and(id), bit_or(id) FROM churn WHERE id < 3',
    [['0.7071067811865476', '0.5', '0.5', '0.25', '1.0', '0.25', '0', '3']],
  ],
  [
    "SELECT any_value(region), first(id), last(id), first(score, true), listagg(region, ',') WITHIN GROUP (ORDER BY id), string_agg(region, '|') FROM (SELECT * FROM churn ORDER BY id)",
    [['north', '1', '3', '0.5', 'north,south,north', 'north|south|north']],
  ],
  [
    'SELECT histogram_numeric(id, 5) FROM churn',
    [['[{"x":"1.0","y":"1.0"},{"x":"2.0","y":"1.0"},{"x":"3.0","y":"1.0"}]']],
  ],
  [
    "SELECT a.id FROM churn a JOIN prod.ml.scored b ON a.id = b.id, metrics m WHERE m.column_name = 'id' ORDER BY a.id",
    [['1'], ['2']],
  ],
  [
    'SELECT a.id, b.id FROM churn a LEFT JOIN prod.ml.scored b ON a.id = b.id AND b.id > 1 ORDER BY a.id',
    [
      ['1', null],
      ['2', '2'],
      ['3', null],
    ],
  ],
  ['SELECT a.id FROM churn a LEFT ANTI JOIN prod.ml.scored b ON a.id = b.id', [['3']]],
  ['SELECT id FROM churn LEFT SEMI JOIN prod.ml.scored USING (id) ORDER BY id', [['1'], ['2']]],
  [
    'SELECT coalesce(a.id, b.id) AS i FROM churn a FULL OUTER JOIN prod.ml.scored b ON a.id = b.id + 2 ORDER BY i',
    [['1'], ['2'], ['2'], ['3']],
  ],
  ['SELECT count(*) FROM churn NATURAL JOIN prod.ml.scored', [['2']]],
  [
    "SELECT (SELECT max(id) FROM churn), EXISTS (SELECT 1 FROM metrics), 1 IN (SELECT id FROM churn), (1, 'north') IN (SELECT id, region FROM churn)",
    [['3', 'true', 'true', 'true']],
  ],
  [
    'SELECT id FROM churn c WHERE id = (SELECT max(id) FROM churn d WHERE d.region = c.region) ORDER BY id',
    [['2'], ['3']],
  ],
  ['WITH churn AS (SELECT id FROM churn WHERE id > 1), b (n) AS (SELECT count(*) FROM churn) SELECT n FROM b', [['2']]],
  [
    'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT * FROM r',
    [['1'], ['2'], ['3']],
  ],
  ['SELECT id FROM churn WHERE id = 1 UNION ALL SELECT id FROM prod.ml.scored WHERE id = 2', [['1'], ['2']]],
  [
    'SELECT 1 AS a, 2 AS b UNION ALL BY NAME SELECT 3 AS b',
    [
      ['1', '2'],
      [null, '3'],
    ],
  ],
  ['SELECT 1 UNION SELECT 1', [['1']]],
  ['SELECT id FROM churn INTERSECT SELECT id FROM prod.ml.scored ORDER BY id', [['1'], ['2']]],
  ['SELECT id FROM churn EXCEPT SELECT id FROM prod.ml.scored', [['3']]],
  ['SELECT id FROM churn MINUS SELECT 3 ORDER BY id', [['1'], ['2']]],
  [
    'SELECT id, row_number() OVER (PARTITION BY region ORDER BY id DESC) AS n FROM churn QUALIFY n = 1 ORDER BY id',
    [
      ['2', '1'],
      ['3', '1'],
    ],
  ],
  [
    'SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s, lag(id) OVER (ORDER BY id), lead(id, 1, 0) OVER w, ntile(2) OVER w FROM churn WINDOW w AS (ORDER BY id) ORDER BY id',
    [
      ['1', '1', null, '2', '1'],
      ['2', '3', '1', '3', '1'],
      ['3', '5', '2', '0', '2'],
    ],
  ],
  [
    'SELECT id, rank() OVER (ORDER BY region) AS r, dense_rank() OVER (ORDER BY region) AS d, percent_rank() OVER (ORDER BY id) AS p, cume_dist() OVER (ORDER BY region) AS c FROM churn ORDER BY id',
    [
      ['1', '1', '1', '0.0', '0.6666666666666666'],
      ['2', '3', '2', '0.5', '1.0'],
      ['3', '1', '1', '1.0', '0.6666666666666666'],
    ],
  ],
  [
    'SELECT id, first_value(id) OVER (PARTITION BY region ORDER BY id) AS f, nth_value(id, 2) OVER (ORDER BY id) AS n, collect_list(id) OVER (PARTITION BY region ORDER BY id) AS l FROM churn ORDER BY id',
    [
      ['1', '1', null, '["1"]'],
      ['2', '2', '2', '["2"]'],
      ['3', '1', '2', '["1","3"]'],
    ],
  ],
  ['SELECT * EXCEPT (score, amount, active, day, at, tags, place) FROM churn WHERE id = 1', [['1', 'north']]],
  [
    "SELECT * FROM (SELECT region, id FROM churn) PIVOT (sum(id) AS s, count(*) AS c FOR region IN ('north' AS n, 'south' AS s))",
    [['4', '2', '2', '1']],
  ],
  [
    'SELECT * FROM (SELECT 1 AS id, 2 AS a, CAST(NULL AS INT) AS b) UNPIVOT INCLUDE NULLS (v FOR n IN (a AS x, b)) ORDER BY n',
    [
      ['1', 'b', null],
      ['1', 'x', '2'],
    ],
  ],
  [
    'SELECT * FROM (SELECT 1 AS id, 2 AS a, 3 AS b) UNPIVOT (v FOR n IN (a, b)) ORDER BY n',
    [
      ['1', 'a', '2'],
      ['1', 'b', '3'],
    ],
  ],
  ['SELECT id FROM churn ORDER BY score NULLS LAST, id DESC LIMIT 1 OFFSET 1', [['2']]],
  ['SELECT score FROM churn ORDER BY score', [[null], ['0.5'], ['1.5']]],
  ['SELECT score FROM churn ORDER BY score DESC', [['1.5'], ['0.5'], [null]]],
  ['SELECT id FROM churn DISTRIBUTE BY region SORT BY id', [['1'], ['2'], ['3']]],
  ['SELECT 1 AS a, a + 1 AS b', [['1', '2']]],
  ['SELECT count(*) FROM churn TABLESAMPLE (100 PERCENT)', [['3']]],
  ['SELECT count(*) FROM churn TABLESAMPLE (2 ROWS)', [['2']]],
  ['SELECT count(*) FROM churn VERSION AS OF 1', [['3']]],
  ["SELECT id FROM churn WHERE region LIKE ANY ('n%', 'x') ORDER BY id", [['1'], ['3']]],
  ["SELECT id FROM churn WHERE region LIKE ALL ('n%', '%h') ORDER BY id", [['1'], ['3']]],
  ['SELECT m.window.start, window.end FROM metrics m', [['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']]],
  [
    'SELECT CAST(NULL AS STRUCT<start: TIMESTAMP, end: TIMESTAMP>) AS window, CAST(NULL AS ARRAY<STRUCT<item: STRING, count: BIGINT>>) AS items',
    [[null, null]],
  ],
  ["SELECT count(*) FROM IDENTIFIER('main.ml.' || 'churn')", [['3']]],
  ['SELECT /* one /* nested */ */ 1 -- two', [['1']]],
  ['FROM churn SELECT id ORDER BY id LIMIT 1', [['1']]],
  [
    'SELECT id, at, day, tags, active FROM churn WHERE id = 1',
    [['1', '2026-01-01T12:00:00.000Z', '2026-01-01', '["a","b"]', 'true']],
  ],
  ['SELECT labelled(id) FROM churn ORDER BY id LIMIT 2', [['#1'], ['#2']]],
];
