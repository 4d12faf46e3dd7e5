import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

let workspace: Workspace;

const setUp = [
  `CREATE TABLE churn (id BIGINT NOT NULL, region STRING COMMENT 'sales region', score DOUBLE, amount DECIMAL(10,2),
    active BOOLEAN, day DATE, at TIMESTAMP, tags ARRAY<STRING>, place STRUCT<city: STRING, zip: INT>)
    USING DELTA COMMENT 'customers' TBLPROPERTIES ('delta.x' = 'y')`,
  `INSERT INTO churn VALUES
    (1, 'north', 0.5, 10.25, true, DATE'2026-01-01', TIMESTAMP'2026-01-01 12:00:00', array('a', 'b'), named_struct('city', 'Ulm', 'zip', 1)),
    (2, 'south', 1.5, 20.50, false, DATE'2026-01-02', TIMESTAMP'2026-01-02 12:30:00', array(), NULL),
    (3, 'north', NULL, NULL, NULL, NULL, NULL, NULL, NULL)`,
  `CREATE VIEW prod.ml.scored COMMENT 'with score' TBLPROPERTIES ('dpo.owner' = 'p') AS SELECT id, region FROM main.ml.churn WHERE score IS NOT NULL`,
  `CREATE TABLE metrics (window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, column_name STRING, js_distance DOUBLE)`,
  `INSERT INTO metrics VALUES (named_struct('start', TIMESTAMP'2026-01-01 00:00:00', 'end', TIMESTAMP'2026-01-02 00:00:00'), 'id', 0.25)`,
  `ALTER TABLE churn SET TAGS ('dpo' = 'on', 'pii')`,
  `ALTER TABLE churn ALTER COLUMN region SET TAGS ('kind' = 'dimension')`,
  `ALTER SCHEMA main.ml SET TAGS ('team' = 'ml')`,
  `ALTER CATALOG main SET TAGS ('tier' = 'gold')`,
];

beforeAll(async () => {
  workspace = await openWorkspace();
  for (const statement of setUp) await workspace.run(statement);
});

afterAll(async () => workspace.storage.close());

type Row = readonly (string | null)[];

