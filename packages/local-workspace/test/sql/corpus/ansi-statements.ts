import type { CorpusStatement } from './corpus.ts';

/** ANSI mode: casts, arithmetic, decimals and NULL. */
export const ansiStatements: readonly CorpusStatement[] = [
  [
    "SELECT CAST(3.99 AS INT), CAST(-3.99D AS BIGINT), CAST(' 7 ' AS INT), CAST(true AS INT)",
    [['3', '-3', '7', '1']],
    ['INT', 'BIGINT', 'INT', 'INT'],
  ],
  [
    "SELECT CAST(2.5 AS STRING), CAST(TIMESTAMP'2026-01-01 00:00:10' AS BIGINT), CAST('yes' AS BOOLEAN), CAST('2026-01-02' AS DATE)",
    [['2.5', '1767225610', 'true', '2026-01-02']],
    ['STRING', 'BIGINT', 'BOOLEAN', 'DATE'],
  ],
  [
    "SELECT CAST(3.995 AS DECIMAL(5,2)), CAST('1e3' AS DOUBLE), CAST('NaN' AS DOUBLE), CAST(NULL AS INT)",
    [['4.00', '1000.0', 'NaN', null]],
    ['DECIMAL(5,2)', 'DOUBLE', 'DOUBLE', 'INT'],
  ],
  [
    "SELECT try_cast('3.9' AS INT), try_cast(3.9 AS INT), try_cast(300 AS TINYINT), try_cast('x' AS DATE), try_cast('2026-02-30' AS DATE)",
    [[null, '3', null, null, null]],
    ['INT', 'INT', 'TINYINT', 'DATE', 'DATE'],
  ],
  [
    "SELECT '9'::BIGINT, 3.7::INT, (1 + 1.6)::INT, int('8'), double(1), string(2)",
    [['9', '3', '2', '8', '1.0', '2']],
    ['BIGINT', 'INT', 'INT', 'INT', 'DOUBLE', 'STRING'],
  ],
  [
    'SELECT 7 / 2, 6 / 3, 7 DIV 2, -7 DIV 2, 7 % 4, -7 % 4, 6 / 3 / 2',
    [['3.5', '2.0', '3', '-3', '3', '-3', '1.0']],
    ['DOUBLE', 'DOUBLE', 'INT', 'INT', 'INT', 'INT', 'DOUBLE'],
  ],
  [
    'SELECT CAST(1 AS DECIMAL(10,2)) / CAST(3 AS DECIMAL(10,2)), 1.5 / 0.5, 1.0 / 3',
    [['0.3333333333333', '3.000000', '0.333333']],
    ['DECIMAL(23,13)', 'DECIMAL(8,6)', 'DECIMAL(7,6)'],
  ],
  [
    'SELECT amount / 3, amount / id, amount / 2.0D, amount * 2, amount + 1 FROM churn WHERE id = 1',
    [['3.416667', '10.25000000000000000000000', '5.125', '20.50', '11.25']],
    ['DECIMAL(14,6)', 'DECIMAL(31,23)', 'DOUBLE', 'DECIMAL(18,2)', 'DECIMAL(13,2)'],
  ],
  [
    'SELECT avg(amount), sum(amount), sum(id), avg(id), sum(score) FROM churn',
    [['15.375000', '30.75', '6', '2.0', '2.0']],
    ['DECIMAL(14,6)', 'DECIMAL(20,2)', 'BIGINT', 'DOUBLE', 'DOUBLE'],
  ],
  [
    'SELECT sum(amount) / count(*), max(amount) / 2 FROM churn',
    [['10.25000000000000000000', '10.250000']],
    ['DECIMAL(38,20)', 'DECIMAL(14,6)'],
  ],
  [
    'SELECT avg(amount) FILTER (WHERE id > 1), sum(amount) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS running FROM churn WHERE id = 2 GROUP BY id, amount',
    [['20.500000', '20.50']],
    ['DECIMAL(14,6)', 'DECIMAL(20,2)'],
  ],
  [
    'SELECT try_divide(1, 0), try_divide(6, 4), try_add(2147483647, 1), try_subtract(1, 1), try_multiply(3, 2), try_mod(1, 0)',
    [[null, '1.5', null, '0', '6', null]],
    ['DOUBLE', 'DOUBLE', 'INT', 'INT', 'INT', 'INT'],
  ],
  [
    'SELECT 1 <=> NULL, NULL <=> NULL, 1 <=> 1, NULL = NULL, 1 IS DISTINCT FROM NULL',
    [['false', 'true', 'true', null, 'true']],
    ['BOOLEAN', 'BOOLEAN', 'BOOLEAN', 'BOOLEAN', 'BOOLEAN'],
  ],
  [
    "SELECT 'a' < 'B', 'a' = 'A', 'a' || 1, 'abc' BETWEEN 'abb' AND 'abd', '10' = 10, '2' < 10",
    [['false', 'false', 'a1', 'true', 'true', 'true']],
    ['BOOLEAN', 'BOOLEAN', 'STRING', 'BOOLEAN', 'BOOLEAN', 'BOOLEAN'],
  ],
  [
    "SELECT 2147483646 + 1, 2147483647L + 1, 127Y, 1S, 1.5BD, 1.5F, 2D, X'61'",
    [['2147483647', '2147483648', '127', '1', '1.5', '1.5', '2.0', 'YQ==']],
    ['INT', 'BIGINT', 'TINYINT', 'SMALLINT', 'DECIMAL(2,1)', 'FLOAT', 'DOUBLE', 'BINARY'],
  ],
  [
    "SELECT 0.1D + 0.2D, 0.1 + 0.2, 1e10, 1.0D, 1.50, CAST('Infinity' AS DOUBLE)",
    [['0.30000000000000004', '0.3', '1.0E10', '1.0', '1.50', 'Infinity']],
    ['DOUBLE', 'DECIMAL(3,1)', 'DOUBLE', 'DOUBLE', 'DECIMAL(3,2)', 'DOUBLE'],
  ],
  [
    'SELECT NOT true, !false, true AND NULL, false AND NULL, true OR NULL',
    [['false', 'true', null, 'false', 'true']],
    ['BOOLEAN', 'BOOLEAN', 'BOOLEAN', 'BOOLEAN', 'BOOLEAN'],
  ],
  [
    "SELECT CASE WHEN 1 = 2 THEN 1 END, CASE 1 WHEN 1 THEN 'one' ELSE 'more' END, if(false, 1, 2), iff(true, 1, 2), nvl(NULL, 2), nvl2(1, 2, 3), nullif(1, 1), ifnull(NULL, 3), coalesce(NULL, NULL, 4)",
    [[null, 'one', '2', '1', '2', '2', null, '3', '4']],
    ['INT', 'STRING', 'INT', 'INT', 'INT', 'INT', 'INT', 'INT', 'INT'],
  ],
  [
    "SELECT isnull(NULL), isnotnull(NULL), zeroifnull(NULL), nullifzero(0), equal_null(NULL, NULL), decode(2, 1, 'a', 2, 'b', 'c'), decode(NULL, 1, 'a', NULL, 'n')",
    [['true', 'false', '0', null, 'true', 'b', 'n']],
    ['BOOLEAN', 'BOOLEAN', 'INT', 'INT', 'BOOLEAN', 'STRING', 'STRING'],
  ],
  [
    "SELECT typeof(1), typeof(1L), typeof('a'), typeof(1.5), typeof(1D), typeof(true), typeof(NULL)",
    [['int', 'bigint', 'string', 'decimal(2,1)', 'double', 'boolean', 'void']],
    ['STRING', 'STRING', 'STRING', 'STRING', 'STRING', 'STRING', 'STRING'],
  ],
  [
    "SELECT array(1, 2)[0], map('a', 1)['a'], map('a', 1)['b'], element_at(array(1, 2), -1), element_at(map('a', 1), 'b'), get(array(1), 5), try_element_at(array(1), 5)",
    [['1', '1', null, '2', null, null, null]],
    ['INT', 'INT', 'INT', 'INT', 'INT', 'INT', 'INT'],
  ],
  ['SELECT tags[id - 1], tags[0] FROM churn WHERE id = 1', [['a', 'a']], ['STRING', 'STRING']],
];
