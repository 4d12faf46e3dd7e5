import type { Macros } from './macro.ts';

const search: Macros = {
  instr: ['(s, t) AS CAST(strpos(s, t) AS INTEGER)'],
  locate: [
    '(t, s) AS CAST(strpos(s, t) AS INTEGER)',
    '(t, s, n) AS CAST(CASE WHEN strpos(substring(s, n), t) = 0 THEN 0 ELSE strpos(substring(s, n), t) + n - 1 END AS INTEGER)',
  ],
  startswith: ['(s, t) AS starts_with(s, t)'],
  endswith: ['(s, t) AS ends_with(s, t)'],
  contains: ['(s, t) AS contains(CAST(s AS VARCHAR), CAST(t AS VARCHAR))'],
  find_in_set: [`(s, l) AS CAST(COALESCE(list_position(string_split(l, ','), s), 0) AS INTEGER)`],
  levenshtein: ['(a, b) AS CAST(levenshtein(a, b) AS INTEGER)'],
};

const shape: Macros = {
  length: ['(s) AS CAST(length(CAST(s AS VARCHAR)) AS INTEGER)'],
  octet_length: ['(s) AS CAST(strlen(CAST(s AS VARCHAR)) AS INTEGER)'],
  bit_length: ['(s) AS CAST(strlen(CAST(s AS VARCHAR)) * 8 AS INTEGER)'],
  // Of a text or an array; see resolve-types.ts.
  reverse: ['(s) AS reverse(s)'],
  space: [`(n) AS repeat(' ', n)`],
  lpad: [`(s, n) AS lpad(CAST(s AS VARCHAR), n, ' ')`, '(s, n, p) AS lpad(CAST(s AS VARCHAR), n, p)'],
  rpad: [`(s, n) AS rpad(CAST(s AS VARCHAR), n, ' ')`, '(s, n, p) AS rpad(CAST(s AS VARCHAR), n, p)'],
  initcap: [
    `(s) AS array_to_string(list_transform(string_split(lower(s), ' '), lambda w: upper(left(w, 1)) || substring(w, 2)), ' ')`,
  ],
  replace: [`(s, a) AS replace(s, a, '')`, '(s, a, b) AS replace(s, a, b)'],
  overlay: [
    '(s, r, p) AS left(s, p - 1) || r || substring(s, p + length(r))',
    '(s, r, p, n) AS left(s, p - 1) || r || substring(s, p + n)',
  ],
  substring_index: [
    `(s, d, n) AS CASE WHEN n > 0 THEN array_to_string(list_slice(string_split(s, d), 1, n), d)
      WHEN n < 0 THEN array_to_string(list_slice(string_split(s, d), n, -1), d) ELSE '' END`,
  ],
  split: [
    '(s, p) AS string_split_regex(s, p)',
    `(s, p, n) AS CASE WHEN n <= 0 OR len(string_split_regex(s, p)) <= n THEN string_split_regex(s, p)
      ELSE list_append(list_slice(string_split_regex(s, p), 1, n - 1),
        regexp_extract(s, '^(?:(?:.*?)(?:' || p || ')){' || (n - 1) || '}((?s:.*))$', 1)) END`,
  ],
  split_part: [
    `(s, d, n) AS COALESCE(CASE WHEN n > 0 THEN string_split(s, d)[n] ELSE string_split(s, d)[len(string_split(s, d)) + n + 1] END, '')`,
  ],
  elt: [
    '(n, a) AS list_extract([a], n)',
    '(n, a, b) AS list_extract([a, b], n)',
    '(n, a, b, c) AS list_extract([a, b, c], n)',
  ],
  char: ['(n) AS chr(CAST(n AS INTEGER))'],
  btrim: ['(s) AS trim(s)', '(s, c) AS trim(s, c)'],
  format_number: [
    `(x, d) AS CASE WHEN d = 0 THEN format('{:,}', CAST(round(x, 0) AS BIGINT)) ELSE
      format('{:,}', CAST(trunc(round(CAST(x AS DOUBLE), d)) AS BIGINT)) || '.' || lpad(CAST(CAST(round(abs(round(CAST(x AS DOUBLE), d) - trunc(round(CAST(x AS DOUBLE), d))) * pow(10, d)) AS BIGINT) AS VARCHAR), d, '0') END`,
  ],
};

/** Java and RE2 patterns agree in all but look-arounds and back references, which DuckDB refuses. */
const patterns: Macros = {
  regexp_replace: [`(s, p, r) AS regexp_replace(s, p, regexp_replace(r, '\\$([0-9])', '\\\\\\1', 'g'), 'g')`],
  regexp_extract: ['(s, p) AS regexp_extract(s, p, 1)', '(s, p, n) AS regexp_extract(s, p, n)'],
  regexp_extract_all: ['(s, p) AS regexp_extract_all(s, p, 1)', '(s, p, n) AS regexp_extract_all(s, p, n)'],
  regexp_like: ['(s, p) AS regexp_matches(s, p)'],
  regexp_count: ['(s, p) AS CAST(len(regexp_extract_all(s, p)) AS INTEGER)'],
  regexp_instr: [
    `(s, p) AS CAST(CASE WHEN regexp_matches(s, p) THEN strpos(s, regexp_extract(s, p)) ELSE 0 END AS INTEGER)`,
  ],
  regexp_substr: ['(s, p) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p) END'],
};

const digests: Macros = {
  md5: ['(s) AS md5(s)'],
  sha1: ['(s) AS sha1(s)'],
  // Only 224, 256, 384 and 512 exist in Spark; DuckDB computes 256 alone.
  sha2: [
    `(s, n) AS CASE WHEN n IN (0, 256) THEN sha256(s) WHEN n IN (224, 384, 512) THEN error('SQL-FAULT UNSUPPORTED_FEATURE 0A000 sha2 of ' || n || ' bits') END`,
  ],
  // Of a text; for bytes see resolve-types.ts.
  base64: ['(s) AS to_base64(encode(s))'],
  unbase64: ['(s) AS from_base64(s)'],
  hex: ['(s) AS hex(s)'],
  unhex: ['(s) AS unhex(s)'],
  encode: ['(s, c) AS encode(s)'],
  decode_text: ['(s, c) AS decode(s)'],
  crc32: [
    `(s) AS xor(list_reduce(
      list_transform(range(1, strlen(s) * 2, 2), lambda i: CAST(('0x' || substring(hex(s), i, 2)) AS BIGINT)),
      lambda c, b: list_reduce(range(1, 9), lambda k, j: CASE WHEN k & 1 = 1 THEN xor(k >> 1, 3988292384) ELSE k >> 1 END, xor(c, b)),
      4294967295), 4294967295)`,
  ],
};

export const stringMacros: Macros = { ...search, ...shape, ...patterns, ...digests };
