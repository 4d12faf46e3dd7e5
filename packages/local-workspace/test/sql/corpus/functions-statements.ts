import type { CorpusStatement } from './corpus.ts';

/** Functions of texts, numbers and JSON. */
export const functionsStatements: readonly CorpusStatement[] = [
  [
    "SELECT upper('a'), lower('A'), ucase('a'), initcap('ab cd'), length('abc'), char_length('ab'), octet_length('ä'), bit_length('a')",
    [['A', 'a', 'A', 'Ab Cd', '3', '2', '2', '8']],
  ],
  [
    "SELECT substring('abcdef', 2, 3), substr('abc', -2), substring('abc' FROM 2), left('abc', 1), right('abc', 2), substring_index('a.b.c', '.', 2), substring_index('a.b.c', '.', -1)",
    [['bcd', 'bc', 'bc', 'a', 'bc', 'a.b', 'c']],
  ],
  [
    "SELECT trim('  a '), ltrim(' a'), rtrim('a '), btrim('xax', 'x'), trim(BOTH 'x' FROM 'xax'), lpad('a', 3, '0'), rpad('a', 3), repeat('ab', 2), space(2) || 'x'",
    [['a', 'a', 'a', 'a', 'a', '00a', 'a  ', 'abab', '  x']],
  ],
  [
    "SELECT replace('aXbX', 'X', 'y'), replace('aXb', 'X'), translate('abc', 'ab', 'xy'), overlay('abcdef' PLACING 'X' FROM 2 FOR 3), reverse('abc')",
    [['ayby', 'ab', 'xyc', 'aXef', 'cba']],
  ],
  [
    "SELECT instr('abc', 'c'), locate('c', 'abcc', 4), position('b' IN 'abc'), charindex('b', 'abc'), startswith('abc', 'a'), endswith('abc', 'b'), contains('abc', 'bc'), find_in_set('b', 'a,b')",
    [['3', '4', '2', '2', 'true', 'false', 'true', '2']],
  ],
  [
    "SELECT concat('a', 'b', 1), concat('a', NULL), concat_ws('-', 'a', NULL, 'b'), 'a' || NULL, format_string('%s-%d', 'a', 1), format_number(1234.5, 2), format_number(1234567, 0)",
    [['ab1', null, 'a-b', null, 'a-1', '1,234.50', '1,234,567']],
  ],
  [
    "SELECT split('a1b22c', '[0-9]+'), split('a,b,c', ',', 2), split_part('a,b,c', ',', 2), split_part('a,b', ',', -1), levenshtein('kitten', 'sitting')",
    [['["a","b","c"]', '["a","b,c"]', 'b', 'b', '3']],
  ],
  [
    "SELECT ascii('a'), chr(65), hex('ab'), hex(255), unhex('61') = X'61', base64('ab'), CAST(unbase64('YWI=') AS STRING), encode('a', 'UTF-8') = X'61', decode(X'61', 'UTF-8')",
    [['97', 'A', '6162', 'FF', 'true', 'YWI=', 'ab', 'true', 'a']],
  ],
  [
    "SELECT md5('a'), sha1('a'), sha2('a', 256), sha2('a', 0), crc32('Spark')",
    [
      [
        '0cc175b9c0f1b6a831c399e269772661',
        '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
        'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
        'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
        '1557323817',
      ],
    ],
  ],
  [
    "SELECT regexp_replace('a1b2', '[0-9]', '#'), regexp_replace('ab', '(a)(b)', '$2$1'), regexp_extract('a12b', '([0-9])([0-9])', 2), regexp_extract('a12b', '([0-9]+)'), regexp_extract('ab', '([0-9]+)', 1)",
    [['a#b#', 'ba', '2', '12', '']],
  ],
  [
    "SELECT regexp_extract_all('a1b2', '([0-9])'), regexp_like('abc', '^a'), regexp_count('a1b2', '[0-9]'), regexp_instr('ab1', '[0-9]'), regexp_substr('ab1', '[0-9]'), 'abc' RLIKE 'b.', 'abc' REGEXP 'z', rlike('abc', 'b')",
    [['["1","2"]', 'true', '2', '3', '1', 'true', 'false', 'true']],
  ],
  [
    "SELECT 'a_b' LIKE 'a\\\\_b', 'axb' LIKE 'a\\\\_b', 'axb' LIKE 'a_b', 'A' ILIKE 'a', 'a' NOT LIKE 'b%', 'a%' LIKE 'a#%' ESCAPE '#'",
    [['true', 'false', 'true', 'true', 'true', 'true']],
  ],
  [
    "SELECT 'it\\'s', \"a\\nb\", 'it''s', r'a\\b', 'x' 'y', '\\u0041', ''",
    [["it's", 'a\nb', "it's", 'a\\b', 'xy', 'A', '']],
  ],
  [
    'SELECT abs(-1), abs(-1.5), ceil(1.2), floor(-1.2), ceiling(1.2D), round(2.5), round(-2.5), round(2.345D, 2), bround(2.5), bround(3.5)',
    [['1', '1.5', '2', '-2', '2', '3', '-3', '2.35', '2.0', '4.0']],
  ],
  [
    'SELECT sqrt(4), cbrt(8), power(2, 3), pow(2, 0.5), exp(0), ln(1), log(2, 8), log10(100), log2(8), sign(-2), signum(2.5D)',
    [['2.0', '2.0', '8.0', '1.4142135623730951', '1.0', '0.0', '3.0', '2.0', '3.0', '-1.0', '1.0']],
  ],
  [
    'SELECT greatest(1, 3, NULL), least(2, 1), mod(7, 4), pmod(-7, 4), factorial(5), hypot(3, 4), round(pi(), 4), round(e(), 4), degrees(pi()), radians(180) = pi()',
    [['3', '1', '3', '1', '120', '5.0', '3.1416', '2.7183', '180.0', 'true']],
  ],
  [
    "SELECT conv('ff', 16, 10), conv('10', 10, 2), bin(5), shiftleft(1, 2), shiftright(8, 1), 5 & 3, 5 | 3, 5 ^ 3, ~5, bit_count(7), width_bucket(5, 0, 10, 5)",
    [['255', '1010', '101', '4', '4', '1', '7', '6', '-6', '3', '3']],
  ],
  [
    "SELECT isnan(CAST('NaN' AS DOUBLE)), isnan(NULL), nanvl(CAST('NaN' AS DOUBLE), 1), positive(1), negative(1), rand(1) < 1, rint(2.5D), log1p(0), expm1(0)",
    [['true', 'false', '1.0', '1', '-1', 'true', '2.0', '0.0', '0.0']],
  ],
  [
    'SELECT current_timestamp(), current_timestamp, now(), current_date(), current_date, current_user(), current_timezone()',
    [
      [
        '2026-01-02T03:04:05.000Z',
        '2026-01-02T03:04:05.000Z',
        '2026-01-02T03:04:05.000Z',
        '2026-01-02',
        '2026-01-02',
        'ana@example.com',
        'Etc/UTC',
      ],
    ],
  ],
  [
    "SELECT current_catalog(), current_database(), current_schema(), is_member('users'), is_member('nobody'), is_account_group_member('users')",
    [['main', 'ml', 'ml', 'true', 'false', 'true']],
  ],
  [
    "SELECT to_json(named_struct('a', 1, 'b', array('x'))), get_json_object('{\"a\":[{\"b\":1}]}', '$.a[0].b'), get_json_object('no json', '$.a'), json_array_length('[1,2]'), json_object_keys('{\"a\":1,\"b\":2}')",
    [['{"a":1,"b":["x"]}', '1', null, '2', '["a","b"]']],
  ],
  [
    "SELECT from_json('{\"a\":1,\"b\":\"x\"}', 'a INT, b STRING'), from_json('[1,2]', 'ARRAY<INT>'), from_json('no', 'a INT'), from_json('{\"a\":{\"b\":2}}', 'STRUCT<a: STRUCT<b: BIGINT>>').a.b",
    [['{"a":"1","b":"x"}', '["1","2"]', null, '2']],
  ],
  [
    'SELECT payload:a.b, payload:items[1], payload:a, payload:[\'a b\'], payload:missing FROM (SELECT \'{"a":{"b":2},"items":[7,8],"a b":true}\' AS payload)',
    [['2', '8', '{"b":2}', 'true', null]],
  ],
  [
    'SELECT c.payload:x::INT + 1, upper(c.payload:y) FROM (SELECT \'{"x":1,"y":"z"}\' AS payload) c WHERE c.payload:y = \'z\'',
    [['2', 'Z']],
  ],
  ['SELECT json_tuple(\'{"a":1,"b":"x"}\', \'a\', \'b\')', [['1', 'x']]],
];
