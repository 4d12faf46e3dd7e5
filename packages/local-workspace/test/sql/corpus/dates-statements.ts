import type { CorpusStatement } from './corpus.ts';

/** Dates, timestamps and intervals. */
export const datesStatements: readonly CorpusStatement[] = [
  [
    "SELECT date_add(DATE'2026-01-01', 1), date_sub(current_date(), 2), DATE'2026-01-01' + 1, DATE'2026-01-03' - 1, datediff(DATE'2026-01-03', DATE'2026-01-01'), date_diff(DATE'2026-01-01', DATE'2026-01-03')",
    [['2026-01-02', '2025-12-31', '2026-01-02', '2026-01-02', '2', '-2']],
  ],
  [
    "SELECT add_months(DATE'2026-01-31', 1), last_day(DATE'2026-02-03'), next_day(DATE'2026-01-01', 'MON'), months_between(DATE'2026-03-31', DATE'2026-02-28'), months_between(DATE'2026-03-15', DATE'2026-01-01')",
    [['2026-02-28', '2026-02-28', '2026-01-05', '1.0', '2.4516129']],
  ],
  [
    "SELECT DATE'2026-01-31' + INTERVAL 1 MONTH, current_date() - INTERVAL 7 DAYS, DATE'2026-01-01' + INTERVAL 12 HOURS, TIMESTAMP'2026-01-08 00:00:00' + INTERVAL -7 DAY",
    [['2026-02-28', '2025-12-26', '2026-01-01T12:00:00.000Z', '2026-01-01T00:00:00.000Z']],
  ],
  [
    "SELECT TIMESTAMP'2026-01-01 00:00:00' + INTERVAL 1 DAY 2 HOURS, TIMESTAMP'2026-01-01 00:00:00' + INTERVAL '1 02:03' DAY TO MINUTE, DATE'2026-01-01' + INTERVAL '1-2' YEAR TO MONTH, current_timestamp() - INTERVAL '7 days', TIMESTAMP'2026-01-01 00:00:00' + make_interval(0, 0, 0, 1)",
    [
      [
        '2026-01-02T02:00:00.000Z',
        '2026-01-02T02:03:00.000Z',
        '2027-03-01',
        '2025-12-26T03:04:05.000Z',
        '2026-01-02T00:00:00.000Z',
      ],
    ],
  ],
  [
    "SELECT timestampdiff(HOUR, TIMESTAMP'2026-01-01 00:00:00', TIMESTAMP'2026-01-01 05:30:00'), timestampadd(DAY, 1, TIMESTAMP'2026-01-01 00:00:00'), dateadd(HOUR, 2, TIMESTAMP'2026-01-01 00:00:00'), datediff(DAY, DATE'2026-01-01', DATE'2026-01-05'), date_diff(MONTH, DATE'2026-01-31', DATE'2026-03-30')",
    [['5', '2026-01-02T00:00:00.000Z', '2026-01-01T02:00:00.000Z', '4', '1']],
  ],
  [
    "SELECT date_trunc('MONTH', TIMESTAMP'2026-01-15 12:34:56'), date_trunc('WEEK', DATE'2026-01-15'), date_trunc('hour', TIMESTAMP'2026-01-15 12:34:56'), trunc(DATE'2026-05-15', 'MM'), trunc(DATE'2026-05-15', 'YEAR'), trunc(DATE'2026-05-15', 'quarter')",
    [
      [
        '2026-01-01T00:00:00.000Z',
        '2026-01-12T00:00:00.000Z',
        '2026-01-15T12:00:00.000Z',
        '2026-05-01',
        '2026-01-01',
        '2026-04-01',
      ],
    ],
  ],
  [
    'SELECT year(day), quarter(day), month(day), weekofyear(day), dayofyear(day), dayofmonth(day), day(day), dayofweek(day), weekday(day), hour(at), minute(at), second(at) FROM churn WHERE id = 2',
    [['2026', '1', '1', '1', '2', '2', '2', '6', '4', '12', '30', '0']],
  ],
  [
    "SELECT EXTRACT(MONTH FROM day), EXTRACT(HOUR FROM at), date_part('year', day), dayname(day), monthname(day) FROM churn WHERE id = 2",
    [['1', '12', '2026', 'Fri', 'Jan']],
  ],
  [
    "SELECT unix_timestamp('2026-01-01 00:00:00'), unix_timestamp('01/02/2026', 'dd/MM/yyyy'), unix_timestamp(at), to_unix_timestamp('1970-01-01 00:01:00'), from_unixtime(0), from_unixtime(86400, 'yyyy-MM-dd') FROM churn WHERE id = 1",
    [['1767225600', '1769904000', '1767268800', '60', '1970-01-01 00:00:00', '1970-01-02']],
  ],
  [
    "SELECT to_timestamp('2026-01-01 10:00:00'), to_timestamp('01/02/2026 03:04', 'dd/MM/yyyy HH:mm'), to_date('2026-01-01'), to_date('01.02.2026', 'dd.MM.yyyy'), try_to_timestamp('x'), date('2026-01-01'), timestamp('2026-01-01')",
    [
      [
        '2026-01-01T10:00:00.000Z',
        '2026-02-01T03:04:00.000Z',
        '2026-01-01',
        '2026-02-01',
        null,
        '2026-01-01',
        '2026-01-01T00:00:00.000Z',
      ],
    ],
  ],
  [
    "SELECT date_format(TIMESTAMP'2026-01-05 09:04:56.789', 'EEE d MMM yyyy HH:mm:ss.SSS'), date_format(DATE'2026-01-05', 'yyyy-MM-dd'), date_format(TIMESTAMP'2026-01-05 15:04:00', \"hh:mm a 'o''clock'\"), date_format(DATE'2026-01-05', 'EEEE, MMMM')",
    [['Mon 5 Jan 2026 09:04:56.789', '2026-01-05', "03:04 PM o'clock", 'Monday, January']],
  ],
  [
    "SELECT make_date(2026, 1, 2), make_timestamp(2026, 1, 2, 3, 4, 5.5), unix_date(DATE'1970-01-02'), date_from_unix_date(1), timestamp_seconds(1), timestamp_millis(1500), timestamp_micros(1500000), unix_millis(at), unix_seconds(at) FROM churn WHERE id = 1",
    [
      [
        '2026-01-02',
        '2026-01-02T03:04:05.500Z',
        '1',
        '1970-01-02',
        '1970-01-01T00:00:01.000Z',
        '1970-01-01T00:00:01.500Z',
        '1970-01-01T00:00:01.500Z',
        '1767268800000',
        '1767268800',
      ],
    ],
  ],
  [
    "SELECT to_utc_timestamp(TIMESTAMP'2026-07-01 12:00:00', 'Europe/Berlin'), from_utc_timestamp(TIMESTAMP'2026-07-01 12:00:00', 'Europe/Berlin'), convert_timezone('UTC', 'America/New_York', TIMESTAMP'2026-07-01 12:00:00')",
    [['2026-07-01T10:00:00.000Z', '2026-07-01T14:00:00.000Z', '2026-07-01T08:00:00.000Z']],
  ],
  [
    "SELECT window(at, '1 day').start, window(at, '1 hour').end FROM churn WHERE id = 1",
    [['2026-01-01T00:00:00.000Z', '2026-01-01T13:00:00.000Z']],
  ],
  [
    "SELECT window.start AS s, window.end, count(*) AS n FROM churn WHERE at IS NOT NULL GROUP BY window(at, '1 day') ORDER BY s",
    [
      ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '1'],
      ['2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z', '1'],
    ],
  ],
  [
    "SELECT window, count(*) FROM churn WHERE at IS NOT NULL GROUP BY window(at, '1 week')",
    [['{"start":"2026-01-01T00:00:00.000Z","end":"2026-01-08T00:00:00.000Z"}', '2']],
  ],
  [
    "SELECT sequence(DATE'2026-01-01', DATE'2026-01-03'), sequence(DATE'2026-01-01', DATE'2026-03-01', INTERVAL 1 MONTH)",
    [['["2026-01-01","2026-01-02","2026-01-03"]', '["2026-01-01","2026-02-01","2026-03-01"]']],
  ],
  [
    "SELECT count(*) FROM churn WHERE at > '2026-01-01' AND day <= '2026-01-02' AND day BETWEEN DATE'2026-01-01' AND current_date()",
    [['2']],
  ],
];
