import { raise } from './macro.ts';
import type { Macros } from './macro.ts';

/** DuckDB variables that are set on a connection before each statement; see `prepareConnection`. */
export const nowVariable = 'dpo_now';

/** The clock is a variable, not a literal, because a view must see the time of its reader. */
const clock: Macros = {
  now: [`() AS COALESCE(CAST(getvariable('${nowVariable}') AS TIMESTAMP), CAST(now() AS TIMESTAMP))`],
  current_date: ['() AS CAST("__sql".now() AS DATE)'],
};

const arithmetic: Macros = {
  date_add: ['(d, n) AS CAST(d AS DATE) + CAST(n AS INTEGER)'],
  date_sub: ['(d, n) AS CAST(d AS DATE) - CAST(n AS INTEGER)'],
  datediff: ["(a, b) AS CAST(date_diff('day', CAST(b AS DATE), CAST(a AS DATE)) AS INTEGER)"],
  add_months: ['(d, n) AS CAST(CAST(d AS DATE) + to_months(CAST(n AS INTEGER)) AS DATE)'],
  last_day: ['(d) AS last_day(CAST(d AS DATE))'],
  next_day: [
    `(d, w) AS CAST(CAST(d AS DATE) + 1 + CAST((list_position(['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'], upper(left(w, 2))) - 1 - dayofweek(CAST(d AS DATE) + 1) + 7) % 7 AS INTEGER) AS DATE)`,
  ],
  months_between: [
    `(a, b) AS CASE WHEN day(CAST(a AS TIMESTAMP)) = day(CAST(b AS TIMESTAMP))
      OR (CAST(a AS DATE) = last_day(CAST(a AS DATE)) AND CAST(b AS DATE) = last_day(CAST(b AS DATE)))
      THEN CAST((year(CAST(a AS TIMESTAMP)) - year(CAST(b AS TIMESTAMP))) * 12 + month(CAST(a AS TIMESTAMP)) - month(CAST(b AS TIMESTAMP)) AS DOUBLE)
      ELSE round((year(CAST(a AS TIMESTAMP)) - year(CAST(b AS TIMESTAMP))) * 12 + month(CAST(a AS TIMESTAMP)) - month(CAST(b AS TIMESTAMP))
        + (epoch(CAST(a AS TIMESTAMP)) - epoch(date_trunc('month', CAST(a AS TIMESTAMP))) - epoch(CAST(b AS TIMESTAMP)) + epoch(date_trunc('month', CAST(b AS TIMESTAMP)))) / 2678400.0, 8) END`,
  ],
  timestampdiff: ['(u, a, b) AS date_sub(u, CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP))'],
  timestampadd: ["(u, n, t) AS CAST(t AS TIMESTAMP) + CAST(n || ' ' || u AS INTERVAL)"],
  // A date stays a date; see resolve-types.ts.
  day_interval: ['(d, i) AS d + i'],
  interval: ['(t) AS CAST(t AS INTERVAL)'],
  make_interval: [
    '(y) AS to_years(y)',
    '(y, m) AS to_years(y) + to_months(m)',
    '(y, m, w) AS to_years(y) + to_months(m) + to_weeks(w)',
    '(y, m, w, d) AS to_years(y) + to_months(m) + to_weeks(w) + to_days(d)',
    '(y, m, w, d, h) AS to_years(y) + to_months(m) + to_weeks(w) + to_days(d) + to_hours(h)',
    '(y, m, w, d, h, n) AS to_years(y) + to_months(m) + to_weeks(w) + to_days(d) + to_hours(h) + to_minutes(n)',
    '(y, m, w, d, h, n, s) AS to_years(y) + to_months(m) + to_weeks(w) + to_days(d) + to_hours(h) + to_minutes(n) + to_seconds(s)',
  ],
};

/** Units of trunc and date_trunc that DuckDB does not know by their Spark names. */
const unit = (name: string): string =>
  `CASE upper(${name}) WHEN 'YYYY' THEN 'year' WHEN 'YY' THEN 'year' WHEN 'MM' THEN 'month' WHEN 'MON' THEN 'month' WHEN 'DD' THEN 'day' ELSE lower(${name}) END`;

