import { describe, expect, test } from '@jest/globals';
import { now, table, withWorkspace } from './profiled-workspace.ts';

const profile = { kind: 'snapshot' } as const;
const oneHourLater = new Date(now.getTime() + 3_600_000);
const twoHoursLater = new Date(now.getTime() + 7_200_000);

describe('a snapshot profile', () => {
  test('has one window that starts and ends at the refresh, and no drift table', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'x'), (2, 'y')) v(a, b)");
      const result = await workspace.refresh({ table: table('t', 'a int, b string'), profile });
      expect(result).toEqual({ profileRows: 3, driftRows: null });
      expect(await workspace.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'drift'")).toEqual([]);
      expect(
        await workspace.row(
          'SELECT "window", log_type, logging_table_commit_version, monitor_version, granularity, slice_key, slice_value, "count", data_type, avg, non_null_columns FROM "prod.out".profile WHERE column_name = \':table\'',
        ),
      ).toEqual({
        window: { start: '2026-07-15 10:00:00', end: '2026-07-15 10:00:00' },
        log_type: 'INPUT',
        logging_table_commit_version: 7,
        monitor_version: '2',
        granularity: null,
        slice_key: null,
        slice_value: null,
        count: '2',
        data_type: null,
        avg: null,
        non_null_columns: ['a', 'b'],
      });
    });
  });

  test('F11 T02: percentages are on a scale from 0 to 100', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run("CREATE TABLE t AS SELECT unnest([0, 0, 4, 8, 'nan'::double, NULL, NULL, NULL]) AS a");
      await workspace.refresh({ table: table('t', 'a double'), profile });
      expect(
        await workspace.row(
          'SELECT "count", num_nulls, num_nan, num_zeros, distinct_count, percent_null, percent_nan, percent_zeros, percent_distinct FROM "prod.out".profile WHERE column_name = \'a\'',
        ),
      ).toEqual({
        count: '8',
        num_nulls: '3',
        num_nan: '1',
        num_zeros: '2',
        distinct_count: '4',
        percent_null: 37.5,
        percent_nan: 12.5,
        percent_zeros: 25,
        percent_distinct: 50,
      });
    });
  });

  test('numbers have moments, a median and 1000 quantiles by nearest rank', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run('CREATE TABLE t AS SELECT unnest([4, 1, 3, 2]) AS a');
      await workspace.refresh({ table: table('t', 'a bigint'), profile });
      expect(
        await workspace.row(
          `SELECT avg, min, max, round(stddev, 12) AS stddev, median, len(quantiles) AS length, quantiles[1] AS first, quantiles[251] AS quarter,
            quantiles[252] AS above, quantiles[501] AS half, quantiles[1000] AS last, frequent_items, min_length FROM "prod.out".profile WHERE column_name = 'a'`,
        ),
      ).toEqual({
        avg: 2.5,
        min: 1,
        max: 4,
        stddev: 1.290994448736,
        median: 2,
        length: '1000',
        first: 1,
        quarter: 1,
        above: 2,
        half: 2,
        last: 4,
        frequent_items: null,
        min_length: null,
      });
    });
  });

  test('strings have lengths and at most 100 frequent items, the most frequent first', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT 'k' || i AS a FROM range(150) r(i) UNION ALL SELECT unnest(['zz', 'zz', 'été!!', NULL])",
      );
      await workspace.refresh({ table: table('t', 'a string'), profile });
      expect(
        await workspace.row(
          `SELECT data_type, distinct_count, min_length, max_length, round(avg_length, 6) AS avg_length, len(frequent_items) AS length,
            frequent_items[1:2] AS top, avg, quantiles, num_zeros FROM "prod.out".profile WHERE column_name = 'a'`,
        ),
      ).toEqual({
        data_type: 'string',
        distinct_count: '152',
        min_length: 2,
        max_length: 5,
        avg_length: Number(((10 * 2 + 90 * 3 + 50 * 4 + 2 * 2 + 5) / 153).toFixed(6)),
        length: '100',
        top: [
          { item: 'zz', count: '2' },
          { item: 'k0', count: '1' },
        ],
        avg: null,
        quantiles: null,
        num_zeros: null,
      });
    });
  });

  test('times are epoch seconds and complex values are only counted', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run("SET TimeZone = 'America/New_York'");
      await workspace.run(
        "CREATE TABLE t AS SELECT TIMESTAMP '1970-01-01 00:01:00' AS a, TIMESTAMPTZ '1970-01-01 02:00:00+02' AS b, DATE '1970-01-02' AS c, [1, 2] AS d UNION ALL SELECT TIMESTAMP '1970-01-01 00:02:00', NULL, NULL, NULL",
      );
      await workspace.refresh({ table: table('t', 'a timestamp_ntz, b timestamp, c date, d array<int>'), profile });
      expect(
        await workspace.rows(
          `SELECT column_name, data_type, num_nulls, min, max, median, avg, quantiles, distinct_count FROM "prod.out".profile WHERE column_name <> ':table' ORDER BY column_name`,
        ),
      ).toEqual(
        [
          ['a', 'timestamp_ntz', '0', 60, 120, 60, '2'],
          ['b', 'timestamp', '1', 0, 0, 0, '1'],
          ['c', 'date', '1', 86400, 86400, 86400, '1'],
          ['d', 'array<int>', '1', null, null, null, null],
        ].map(([column_name, data_type, num_nulls, min, max, median, distinct_count]) => ({
          column_name,
          data_type,
          num_nulls,
          min,
          max,
          median,
          avg: null,
          quantiles: null,
          distinct_count,
        })),
      );
    });
  });

  test('a second refresh is compared with the first and a third only with the second', async () => {
    await withWorkspace(async (workspace) => {
      const profiled = table('t', 'a int');
      await workspace.run('CREATE TABLE t AS SELECT unnest([1, 2]) AS a');
      await workspace.refresh({ table: profiled, profile });
      await workspace.run('INSERT INTO t VALUES (6)');
      expect(await workspace.refresh({ table: profiled, profile, now: oneHourLater })).toEqual({
        profileRows: 4,
        driftRows: 2,
      });
      await workspace.refresh({ table: profiled, profile, now: twoHoursLater });
      expect(
        await workspace.rows(
          `SELECT "window"."start"::VARCHAR AS this, window_cmp."start"::VARCHAR AS other, drift_type, count_delta, avg_delta FROM "prod.out".drift WHERE column_name = 'a' ORDER BY 1`,
        ),
      ).toEqual([
        {
          this: '2026-07-15 11:00:00',
          other: '2026-07-15 10:00:00',
          drift_type: 'CONSECUTIVE',
          count_delta: '1',
          avg_delta: 1.5,
        },
        {
          this: '2026-07-15 12:00:00',
          other: '2026-07-15 11:00:00',
          drift_type: 'CONSECUTIVE',
          count_delta: '0',
          avg_delta: 0,
        },
      ]);
    });
  });

  test('a refresh at the same moment replaces the window', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run('CREATE TABLE t AS SELECT 1 AS a');
      await workspace.refresh({ table: table('t', 'a int'), profile });
      expect(await workspace.refresh({ table: table('t', 'a int'), profile })).toEqual({
        profileRows: 2,
        driftRows: null,
      });
    });
  });

  test('a baseline has rows without a window and drift from the first refresh on', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'x'), (3, 'y')) v(a, b)");
      await workspace.run('CREATE TABLE base AS SELECT unnest([1, 1, 1]) AS a, NULL::VARCHAR AS b, 9 AS extra');
      const result = await workspace.refresh({
        table: table('t', 'a int, b string'),
        baseline: table('base', 'a int, b string, extra int'),
        profile,
      });
      expect(result).toEqual({ profileRows: 6, driftRows: 3 });
      expect(
        await workspace.row(
          `SELECT "window", granularity, avg FROM "prod.out".profile WHERE log_type = 'BASELINE' AND column_name = 'a'`,
        ),
      ).toEqual({ window: null, granularity: null, avg: 1 });
      expect(
        await workspace.rows(
          'SELECT column_name, window_cmp, drift_type, count_delta, avg_delta, percent_null_delta, non_null_columns_delta FROM "prod.out".drift ORDER BY 1',
        ),
      ).toEqual(
        [
          [':table', null, null, { added: 1, missing: 0 }],
          ['a', 1, 0, null],
          ['b', null, -100, null],
        ].map(([column_name, avg_delta, percent_null_delta, non_null_columns_delta]) => ({
          column_name,
          window_cmp: null,
          drift_type: 'BASELINE',
          count_delta: '-1',
          avg_delta,
          percent_null_delta,
          non_null_columns_delta,
        })),
      );
    });
  });

  test('F12: numbers and categories fill different families of drift metrics', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT i AS a, CASE WHEN i < 5 THEN 'x' ELSE 'y' END AS b, TIMESTAMP '2026-01-01' AS c FROM range(10) r(i)",
      );
      await workspace.run(
        "CREATE TABLE base AS SELECT i + 5 AS a, 'x' AS b, TIMESTAMP '2026-01-01' AS c FROM range(10) r(i)",
      );
      const columns = 'a bigint, b string, c timestamp';
      await workspace.refresh({ table: table('t', columns), baseline: table('base', columns), profile });
      const metrics =
        'js_distance, ks_test, wasserstein_distance, population_stability_index IS NOT NULL AS psi, chi_squared_test, tv_distance, l_infinity_distance';
      expect(await workspace.row(`SELECT ${metrics} FROM "prod.out".drift WHERE column_name = 'a'`)).toEqual({
        js_distance: null,
        // Element 0 of the quantiles repeats the smallest value: 501 entries are below the reference, not 500.
        ks_test: { statistic: 0.501, pvalue: expect.any(Number) },
        wasserstein_distance: 5,
        psi: true,
        chi_squared_test: null,
        tv_distance: null,
        l_infinity_distance: null,
      });
      expect(await workspace.row(`SELECT ${metrics} FROM "prod.out".drift WHERE column_name = 'b'`)).toEqual({
        js_distance: expect.closeTo(0.464501404022459, 12),
        ks_test: null,
        wasserstein_distance: null,
        psi: false,
        chi_squared_test: { statistic: expect.closeTo(20 / 3, 12), pvalue: expect.closeTo(0.009823274507519235, 12) },
        tv_distance: 0.5,
        l_infinity_distance: 0.5,
      });
      expect(
        await workspace.row(
          `SELECT coalesce(js_distance, wasserstein_distance, population_stability_index, tv_distance) AS any_distance FROM "prod.out".drift WHERE column_name = 'c'`,
        ),
      ).toEqual({ any_distance: null });
    });
  });
});