/** Statement and its rows. */
const queries: readonly (readonly [string, readonly Row[]])[] = [
  ['SELECT 1', [['1']]],
  [
    'VALUES (1, \'a\'), (2, "b")',
    [
      ['1', 'a'],
      ['2', 'b'],
    ],
  ],
  ['SELECT id FROM churn ORDER BY id DESC LIMIT 2', [['3'], ['2']]],
  ['SELECT `id` FROM `main`.`ml`.`churn` WHERE `churn`.`id` = 1;', [['1']]],
  ['select ID from MAIN.Ml.CHURN where Churn.Id = 1', [['1']]],
  ['SELECT main.ml.churn.id, ml.churn.region FROM main.ml.churn WHERE id = 2', [['2', 'south']]],
  ['SELECT c.place.city, c.place.zip FROM churn c WHERE c.id = 1', [['Ulm', '1']]],
  [
    'SELECT score, amount, active, day, at FROM churn WHERE id = 1',
    [['0.5', '10.25', 'true', '2026-01-01', '2026-01-01T12:00:00.000Z']],
  ],
  ['SELECT tags, place FROM churn WHERE id = 1', [['["a","b"]', '{"city":"Ulm","zip":"1"}']]],
  ['SELECT tags[0], get(tags, 5), get(tags, 1), size(tags) FROM churn WHERE id = 1', [['a', null, 'b', '2']]],
  ['SELECT score, place FROM churn WHERE id = 3', [[null, null]]],
  ['SELECT count(*), count(score), sum(id), avg(score) FROM churn', [['3', '2', '6', '1.0']]],
  [
    'SELECT region, count(*) AS n FROM churn GROUP BY region ORDER BY region',
    [
      ['north', '2'],
      ['south', '1'],
    ],
  ],
  ['SELECT region FROM churn GROUP BY ALL HAVING count(*) > 1', [['north']]],
  [
    'SELECT approx_count_distinct(region), percentile_approx(id, 0.5), percentile(id, 0.5), median(id) FROM churn',
    [['2', '2', '2.0', '2.0']],
  ],
  [
    'SELECT count_if(id > 1), count(*) FILTER (WHERE id > 1), max_by(region, id), bool_or(active) FROM churn',
    [['2', '2', 'north', 'true']],
  ],
  ['SELECT collect_set(region) FROM churn WHERE id < 2', [['["north"]']]],
  ['SELECT DISTINCT region FROM churn ORDER BY 1', [['north'], ['south']]],
  [
    "SELECT a.id FROM churn a JOIN prod.ml.scored b ON a.id = b.id, metrics m WHERE m.column_name = 'id' ORDER BY a.id",
    [['1'], ['2']],
  ],
  ['SELECT a.id FROM churn a LEFT ANTI JOIN prod.ml.scored b ON a.id = b.id', [['3']]],
  ['SELECT id FROM churn LEFT SEMI JOIN prod.ml.scored USING (id) ORDER BY id', [['1'], ['2']]],
  ['SELECT id FROM (churn c JOIN metrics m ON true) WHERE id = 1', [['1']]],
  [
    'SELECT (SELECT max(id) FROM churn), EXISTS (SELECT 1 FROM metrics), 1 IN (SELECT id FROM churn)',
    [['3', 'true', 'true']],
  ],
  ['WITH churn AS (SELECT id FROM churn WHERE id > 1), b (n) AS (SELECT count(*) FROM churn) SELECT n FROM b', [['2']]],
  ['SELECT * FROM ((SELECT 1 AS a) UNION ALL (SELECT id FROM churn)) q ORDER BY a LIMIT 2', [['1'], ['1']]],
  ['SELECT id FROM churn WHERE id = 1 UNION ALL SELECT id FROM prod.ml.scored WHERE id = 2', [['1'], ['2']]],
  [
    'SELECT 1 AS a, 2 AS b UNION ALL BY NAME SELECT 3 AS b',
    [
      ['1', '2'],
      [null, '3'],
    ],
  ],
  ['SELECT 1 UNION SELECT 1', [['1']]],
  [
    'SELECT id, row_number() OVER (PARTITION BY region ORDER BY id DESC) AS n FROM churn QUALIFY n = 1 ORDER BY id',
    [
      ['2', '1'],
      ['3', '1'],
    ],
  ],
  ['SELECT * EXCEPT (score, amount, active, day, at, tags, place) FROM churn WHERE id = 1', [['1', 'north']]],
  ["SELECT * FROM VALUES (1, 'a'), (2, 'b') AS t(x, k) PIVOT (sum(x) FOR k IN ('a', 'b'))", [['1', '2']]],
  ['SELECT e FROM churn LATERAL VIEW explode(tags) x AS e WHERE id = 1 ORDER BY e', [['a'], ['b']]],
  ['SELECT explode(array(1, 2)) AS e', [['1'], ['2']]],
  ['SELECT m.window.start, window.end FROM metrics m', [['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']]],
  [
    'SELECT CAST(NULL AS STRUCT<start: TIMESTAMP, end: TIMESTAMP>) AS window, CAST(NULL AS ARRAY<STRUCT<item: STRING, count: BIGINT>>)',
    [[null, null]],
  ],
  [
    "SELECT named_struct('a', 1.5D, 'b', array(true)), map('k', 1), map('k', 1)['k'], element_at(map('k', 2), 'k')",
    [['{"a":"1.5","b":["true"]}', '{"k":"1"}', '1', '2']],
  ],
  [
    'SELECT transform(array(1, 2), x -> x + 1), filter(array(1, 2), x -> x > 1), exists(array(1), x -> x > 1), aggregate(array(1, 2), 0, (a, x) -> a + x)',
    [['["2","3"]', '["2"]', 'false', '3']],
  ],
  [
    "SELECT array_contains(array(1), 1), array_join(array('a', 'b'), '-'), sequence(1, 3)",
    [['true', 'a-b', '["1","2","3"]']],
  ],
  [
    "SELECT concat('a', region), 'a' || region || 1, concat('a', CAST(NULL AS STRING)) FROM churn WHERE id = 1",
    [['anorth', 'anorth1', null]],
  ],
  [
    "SELECT upper('a'), substring('abc', 2, 1), replace('aa', 'a', 'b'), regexp_replace('aXbX', 'X', ''), split('a,b', ',')",
    [['A', 'b', 'bb', 'ab', '["a","b"]']],
  ],
  ["SELECT 'it\\'s', \"a\\nb\", 'it''s', r'a\\b', 'x' 'y', '\\u0041'", [["it's", 'a\nb', "it's", 'a\\b', 'xy', 'A']]],
  [
    "SELECT 'a_b' LIKE 'a\\\\_b', 'axb' LIKE 'a\\\\_b', 'axb' LIKE 'a_b', 'A' ILIKE 'a', 'a' RLIKE '^a$'",
    [['true', 'false', 'true', 'true', 'true']],
  ],
  ['SELECT 7 / 2, 7 DIV 2, 7 % 4, -7 / (1 + 1), 6 / 3 / 2', [['3.5', '3', '3', '-3.5', '1.0']]],
  [
    "SELECT try_divide(1, 0), try_cast('x' AS INT), CAST('7' AS INT), int('8'), '9'::BIGINT",
    [[null, null, '7', '8', '9']],
  ],
  [
    'SELECT 1 <=> NULL, nvl(NULL, 2), nullif(1, 1), if(true, 1, 2), CASE WHEN 1 = 2 THEN 1 END, isnull(NULL)',
    [['false', '2', null, '1', null, 'true']],
  ],
  [
    'SELECT current_timestamp(), current_timestamp, now(), current_date()',
    [['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z', '2026-01-02']],
  ],
  [
    "SELECT current_timestamp() - INTERVAL 7 DAYS, TIMESTAMP'2026-01-08 00:00:00' + INTERVAL -7 DAY",
    [['2025-12-26T03:04:05.000Z', '2026-01-01T00:00:00.000Z']],
  ],
  [
    "SELECT date_add(DATE'2026-01-01', 1), date_sub(current_date(), 2), datediff(DATE'2026-01-03', DATE'2026-01-01'), add_months(DATE'2026-01-31', 1)",
    [['2026-01-02', '2025-12-31', '2', '2026-02-28']],
  ],
  [
    "SELECT date_trunc('DAY', at), date_format(at, 'yyyy-MM-dd'), year(day), unix_timestamp(at), dayofweek(day) FROM churn WHERE id = 1",
    [['2026-01-01T00:00:00.000Z', '2026-01-01', '2026', '1767268800', '5']],
  ],
  ["SELECT EXTRACT(MONTH FROM day), trim(BOTH ' ' FROM ' a ') FROM churn WHERE id = 1", [['1', 'a']]],
  ["SELECT window(at, '1 day').start FROM churn WHERE id = 1", [['2026-01-01T00:00:00.000Z']]],
  ["SELECT get_json_object('{\"a\":{\"b\":1}}', '$.a.b'), to_json(named_struct('a', 1))", [['1', '{"a":1}']]],
  [
    "SELECT 1e10, 1.0D, CAST('NaN' AS DOUBLE), 0.1D + 0.2D, 1.50",
    [['1.0E10', '1.0', 'NaN', '0.30000000000000004', '1.50']],
  ],
  ['SELECT /* one */ 1 -- two', [['1']]],
  ['SELECT current_user()', [['ana@example.com']]],
  [
    'SELECT catalog_name, catalog_owner FROM system.information_schema.catalogs ORDER BY 1',
    [
      ['main', 'admin'],
      ['prod', 'admin'],
    ],
  ],
  ['SELECT schema_name FROM main.information_schema.schemata ORDER BY schema_name', [['default'], ['ml']]],
  [
    'SELECT table_name, table_type, table_owner, comment, data_source_format, created FROM information_schema.tables ORDER BY 1',
    [
      ['churn', 'MANAGED', 'ana@example.com', 'customers', 'DELTA', '2026-01-02T03:04:05.000Z'],
      ['metrics', 'MANAGED', 'ana@example.com', null, 'DELTA', '2026-01-02T03:04:05.000Z'],
    ],
  ],
  [
    "SELECT table_catalog, table_name FROM system.information_schema.tables t WHERE t.table_name LIKE '%c%' ORDER BY 2",
    [
      ['main', 'churn'],
      ['main', 'metrics'],
      ['prod', 'scored'],
    ],
  ],
  [
    "SELECT column_name, ordinal_position, full_data_type, data_type, is_nullable, comment FROM main.information_schema.columns WHERE table_name = 'churn' AND ordinal_position < 2",
    [
      ['id', '0', 'bigint', 'LONG', 'NO', null],
      ['region', '1', 'string', 'STRING', 'YES', 'sales region'],
    ],
  ],
  [
    'SELECT view_definition FROM prod.information_schema.views',
    [['SELECT id, region FROM main.ml.churn WHERE score IS NOT NULL']],
  ],
  [
    'SELECT * FROM system.information_schema.table_tags ORDER BY tag_name',
    [
      ['main', 'ml', 'churn', 'dpo', 'on'],
      ['main', 'ml', 'churn', 'pii', ''],
    ],
  ],
  ['SELECT * FROM main.information_schema.column_tags', [['main', 'ml', 'churn', 'region', 'kind', 'dimension']]],
  ['SELECT * FROM main.information_schema.schema_tags', [['main', 'ml', 'team', 'ml']]],
  ['SELECT * FROM main.information_schema.catalog_tags', [['main', 'tier', 'gold']]],
  ['SHOW CATALOGS', [['main'], ['prod']]],
  ['SHOW SCHEMAS IN main', [['default'], ['ml']]],
  ["SHOW TABLES IN main.ml LIKE 'ch*'", [['ml', 'churn', 'false']]],
  ['SHOW VIEWS IN prod.ml', [['ml', 'scored', 'false', 'false']]],
  ['SHOW TBLPROPERTIES prod.ml.scored', [['dpo.owner', 'p']]],
  ["SHOW TBLPROPERTIES prod.ml.scored ('dpo.owner')", [['dpo.owner', 'p']]],
  [
    'DESCRIBE TABLE metrics',
    [
      ['window', 'struct<start:timestamp,end:timestamp>', null],
      ['column_name', 'string', null],
      ['js_distance', 'double', null],
    ],
  ],
];

