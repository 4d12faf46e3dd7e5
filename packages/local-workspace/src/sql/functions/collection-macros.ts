import { raise } from './macro.ts';
import type { Macros } from './macro.ts';

const outOfBounds = (errorClass: string, hint: string): string =>
  raise(
    `${errorClass} 22003`,
    `'The index ' || i || ' is out of bounds. The array has ' || len(a) || ' elements. ${hint}'`,
  );

/** Arrays start at 0 in brackets and at 1 in element_at; for maps see resolve-types.ts. */
const access: Macros = {
  item: [
    `(a, i) AS CASE WHEN i < 0 OR i >= len(a) THEN ${outOfBounds('INVALID_ARRAY_INDEX', 'Use the SQL function `get()` to tolerate accessing element at invalid index and return NULL instead.')} ELSE a[i + 1] END`,
  ],
  element_at: [
    `(a, i) AS CASE WHEN i = 0 OR abs(i) > len(a) THEN ${outOfBounds('INVALID_ARRAY_INDEX_IN_ELEMENT_AT', 'Use `try_element_at` to tolerate accessing element at invalid index and return NULL instead.')} ELSE a[i] END`,
  ],
  try_element_at: ['(a, k) AS a[k]'],
  get: ['(a, i) AS CASE WHEN i < 0 THEN NULL ELSE a[i + 1] END'],
};

const arrays: Macros = {
  array_size: ['(a) AS CAST(len(a) AS INTEGER)'],
  array_contains: ['(a, x) AS list_contains(a, x)'],
  array_join: [
    '(a, s) AS array_to_string(a, s)',
    '(a, s, n) AS array_to_string(list_transform(a, lambda x: COALESCE(x, n)), s)',
  ],
  // Of a list for each argument. The separator stands before each text, because DuckDB joins with constant ones only.
  concat_ws: [
    `(s, a) AS CASE WHEN s IS NOT NULL THEN
      COALESCE(substring(array_to_string(list_transform(flatten(a), lambda x: s || x), ''), length(s) + 1), '') END`,
  ],
  // Of a value that is no array; see resolve-types.ts.
  texts: ['(x) AS [CAST(x AS VARCHAR)]'],
  array_max: ['(a) AS list_max(a)'],
  array_min: ['(a) AS list_min(a)'],
  array_position: ['(a, x) AS CAST(COALESCE(list_position(a, x), 0) AS BIGINT)'],
  array_remove: ['(a, x) AS list_filter(a, lambda e: e IS NULL OR e <> x)'],
  array_repeat: ['(x, n) AS list_transform(range(n), lambda i: x)'],
  array_distinct: [
    '(a) AS list_filter(a, lambda x, i: list_position(a, x) = i OR (x IS NULL AND len(list_filter(list_slice(a, 1, i), lambda y: y IS NULL)) = 1))',
  ],
  array_union: ['(a, b) AS "__sql".array_distinct(list_concat(a, b))'],
  array_intersect: ['(a, b) AS list_filter("__sql".array_distinct(a), lambda x: list_contains(b, x))'],
  array_except: ['(a, b) AS list_filter("__sql".array_distinct(a), lambda x: NOT list_contains(b, x))'],
  arrays_overlap: ['(a, b) AS list_has_any(a, b)'],
  array_append: ['(a, x) AS list_append(a, x)'],
  array_prepend: ['(a, x) AS list_prepend(x, a)'],
  array_insert: ['(a, n, x) AS list_concat(list_slice(a, 1, n - 1), [x], list_slice(a, n, len(a)))'],
  array_compact: ['(a) AS list_filter(a, lambda x: x IS NOT NULL)'],
  arrays_zip: [`(a, b) AS list_transform(range(1, greatest(len(a), len(b)) + 1), lambda i: {'0': a[i], '1': b[i]})`],
  slice: [
    '(a, s, n) AS list_slice(a, CASE WHEN s > 0 THEN s ELSE len(a) + s + 1 END, CASE WHEN s > 0 THEN s ELSE len(a) + s + 1 END + n - 1)',
  ],
  sort_array: [
    `(a) AS list_sort(a, 'ASC', 'NULLS FIRST')`,
    `(a, up) AS CASE WHEN up THEN list_sort(a, 'ASC', 'NULLS FIRST') ELSE list_sort(a, 'DESC', 'NULLS LAST') END`,
  ],
  array_sort: [`(a) AS list_sort(a, 'ASC', 'NULLS LAST')`],
  shuffle: ['(a) AS list_sort(a)'],
  // By the type of the bounds; see resolve-types.ts.
  sequence: [
    `(a, b) AS list_transform(generate_series(a, b, CASE WHEN a <= b THEN 1 ELSE -1 END), lambda n: CAST(n AS INTEGER))`,
    `(a, b, s) AS list_transform(generate_series(a, b, s), lambda n: CAST(n AS INTEGER))`,
  ],
  sequence_bigint: [
    '(a, b) AS generate_series(a, b, CASE WHEN a <= b THEN 1 ELSE -1 END)',
    '(a, b, s) AS generate_series(a, b, s)',
  ],
  sequence_date: [
    '(a, b) AS list_transform(generate_series(a, b, INTERVAL 1 DAY), lambda d: CAST(d AS DATE))',
    '(a, b, s) AS list_transform(generate_series(a, b, s), lambda d: CAST(d AS DATE))',
  ],
  sequence_timestamp: ['(a, b, s) AS generate_series(a, b, s)'],
};

const maps: Macros = {
  map_contains_key: ['(m, k) AS list_contains(map_keys(m), k)'],
  map_from_arrays: ['(k, v) AS map(k, v)'],
  str_to_map: [
    `(s) AS map_from_entries(list_transform(string_split(s, ','), lambda e: {'key': split_part(e, ':', 1), 'value': split_part(e, ':', 2)}))`,
    `(s, d, p) AS map_from_entries(list_transform(string_split(s, d), lambda e: {'key': split_part(e, p, 1), 'value': split_part(e, p, 2)}))`,
  ],
};

/** What generators of rows need: one NULL where OUTER keeps a row without elements. */
const generators: Macros = {
  or_null: ['(a) AS CASE WHEN a IS NULL OR len(a) = 0 THEN [NULL] ELSE a END'],
  positions: [
    '(a) AS CASE WHEN a IS NULL OR len(a) = 0 THEN [] ELSE list_transform(range(len(a)), lambda i: CAST(i AS INTEGER)) END',
  ],
};

export const collectionMacros: Macros = { ...access, ...arrays, ...maps, ...generators };
