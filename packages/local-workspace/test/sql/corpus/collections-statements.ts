import type { CorpusStatement } from './corpus.ts';

/** Arrays, maps, structs, lambdas and generators. */
export const collectionsStatements: readonly CorpusStatement[] = [
  [
    "SELECT array(1, 2), array(), map('a', 1), map(), struct(1, 'a'), struct(id, region AS r), named_struct('a', 1.5D, 'b', array(true)) FROM churn WHERE id = 1",
    [
      [
        '["1","2"]',
        '[]',
        '{"a":"1"}',
        '{}',
        '{"col1":"1","col2":"a"}',
        '{"id":"1","r":"north"}',
        '{"a":"1.5","b":["true"]}',
      ],
    ],
  ],
  [
    "SELECT size(array(1, 2)), cardinality(map('a', 1)), array_size(array()), array_contains(array(1), 1), array_position(array(5, 6), 6), array_position(array(5), 7), array_max(array(1, 3)), array_min(array(2, 1))",
    [['2', '1', '0', 'true', '2', '0', '3', '1']],
  ],
  [
    "SELECT array_join(array('a', NULL, 'b'), '-'), array_join(array('a', NULL), '-', '?'), array_distinct(array(2, 1, 2, NULL, NULL)), array_remove(array(1, 2, 1), 1), array_repeat('a', 2), array_compact(array(1, NULL))",
    [['a-b', 'a-?', '["2","1",null]', '["2"]', '["a","a"]', '["1"]']],
  ],
  [
    'SELECT array_union(array(1, 2), array(2, 3)), array_intersect(array(1, 2), array(2)), array_except(array(1, 2), array(2)), arrays_overlap(array(1), array(1, 2)), flatten(array(array(1), array(2, 3)))',
    [['["1","2","3"]', '["2"]', '["1"]', 'true', '["1","2","3"]']],
  ],
  [
    'SELECT sort_array(array(3, NULL, 1)), sort_array(array(1, 3), false), array_sort(array(3, NULL, 1)), reverse(array(1, 2)), slice(array(1, 2, 3), 2, 2), slice(array(1, 2, 3), -2, 1), array_append(array(1), 2), array_prepend(array(1), 0), array_insert(array(1, 3), 2, 2)',
    [
      [
        '[null,"1","3"]',
        '["3","1"]',
        '["1","3",null]',
        '["2","1"]',
        '["2","3"]',
        '["2"]',
        '["1","2"]',
        '["0","1"]',
        '["1","2","3"]',
      ],
    ],
  ],
  [
    "SELECT sequence(1, 3), sequence(3, 1), sequence(1, 7, 3), concat(array(1), array(2)), arrays_zip(array(1, 2), array('a', 'b'))",
    [['["1","2","3"]', '["3","2","1"]', '["1","4","7"]', '["1","2"]', '[{"0":"1","1":"a"},{"0":"2","1":"b"}]']],
  ],
  [
    "SELECT map_keys(map('a', 1)), map_values(map('a', 1)), map_entries(map('a', 1)), map_from_arrays(array('a'), array(1)), map_from_entries(array(struct('a', 1))), map_contains_key(map('a', 1), 'a'), map_concat(map('a', 1), map('b', 2)), str_to_map('a:1,b:2')",
    [
      [
        '["a"]',
        '["1"]',
        '[{"key":"a","value":"1"}]',
        '{"a":"1"}',
        '{"a":"1"}',
        'true',
        '{"a":"1","b":"2"}',
        '{"a":"1","b":"2"}',
      ],
    ],
  ],
  [
    "SELECT transform(array(1, 2), x -> x + 1), transform(array(10, 20), (x, i) -> x + i), filter(array(1, 2, 3), x -> x > 1), filter(array('a', 'b'), (x, i) -> i = 0)",
    [['["2","3"]', '["10","21"]', '["2","3"]', '["a"]']],
  ],
  [
    'SELECT exists(array(1, 2), x -> x > 1), exists(array(1), x -> x > 1), forall(array(1, 2), x -> x > 0), forall(array(), x -> x > 0)',
    [['true', 'false', 'true', 'true']],
  ],
  [
    'SELECT aggregate(array(1, 2, 3), 0, (a, x) -> a + x), reduce(array(1, 2), 10, (a, x) -> a * x), aggregate(array(1, 2), 0, (a, x) -> a + x, a -> a * 10), zip_with(array(1, 2), array(3, 4), (x, y) -> x * y), zip_with(array(1, 2), array(3), (x, y) -> y)',
    [['6', '20', '30', '["3","8"]', '["3",null]']],
  ],
  [
    "SELECT map_filter(map('a', 1, 'b', 2), (k, v) -> v > 1), transform_values(map('a', 1), (k, v) -> v + 1), transform_keys(map('a', 1), (k, v) -> upper(k))",
    [['{"b":"2"}', '{"a":"2"}', '{"A":"1"}']],
  ],
  ['SELECT transform(tags, t -> concat(t, region)) FROM churn WHERE id = 1', [['["anorth","bnorth"]']]],
  ['SELECT explode(array(1, 2)) AS e', [['1'], ['2']]],
  [
    'SELECT id, explode(tags) FROM churn WHERE id = 1 ORDER BY 2',
    [
      ['1', 'a'],
      ['1', 'b'],
    ],
  ],
  ["SELECT explode(map('a', 1)) AS (k, v)", [['a', '1']]],
  [
    "SELECT posexplode(array('a', 'b'))",
    [
      ['0', 'a'],
      ['1', 'b'],
    ],
  ],
  [
    'SELECT id, explode_outer(tags) AS t FROM churn ORDER BY id, t',
    [
      ['1', 'a'],
      ['1', 'b'],
      ['2', null],
      ['3', null],
    ],
  ],
  [
    "SELECT inline(array(named_struct('a', 1, 'b', 'x'), named_struct('a', 2, 'b', 'y')))",
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  ],
  [
    "SELECT stack(2, 1, 'a', 2, 'b') AS (n, s)",
    [
      ['1', 'a'],
      ['2', 'b'],
    ],
  ],
  ['SELECT e FROM churn LATERAL VIEW explode(tags) x AS e WHERE id = 1 ORDER BY e', [['a'], ['b']]],
  [
    'SELECT id, e FROM churn LATERAL VIEW OUTER explode(tags) x AS e ORDER BY id, e',
    [
      ['1', 'a'],
      ['1', 'b'],
      ['2', null],
      ['3', null],
    ],
  ],
  [
    'SELECT pos, e FROM churn LATERAL VIEW posexplode(tags) x AS pos, e ORDER BY pos',
    [
      ['0', 'a'],
      ['1', 'b'],
    ],
  ],
  [
    'SELECT id, pos, e FROM churn LATERAL VIEW OUTER posexplode(tags) x AS pos, e ORDER BY id, pos',
    [
      ['1', '0', 'a'],
      ['1', '1', 'b'],
      ['2', null, null],
      ['3', null, null],
    ],
  ],
  [
    "SELECT k, v FROM churn LATERAL VIEW explode(map('a', id)) x AS k, v WHERE v < 3 ORDER BY v",
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
  [
    'SELECT a, b FROM (SELECT array(1) AS x, array(2, 3) AS y) LATERAL VIEW explode(x) t1 AS a LATERAL VIEW explode(y) t2 AS b ORDER BY b',
    [
      ['1', '2'],
      ['1', '3'],
    ],
  ],
  ["SELECT c.id, j.a FROM churn c LATERAL VIEW json_tuple('{\"a\":5}', 'a') j AS a WHERE c.id = 1", [['1', '5']]],
  ['SELECT * FROM explode(array(1, 2))', [['1'], ['2']]],
  ['SELECT t.x FROM explode(array(1, 2)) AS t(x) ORDER BY x DESC', [['2'], ['1']]],
  [
    'SELECT id, t.x FROM churn, LATERAL explode(tags) AS t(x) ORDER BY x',
    [
      ['1', 'a'],
      ['1', 'b'],
    ],
  ],
  ['SELECT * FROM range(2)', [['0'], ['1']]],
  ['SELECT c.place.city, place.zip FROM churn c WHERE c.id = 1', [['Ulm', '1']]],
  [
    'SELECT size(collect_list(score)), sort_array(collect_set(region)), collect_list(id) FILTER (WHERE id > 5) FROM churn',
    [['2', '["north","south"]', '[]']],
  ],
  [
    "SELECT map(1, 'x')[1], element_at(map(2, 'y'), 2), map(1, 'x')[3], size(map(1, 2, 3, 4)), reverse(tags), reverse(region) FROM churn WHERE id = 1",
    [['x', 'y', null, '2', '["b","a"]', 'htron']],
  ],
  [
    "SELECT concat_ws('-', array('a', NULL, '', 'b'), 'c', NULL, array('d')), concat_ws('-', 1, array(2, 3), true), concat_ws('-', tags, region) FROM churn WHERE id = 1",
    [['a--b-c-d', '1-2-3-true', 'a-b-north']],
    ['STRING', 'STRING', 'STRING'],
  ],
  [
    "SELECT concat_ws('-'), concat_ws('-', NULL, array(), CAST(NULL AS ARRAY<STRING>)), concat_ws(NULL, 'a', array('b')), concat_ws(region, array('1', '2')) FROM churn WHERE id = 1",
    [['', '', null, '1north2']],
  ],
  [
    "SELECT concat_ws(',', sort_array(collect_set(region))), concat_ws(',', transform(array('b', 'a'), x -> concat_ws('', array(x, x)))) FROM churn",
    [['north,south', 'bb,aa']],
  ],
];
