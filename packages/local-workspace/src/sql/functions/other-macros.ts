import { raise } from './macro.ts';
import type { Macros } from './macro.ts';

/** DuckDB variables that are set on a connection before each statement; see `prepareConnection`. */
export const principalVariable = 'dpo_principal';
export const namesVariable = 'dpo_names';
export const catalogVariable = 'dpo_catalog';
export const schemaVariable = 'dpo_schema';

const conditions: Macros = {
  isnull: ['(x) AS x IS NULL'],
  isnotnull: ['(x) AS x IS NOT NULL'],
  nvl2: ['(a, b, c) AS CASE WHEN a IS NOT NULL THEN b ELSE c END'],
  ifnull: ['(a, b) AS COALESCE(a, b)'],
  zeroifnull: ['(x) AS COALESCE(x, 0)'],
  nullifzero: ['(x) AS CASE WHEN x = 0 THEN NULL ELSE x END'],
  equal_null: ['(a, b) AS a IS NOT DISTINCT FROM b'],
  assert_true: [
    `(x) AS CASE WHEN x THEN NULL ELSE ${raise('USER_RAISED_EXCEPTION P0001', `'condition is not true!'`)} END`,
    `(x, m) AS CASE WHEN x THEN NULL ELSE ${raise('USER_RAISED_EXCEPTION P0001', 'm')} END`,
  ],
  raise_error: [`(m) AS ${raise('USER_RAISED_EXCEPTION P0001', 'm')}`],
  typeof: [
    `(x) AS CASE typeof(x) WHEN 'INTEGER' THEN 'int' WHEN 'VARCHAR' THEN 'string' WHEN 'BLOB' THEN 'binary' WHEN '"NULL"' THEN 'void'
      WHEN 'HUGEINT' THEN 'bigint' ELSE lower(typeof(x)) END`,
  ],
};

const session: Macros = {
  current_user: [`() AS COALESCE(getvariable('${principalVariable}'), '')`],
  is_member: [`(g) AS COALESCE(list_contains(getvariable('${namesVariable}'), lower(g)), false)`],
  current_catalog: [`() AS getvariable('${catalogVariable}')`],
  current_schema: [`() AS getvariable('${schemaVariable}')`],
  version: [`() AS '4.0.0'`],
};

const json: Macros = {
  get_json_object: ['(j, p) AS CASE WHEN json_valid(j) THEN json_extract_string(j, p) END'],
  json_or_null: ['(j) AS CASE WHEN json_valid(j) THEN CAST(j AS JSON) END'],
  to_json: ['(x) AS CAST(to_json(x) AS VARCHAR)'],
  json_array_length: ['(j) AS CASE WHEN json_valid(j) THEN CAST(json_array_length(j) AS INTEGER) END'],
  json_object_keys: ['(j) AS CASE WHEN json_valid(j) THEN json_keys(j) END'],
};

const aggregates: Macros = {
  // One bin per value as long as there are few; else bins of equal width, where Spark merges the nearest ones.
  histogram_numeric: [
    `(x, n) AS list_transform([list_sort(list(CAST(x AS DOUBLE)) FILTER (WHERE x IS NOT NULL))], lambda l:
      list_transform(list_filter(CASE WHEN len(list_distinct(l)) <= n
        THEN list_transform(list_sort(list_distinct(l)), lambda d: list_filter(l, lambda v: v = d))
        ELSE list_transform(range(n), lambda b: list_filter(l, lambda v: least(n - 1, floor((v - l[1]) / (l[-1] - l[1]) * n)) = b)) END,
        lambda bin: len(bin) > 0),
      lambda bin: {'x': list_avg(bin), 'y': CAST(len(bin) AS DOUBLE)}))[1]`,
  ],
};

export const otherMacros: Macros = { ...conditions, ...session, ...json, ...aggregates };