/** Statement and the class and SQLSTATE of its fault. */
const faults: readonly (readonly [string, string])[] = [
  ['SELEC 1', 'PARSE_SYNTAX_ERROR 42601'],
  ['', 'PARSE_SYNTAX_ERROR 42601'],
  ['SELECT 1 FROM', 'PARSE_SYNTAX_ERROR 42601'],
  ['SELECT (1', 'PARSE_SYNTAX_ERROR 42601'],
  ["SELECT 'open", 'PARSE_SYNTAX_ERROR 42601'],
  ['SELECT * FROM nope', 'TABLE_OR_VIEW_NOT_FOUND 42P01'],
  ['SELECT * FROM main.nope.t', 'TABLE_OR_VIEW_NOT_FOUND 42P01'],
  ['SELECT * FROM main.information_schema.nope', 'TABLE_OR_VIEW_NOT_FOUND 42P01'],
  ['SELECT * FROM nope.ml.churn', 'NO_SUCH_CATALOG_EXCEPTION 42704'],
  ['CREATE TABLE main.nope.t (a INT)', 'SCHEMA_NOT_FOUND 42704'],
  ['CREATE SCHEMA nope.x', 'NO_SUCH_CATALOG_EXCEPTION 42704'],
  ['CREATE SCHEMA main.ml', 'SCHEMA_ALREADY_EXISTS 42P06'],
  ['DROP SCHEMA main.ml', 'SCHEMA_NOT_EMPTY 2BP01'],
  ['SELECT regio FROM churn', 'UNRESOLVED_COLUMN.WITH_SUGGESTION 42703'],
  ['SELECT c.regio FROM churn c', 'UNRESOLVED_COLUMN.WITH_SUGGESTION 42703'],
  ['UPDATE churn SET nope = 1', 'UNRESOLVED_COLUMN.WITH_SUGGESTION 42703'],
  ["SELECT CAST('x' AS INT)", 'CAST_INVALID_INPUT 22018'],
  ["SELECT CAST('2026-13-01' AS DATE)", 'CAST_INVALID_INPUT 22018'],
  ['SELECT CAST(99999999999 AS INT)', 'CAST_OVERFLOW 22003'],
  ['SELECT 1 / 0', 'DIVIDE_BY_ZERO 22012'],
  ['SELECT id % (id - 1) FROM churn', 'DIVIDE_BY_ZERO 22012'],
  ['SELECT 1 DIV 0', 'DIVIDE_BY_ZERO 22012'],
  ['SELECT 9223372036854775807 + 1', 'ARITHMETIC_OVERFLOW 22003'],
  ['SELECT nofunction(1)', 'UNRESOLVED_ROUTINE 42883'],
  ['SELECT region, count(*) FROM churn', 'MISSING_AGGREGATION 42803'],
  ['SELECT 1 UNION ALL SELECT 1, 2', 'NUM_COLUMNS_MISMATCH 42826'],
  ['CREATE TABLE churn (a INT)', 'TABLE_OR_VIEW_ALREADY_EXISTS 42P07'],
  ['CREATE VIEW prod.ml.scored AS SELECT 1', 'TABLE_OR_VIEW_ALREADY_EXISTS 42P07'],
  ['CREATE OR REPLACE VIEW churn AS SELECT 1', 'EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE 42809'],
  ['ALTER VIEW churn AS SELECT 1', 'EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE 42809'],
  ['DROP VIEW churn', 'EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE 42809'],
  ['DROP TABLE prod.ml.scored', 'EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE 42809'],
  ['SELECT :missing', 'UNBOUND_SQL_PARAMETER 42P02'],
  ["INSERT INTO churn (id, region) VALUES (NULL, 'x')", 'DELTA_NOT_NULL_CONSTRAINT_VIOLATED 23502'],
  ['CREATE QUALITY MONITOR churn', 'PARSE_SYNTAX_ERROR 42601'],
  ['USE CATALOG main', 'PARSE_SYNTAX_ERROR 42601'],
  ['MERGE INTO churn USING metrics ON true WHEN MATCHED THEN DELETE', 'PARSE_SYNTAX_ERROR 42601'],
  ['GRANT SELECT ON churn TO x', 'PARSE_SYNTAX_ERROR 42601'],
];

describe('corpus', () => {
  test.each(queries)('the statement %s has its rows', async (statement, rows) => {
    expect(await workspace.rows(statement)).toEqual(rows);
  });

  test('the corpus has at least 60 statements', () => {
    expect(queries.length + faults.length).toBeGreaterThanOrEqual(60);
  });
});

describe('faults', () => {
  test.each(faults)('the statement %s fails with its class', async (statement, fault) => {
    expect(await workspace.fault(statement)).toBe(fault);
  });
});