const parts: Macros = {
  date_trunc: [`(u, t) AS CAST(date_trunc(${unit('u')}, CAST(t AS TIMESTAMP)) AS TIMESTAMP)`],
  trunc: [`(d, u) AS CAST(date_trunc(${unit('u')}, CAST(d AS DATE)) AS DATE)`],
  dayofweek: ['(d) AS CAST(dayofweek(CAST(d AS DATE)) + 1 AS INTEGER)'],
  weekday: ['(d) AS CAST(isodow(CAST(d AS DATE)) - 1 AS INTEGER)'],
  year: ['(d) AS CAST(year(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  quarter: ['(d) AS CAST(quarter(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  month: ['(d) AS CAST(month(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  weekofyear: ['(d) AS CAST(weekofyear(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  dayofyear: ['(d) AS CAST(dayofyear(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  dayofmonth: ['(d) AS CAST(day(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  day: ['(d) AS CAST(day(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  hour: ['(d) AS CAST(hour(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  minute: ['(d) AS CAST(minute(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  second: ['(d) AS CAST(second(CAST(d AS TIMESTAMP)) AS INTEGER)'],
  dayname: ['(d) AS left(dayname(CAST(d AS DATE)), 3)'],
  monthname: ['(d) AS left(monthname(CAST(d AS DATE)), 3)'],
  window: [
    `(t, i) AS {'start': time_bucket(CAST(i AS INTERVAL), CAST(t AS TIMESTAMP), TIMESTAMP '1970-01-01'),
      'end': time_bucket(CAST(i AS INTERVAL), CAST(t AS TIMESTAMP), TIMESTAMP '1970-01-01') + CAST(i AS INTERVAL)}`,
  ],
};

const epochs: Macros = {
  unix_timestamp: [
    '() AS CAST(floor(epoch("__sql".now())) AS BIGINT)',
    '(t) AS CAST(floor(epoch(CAST(t AS TIMESTAMP))) AS BIGINT)',
    `(t, f) AS CAST(floor(epoch(strptime(t, f))) AS BIGINT)`,
  ],
  unix_date: ["(d) AS CAST(date_diff('day', DATE '1970-01-01', CAST(d AS DATE)) AS INTEGER)"],
  date_from_unix_date: ["(n) AS CAST(DATE '1970-01-01' + CAST(n AS INTEGER) AS DATE)"],
  unix_seconds: ['(t) AS CAST(floor(epoch(CAST(t AS TIMESTAMP))) AS BIGINT)'],
  unix_millis: ['(t) AS epoch_ms(CAST(t AS TIMESTAMP))'],
  unix_micros: ['(t) AS epoch_us(CAST(t AS TIMESTAMP))'],
  timestamp_seconds: ['(n) AS make_timestamp(CAST(n * 1000000 AS BIGINT))'],
  timestamp_millis: ['(n) AS make_timestamp(CAST(n AS BIGINT) * 1000)'],
  timestamp_micros: ['(n) AS make_timestamp(CAST(n AS BIGINT))'],
};

const notATime = raise('CANNOT_PARSE_TIMESTAMP 22007', `'text ''' || s || ''' could not be parsed'`);

/** The format `f` is in the notation of strftime; see date-pattern.ts. */
const texts: Macros = {
  date_format: ['(t, f) AS strftime(CAST(t AS TIMESTAMP), f)'],
  from_unixtime: [
    `(n) AS strftime(make_timestamp(CAST(n AS BIGINT) * 1000000), '%Y-%m-%d %H:%M:%S')`,
    `(n, f) AS strftime(make_timestamp(CAST(n AS BIGINT) * 1000000), f)`,
  ],
  to_timestamp: [
    '(t) AS CAST(t AS TIMESTAMP)',
    `(s, f) AS COALESCE(try_strptime(s, f), CASE WHEN s IS NOT NULL THEN ${notATime} END)`,
  ],
  to_date: [
    '(t) AS CAST(t AS DATE)',
    `(s, f) AS CAST(COALESCE(try_strptime(s, f), CASE WHEN s IS NOT NULL THEN ${notATime} END) AS DATE)`,
  ],
  try_to_timestamp: ['(t) AS TRY_CAST(t AS TIMESTAMP)', '(s, f) AS try_strptime(s, f)'],
  try_to_date: ['(t) AS TRY_CAST(t AS DATE)', '(s, f) AS CAST(try_strptime(s, f) AS DATE)'],
  make_date: ['(y, m, d) AS make_date(CAST(y AS BIGINT), CAST(m AS BIGINT), CAST(d AS BIGINT))'],
  make_timestamp: [
    '(y, m, d, h, n, s) AS make_timestamp(CAST(y AS BIGINT), CAST(m AS BIGINT), CAST(d AS BIGINT), CAST(h AS BIGINT), CAST(n AS BIGINT), CAST(s AS DOUBLE))',
  ],
  from_utc_timestamp: [`(t, z) AS timezone(z, timezone('UTC', CAST(t AS TIMESTAMP)))`],
  to_utc_timestamp: [`(t, z) AS timezone('UTC', timezone(z, CAST(t AS TIMESTAMP)))`],
  convert_timezone: [
    `(z, t) AS timezone(z, timezone('UTC', CAST(t AS TIMESTAMP)))`,
    '(a, z, t) AS timezone(z, timezone(a, CAST(t AS TIMESTAMP)))',
  ],
  current_timezone: [`() AS 'Etc/UTC'`],
};

export const dateMacros: Macros = { ...clock, ...arithmetic, ...parts, ...epochs, ...texts };
