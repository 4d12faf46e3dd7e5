import { describe, expect, test } from '@jest/globals';
import { now, table, withWorkspace } from './profiled-workspace.ts';

const profile = { kind: 'snapshot' } as const;

describe('unusual tables', () => {
  test('columns may be called window, s0, count, __w0 or contain quotes and spaces', async () => {
    await withWorkspace(async (workspace) => {
      const names = ['window', 's0', 'count', '__w0', '__c1', 'g', `it's "odd", so`];
      const quoted = names.map((name) => `1 AS "${name.replaceAll('"', '""')}"`);
      await workspace.run(`CREATE TABLE t AS SELECT TIMESTAMP '2026-07-01' AS ts, ${quoted.join(', ')}`);
      await workspace.run("INSERT INTO t SELECT TIMESTAMP '2026-07-02', 2, 2, 2, 2, 2, 2, 2");
      const profiled = {
        from: 't',
        columns: [
          { name: 'ts', typeText: 'timestamp', nullable: true },
          ...names.map((name) => ({ name, typeText: 'int', nullable: true })),
        ],
      };
      const result = await workspace.refresh({
        table: profiled,
        baseline: profiled,
        profile: {
          kind: 'inference_log',
          timestampColumn: 'ts',
          granularities: ['1 day'],
          predictionColumn: 's0',
          labelColumn: '__c1',
          modelIdColumn: '__w0',
          problemType: 'regression',
        },
        slicingExpressions: ['s0', 'window', '`it\'s "odd", so`', '`count` > 1'],
      });
      expect(result.driftRows).toBeGreaterThan(0);
      expect(
        await workspace.rows(
          `SELECT column_name, avg FROM "prod.out".profile WHERE log_type = 'BASELINE' AND __w0 = '*' AND slice_key IS NULL AND data_type = 'int' ORDER BY 1`,
        ),
      ).toEqual(names.toSorted().map((column_name) => ({ column_name, avg: 1.5 })));
    });
  });

  test('an empty table has rows with a count of 0 and no percentages', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run('CREATE TABLE t (a INT, b VARCHAR, c TIMESTAMP, d INT[])');
      const profiled = table('t', 'a int, b string, c timestamp, d array<int>');
      expect(await workspace.refresh({ table: profiled, profile, baseline: profiled })).toEqual({
        profileRows: 10,
        driftRows: 5,
      });
      expect(
        await workspace.rows(
          `SELECT column_name, "count", num_nulls, percent_null, avg, distinct_count, non_null_columns FROM "prod.out".profile WHERE log_type = 'INPUT' ORDER BY 1`,
        ),
      ).toEqual(
        [
          [':table', null, null, []],
          ['a', '0', '0', null],
          ['b', '0', '0', null],
          ['c', '0', '0', null],
          ['d', '0', null, null],
        ].map(([column_name, num_nulls, distinct_count, non_null_columns]) => ({
          column_name,
          count: '0',
          num_nulls,
          percent_null: null,
          avg: null,
          distinct_count,
          non_null_columns,
        })),
      );
    });
  });

  test('an empty time series has no rows at all', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run('CREATE TABLE t (ts TIMESTAMP)');
      const timeSeries = { kind: 'time_series', timestampColumn: 'ts', granularities: ['1 day'] } as const;
      const result = await workspace.refresh({ table: table('t', 'ts timestamp'), profile: timeSeries });
      expect(result).toEqual({ profileRows: 0, driftRows: null });
    });
  });

  test('columns without any value have no distribution and no distances', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run('CREATE TABLE t AS SELECT NULL::DOUBLE AS a, NULL::VARCHAR AS b FROM range(4)');
      await workspace.run("CREATE TABLE base AS SELECT 1.0::DOUBLE AS a, 'x' AS b");
      const columns = 'a double, b string';
      await workspace.refresh({ table: table('t', columns), baseline: table('base', columns), profile });
      expect(
        await workspace.rows(
          `SELECT column_name, num_nulls, percent_null, distinct_count, avg, quantiles, median, frequent_items FROM "prod.out".profile WHERE log_type = 'INPUT' AND column_name <> ':table' ORDER BY 1`,
        ),
      ).toEqual(
        ['a', 'b'].map((column_name) => ({
          column_name,
          num_nulls: '4',
          percent_null: 100,
          distinct_count: '0',
          avg: null,
          quantiles: null,
          median: null,
          frequent_items: null,
        })),
      );
      expect(
        await workspace.rows(
          `SELECT column_name, percent_null_delta, ks_test, js_distance FROM "prod.out".drift WHERE column_name <> ':table' ORDER BY 1`,
        ),
      ).toEqual(
        ['a', 'b'].map((column_name) => ({ column_name, percent_null_delta: 100, ks_test: null, js_distance: null })),
      );
    });
  });

  test('NaN is counted apart and infinities take part in the order only', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT unnest(['nan'::DOUBLE, 1, 2, 'inf'::DOUBLE, '-inf'::DOUBLE]) AS a, unnest(['nan'::DOUBLE, 1, 3, 5, NULL]) AS b, unnest([1e308, -1e308, 0, 0, 0]) AS c",
      );
      const columns = 'a double, b double, c double';
      await workspace.refresh({ table: table('t', columns), baseline: table('t', columns), profile });
      expect(
        await workspace.rows(
          `SELECT column_name, num_nan, min::VARCHAR AS min, max::VARCHAR AS max, median, avg::VARCHAR AS avg, stddev FROM "prod.out".profile WHERE log_type = 'INPUT' AND column_name <> ':table' ORDER BY 1`,
        ),
      ).toEqual([
        { column_name: 'a', num_nan: '1', min: '-inf', max: 'inf', median: 1, avg: null, stddev: null },
        { column_name: 'b', num_nan: '1', min: '1.0', max: '5.0', median: 3, avg: '3.0', stddev: 2 },
        { column_name: 'c', num_nan: '0', min: '-1e+308', max: '1e+308', median: 0, avg: '0.0', stddev: null },
      ]);
      expect(
        await workspace.row(
          `SELECT avg_delta, ks_test, wasserstein_distance, population_stability_index FROM "prod.out".drift WHERE column_name = 'a'`,
        ),
      ).toEqual({
        avg_delta: null,
        ks_test: { statistic: 0, pvalue: 1 },
        wasserstein_distance: 0,
        population_stability_index: 0,
      });
    });
  });

  test('one row is enough for everything but the deviation', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run('CREATE TABLE t AS SELECT 4.5::DECIMAL(10,2) AS a, true AS b');
      const profiled = table('t', 'a decimal(10,2), b boolean');
      await workspace.refresh({ table: profiled, baseline: profiled, profile });
      expect(
        await workspace.rows(
          `SELECT avg, min, max, stddev, median, distinct_count, frequent_items, min_length FROM "prod.out".profile WHERE log_type = 'INPUT' AND column_name <> ':table' ORDER BY column_name`,
        ),
      ).toEqual([
        {
          avg: 4.5,
          min: 4.5,
          max: 4.5,
          stddev: null,
          median: 4.5,
          distinct_count: '1',
          frequent_items: null,
          min_length: null,
        },
        {
          avg: null,
          min: null,
          max: null,
          stddev: null,
          median: null,
          distinct_count: '1',
          frequent_items: [{ item: 'true', count: '1' }],
          min_length: null,
        },
      ]);
      expect(await workspace.row(`SELECT ks_test FROM "prod.out".drift WHERE column_name = 'a'`)).toEqual({
        ks_test: { statistic: 0, pvalue: 1 },
      });
    });
  });

  test('the columns of both tables are those of the service, in its order', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run("CREATE TABLE t AS SELECT TIMESTAMP '2026-07-01' AS ts, 'v' AS m, 1 AS p, 1 AS y");
      const profiled = table('t', 'ts timestamp, m string, p int, y int');
      await workspace.refresh({
        table: profiled,
        baseline: profiled,
        profile: {
          kind: 'inference_log',
          timestampColumn: 'ts',
          granularities: ['1 day'],
          predictionColumn: 'p',
          labelColumn: 'y',
          modelIdColumn: 'm',
          problemType: 'classification',
        },
      });
      const names = async (name: string) =>
        (
          await workspace.row(
            `SELECT string_agg(column_name, ' ' ORDER BY column_index) AS names FROM duckdb_columns() WHERE table_name = '${name}'`,
          )
        )['names'];
      expect(await names('profile')).toBe(
        'window log_type logging_table_commit_version monitor_version granularity m slice_key slice_value column_name count data_type num_nulls avg quantiles min max stddev num_zeros num_nan min_length max_length avg_length non_null_columns frequent_items median distinct_count percent_nan percent_null percent_zeros percent_distinct accuracy_score confusion_matrix precision recall f1_score',
      );
      expect(await names('drift')).toBe(
        'window granularity monitor_version m slice_key slice_value column_name data_type window_cmp drift_type count_delta avg_delta percent_null_delta percent_zeros_delta percent_distinct_delta non_null_columns_delta js_distance ks_test wasserstein_distance population_stability_index chi_squared_test tv_distance l_infinity_distance',
      );
    });
  });

  test('nothing but the metric tables is left behind', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run('CREATE TABLE t AS SELECT 1 AS a');
      await workspace.refresh({ table: table('t', 'a int'), baseline: table('t', 'a int'), profile, now });
      expect(await workspace.rows('SELECT table_name FROM duckdb_tables() ORDER BY 1')).toEqual([
        { table_name: 'drift' },
        { table_name: 'profile' },
        { table_name: 't' },
      ]);
    });
  });
});
