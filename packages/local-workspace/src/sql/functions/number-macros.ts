import { raise } from './macro.ts';
import type { Macros } from './macro.ts';

const divisionByZero = raise(
  'DIVIDE_BY_ZERO 22012',
  `'Division by zero. Use \`try_divide\` to tolerate divisor being 0 and return NULL instead.'`,
);

/** DuckDB answers infinity or NULL where ANSI mode raises DIVIDE_BY_ZERO. */
const division: Macros = {
  nonzero: [`(x) AS CASE WHEN x = 0 THEN ${divisionByZero} ELSE x END`],
  // Stands for a division until its operands are known; see resolve-types.ts.
  div: [`(a, b) AS a / CASE WHEN b = 0 THEN ${divisionByZero} ELSE b END`],
  try_divide: ['(a, b) AS CASE WHEN b = 0 THEN NULL ELSE a / b END'],
  mod: [`(a, b) AS a % CASE WHEN b = 0 THEN ${divisionByZero} ELSE b END`],
  try_mod: ['(a, b) AS CASE WHEN b = 0 THEN NULL ELSE a % b END'],
  pmod: [`(a, b) AS ((a % CASE WHEN b = 0 THEN ${divisionByZero} ELSE b END) + b) % b`],
};

const arithmetic: Macros = {
  try_add: ['(a, b) AS TRY(a + b)'],
  try_subtract: ['(a, b) AS TRY(a - b)'],
  try_multiply: ['(a, b) AS TRY(a * b)'],
  negative: ['(x) AS -x'],
  positive: ['(x) AS x'],
  sign: ['(x) AS CAST(sign(x) AS DOUBLE)'],
  bround: ['(x) AS round_even(x, 0)', '(x, d) AS round_even(x, d)'],
  rint: ['(x) AS round_even(CAST(x AS DOUBLE), 0)'],
  ceil: ['(x) AS CAST(ceil(x) AS BIGINT)'],
  floor: ['(x) AS CAST(floor(x) AS BIGINT)'],
  log: ['(x) AS ln(x)', '(b, x) AS ln(x) / ln(b)'],
  log1p: ['(x) AS ln(1 + x)'],
  expm1: ['(x) AS exp(x) - 1'],
  hypot: ['(a, b) AS sqrt(a * a + b * b)'],
  e: ['() AS exp(1.0)'],
  power: ['(a, b) AS CAST(pow(a, b) AS DOUBLE)'],
  factorial: ['(n) AS CAST(factorial(CAST(n AS INTEGER)) AS BIGINT)'],
  rand: ['() AS random()', '(seed) AS random()'],
  randn: [
    '() AS sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())',
    '(seed) AS sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())',
  ],
  isnan: ['(x) AS COALESCE(isnan(CAST(x AS DOUBLE)), false)'],
  nanvl: ['(a, b) AS CASE WHEN isnan(CAST(a AS DOUBLE)) THEN CAST(b AS DOUBLE) ELSE CAST(a AS DOUBLE) END'],
  width_bucket: [
    `(x, a, b, n) AS CAST(CASE WHEN x < a THEN 0 WHEN x >= b THEN n + 1 ELSE floor((x - a) * n / CAST(b - a AS DOUBLE)) + 1 END AS BIGINT)`,
  ],
};

const bits: Macros = {
  bin: ['(n) AS bin(CAST(n AS BIGINT))'],
  conv: [
    `(s, a, b) AS upper(to_base(list_reduce(list_transform(string_split(lower(CAST(s AS VARCHAR)), ''),
      lambda c: CAST(strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1 AS BIGINT)), lambda x, y: x * a + y), b))`,
  ],
  shiftleft: ['(a, n) AS a << n'],
  shiftright: ['(a, n) AS a >> n'],
  bit_get: ['(a, n) AS CAST((CAST(a AS BIGINT) >> n) & 1 AS TINYINT)'],
};

export const numberMacros: Macros = { ...division, ...arithmetic, ...bits };
