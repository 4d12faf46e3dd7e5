import { describe, expect, test } from '@jest/globals';
import { now, table, withWorkspace } from './profiled-workspace.ts';

const columns = 'ts timestamp, a int, region string';

function timeSeries(...granularities: readonly string[]) {
  return { kind: 'time_series', timestampColumn: 'ts', granularities } as const;
}

const windows = `SELECT granularity, "window"."start"::VARCHAR AS start, "window"."end"::VARCHAR AS "end", "count"
  FROM "prod.out".profile WHERE column_name = ':table' AND slice_key IS NULL ORDER BY granularity, start`;

describe('a time series profile', () => {
  test('has one set of windows for each granularity', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT * FROM (VALUES (TIMESTAMP '2026-07-14 00:00', 1, 'n'), (TIMESTAMP '2026-07-14 23:59:59', 3, 'n'), (TIMESTAMP '2026-07-15 00:31', 5, 's')) v(ts, a, region)",
      );
      await workspace.refresh({ table: table('t', columns), profile: timeSeries('1 day', '30 minutes', '1 week') });
      expect(await workspace.rows(windows)).toEqual([
        { granularity: '1 day', start: '2026-07-14 00:00:00', end: '2026-07-15 00:00:00', count: '2' },
        { granularity: '1 day', start: '2026-07-15 00:00:00', end: '2026-07-16 00:00:00', count: '1' },
        { granularity: '1 week', start: '2026-07-13 00:00:00', end: '2026-07-20 00:00:00', count: '3' },
        { granularity: '30 minutes', start: '2026-07-14 00:00:00', end: '2026-07-14 00:30:00', count: '1' },
        { granularity: '30 minutes', start: '2026-07-14 23:30:00', end: '2026-07-15 00:00:00', count: '1' },
        { granularity: '30 minutes', start: '2026-07-15 00:30:00', end: '2026-07-15 01:00:00', count: '1' },
      ]);
    });
  });

  test.each([
    ['5 minutes', '2026-07-15 09:55:00', '2026-07-15 10:00:00'],
    ['1 hour', '2026-07-15 09:00:00', '2026-07-15 10:00:00'],
    ['1 week', '2026-07-13 00:00:00', '2026-07-20 00:00:00'],
    ['2 weeks', '2026-07-13 00:00:00', '2026-07-27 00:00:00'],
    ['3 weeks', '2026-07-06 00:00:00', '2026-07-27 00:00:00'],
    ['4 weeks', '2026-07-13 00:00:00', '2026-08-10 00:00:00'],
    ['1 month', '2026-07-01 00:00:00', '2026-08-01 00:00:00'],
    ['1 year', '2026-01-01 00:00:00', '2027-01-01 00:00:00'],
  ])('a window of %s starts at %s', async (granularity, start, end) => {
    await withWorkspace(async (workspace) => {
      await workspace.run("CREATE TABLE t AS SELECT TIMESTAMP '2026-07-15 09:57' AS ts, 1 AS a, 'n' AS region");
      await workspace.refresh({ table: table('t', columns), profile: timeSeries(granularity) });
      expect(await workspace.rows(windows)).toEqual([{ granularity, start, end, count: '1' }]);
    });
  });

  test('an unknown granularity is refused', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run("CREATE TABLE t AS SELECT now() AS ts, 1 AS a, 'n' AS region");
      const refresh = workspace.refresh({ table: table('t', columns), profile: timeSeries('7 hours') });
      await expect(refresh).rejects.toThrow("unknown granularity '7 hours'");
    });
  });

  test('reads 30 days back and drops the window that the cut-off falls into', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT TIMESTAMP '2026-05-01' + INTERVAL (i) DAY + INTERVAL 12 HOUR AS ts, 1 AS a, 'n' AS region FROM range(90) r(i)",
      );
      await workspace.refresh({ table: table('t', columns), profile: timeSeries('1 day', '1 month') });
      const found = await workspace.rows(windows);
      expect(found.length).toBe(31);
      expect(found[0]).toEqual({
        granularity: '1 day',
        start: '2026-06-16 00:00:00',
        end: '2026-06-17 00:00:00',
        count: '1',
      });
      expect(found[29]?.['start']).toBe('2026-07-15 00:00:00');
      expect(found[30]).toEqual({
        granularity: '1 month',
        start: '2026-07-01 00:00:00',
        end: '2026-08-01 00:00:00',
        count: '29',
      });
    });
  });

  test('a window is compared with the one right before it and not across a gap', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT * FROM (VALUES (TIMESTAMP '2026-07-01', 1, 'n'), (TIMESTAMP '2026-07-02', 5, 'n'), (TIMESTAMP '2026-07-04', 7, 'n')) v(ts, a, region)",
      );
      const result = await workspace.refresh({ table: table('t', columns), profile: timeSeries('1 day') });
      expect(result).toEqual({ profileRows: 12, driftRows: 4 });
      expect(
        await workspace.row(
          `SELECT "window"."start"::VARCHAR AS this, window_cmp."start"::VARCHAR AS start, window_cmp."end"::VARCHAR AS "end", granularity, monitor_version, data_type, avg_delta FROM "prod.out".drift WHERE column_name = 'a'`,
        ),
      ).toEqual({
        this: '2026-07-02 00:00:00',
        start: '2026-07-01 00:00:00',
        end: '2026-07-02 00:00:00',
        granularity: '1 day',
        monitor_version: '2',
        data_type: 'int',
        avg_delta: 4,
      });
    });
  });

  test('two windows with a gap between them make no drift table', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT * FROM (VALUES (TIMESTAMP '2026-07-01', 1, 'n'), (TIMESTAMP '2026-07-03', 5, 'n')) v(ts, a, region)",
      );
      const result = await workspace.refresh({ table: table('t', columns), profile: timeSeries('1 day') });
      expect(result.driftRows).toBeNull();
    });
  });

  test('each refresh computes all windows again, and an old drift table does not keep rows of windows that are gone', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT * FROM (VALUES (TIMESTAMP '2026-07-01', 1, 'n'), (TIMESTAMP '2026-07-02', 5, 'n')) v(ts, a, region)",
      );
      const request = { table: table('t', columns), profile: timeSeries('1 day') };
      await workspace.refresh(request);
      expect(await workspace.refresh({ ...request, monitorVersion: 3 })).toEqual({ profileRows: 8, driftRows: 4 });
      const later = new Date(now.getTime() + 60 * 86_400_000);
      expect(await workspace.refresh({ ...request, now: later })).toEqual({ profileRows: 0, driftRows: 0 });
      expect(await workspace.rows('SELECT * FROM "prod.out".drift')).toEqual([]);
    });
  });

  test('slices are the distinct values of a column or of an expression', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT * FROM (VALUES (TIMESTAMP '2026-07-01', 1, 'n'), (TIMESTAMP '2026-07-01', 5, 's'), (TIMESTAMP '2026-07-01', 7, NULL)) v(ts, a, region)",
      );
      const slicingExpressions = ['region', '`a` > 4 AND region <> "x"'];
      await workspace.refresh({ table: table('t', columns), profile: timeSeries('1 day'), slicingExpressions });
      expect(
        await workspace.rows(
          `SELECT slice_key, slice_value, "count", avg FROM "prod.out".profile WHERE column_name = 'a' ORDER BY slice_key NULLS FIRST, slice_value`,
        ),
      ).toEqual([
        { slice_key: null, slice_value: null, count: '3', avg: 13 / 3 },
        { slice_key: '`a` > 4 AND region <> "x"', slice_value: 'false', count: '1', avg: 1 },
        { slice_key: '`a` > 4 AND region <> "x"', slice_value: 'true', count: '1', avg: 5 },
        { slice_key: 'region', slice_value: 'n', count: '1', avg: 1 },
        { slice_key: 'region', slice_value: 's', count: '1', avg: 5 },
      ]);
    });
  });

  test('F16: only the 100 most frequent values of an expression are slices', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT TIMESTAMP '2026-07-01' AS ts, 1 AS a, 'k' || i AS region FROM range(140) r(i), range(CASE WHEN i >= 130 THEN 2 ELSE 1 END)",
      );
      await workspace.refresh({
        table: table('t', columns),
        baseline: table("(SELECT *, FROM t WHERE region <> 'k135')", columns),
        profile: timeSeries('1 day'),
        slicingExpressions: ['region'],
      });
      const slices = (logType: string): string =>
        `SELECT count(*) AS slices, count(*) FILTER ("count" = 2) AS doubled FROM "prod.out".profile WHERE log_type = '${logType}' AND column_name = ':table' AND slice_key = 'region'`;
      expect(await workspace.row(slices('INPUT'))).toEqual({ slices: '100', doubled: '10' });
      expect(await workspace.row(slices('BASELINE'))).toEqual({ slices: '99', doubled: '9' });
    });
  });

  test('a slice is compared with the same slice only', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT * FROM (VALUES (TIMESTAMP '2026-07-01', 1, 'n'), (TIMESTAMP '2026-07-02', 5, 'n'), (TIMESTAMP '2026-07-02', 7, 's')) v(ts, a, region)",
      );
      await workspace.refresh({
        table: table('t', columns),
        profile: timeSeries('1 day'),
        slicingExpressions: ['region'],
      });
      expect(
        await workspace.rows(
          `SELECT slice_value, avg_delta FROM "prod.out".drift WHERE column_name = 'a' ORDER BY slice_value NULLS FIRST`,
        ),
      ).toEqual([
        { slice_value: null, avg_delta: 5 },
        { slice_value: 'n', avg_delta: 4 },
      ]);
    });
  });

  test.each([
    ['text', "'2026-07-01 05:00:00'", 'string'],
    ['a date', "DATE '2026-07-01'", 'date'],
    ['epoch seconds', '1782882000', 'bigint'],
    ['a zoned timestamp', "TIMESTAMPTZ '2026-07-01 02:00:00+02'", 'timestamp'],
  ])('the time column may be %s', async (_, value, type) => {
    await withWorkspace(async (workspace) => {
      await workspace.run(`CREATE TABLE t AS SELECT ${value} AS ts, 1 AS a, 'n' AS region`);
      await workspace.refresh({ table: table('t', `ts ${type}, a int`), profile: timeSeries('1 day') });
      expect((await workspace.row(windows))['start']).toBe('2026-07-01 00:00:00');
    });
  });
});
