import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ProfileType } from '../../src/profiler/profile-request.ts';
import { bindWindows, createWindowTable } from '../../src/storage/window-table.ts';
import { now, table, withWorkspace } from './profiled-workspace.ts';
import type { ProfiledWorkspace, RefreshRequest } from './profiled-workspace.ts';

const t = table('t', 'ts timestamp, a int, region string, model string, p string, y string');
const series: ProfileType = { kind: 'time_series', timestampColumn: 'ts', granularities: ['1 day', '1 week'] };
const log: ProfileType = {
  kind: 'inference_log',
  timestampColumn: 'ts',
  granularities: ['1 day', '1 hour'],
  predictionColumn: 'p',
  labelColumn: 'y',
  modelIdColumn: 'model',
  problemType: 'classification',
};
const memory = { objectId: 'one' };
const aggregate = (definition: string) => ({
  name: 'extra',
  kind: 'aggregate' as const,
  definition,
  inputColumns: [':table'],
  outputDataType: '{"metadata":{},"name":"output","nullable":true,"type":"double"}',
});

describe('a refresh of a table that records its changes', () => {
  test('computes the windows whose rows changed and no others', async () => {
    await withRows(async ({ bind, run, rows, refresh }) => {
      await refresh({ profile: series, commitVersion: 1, memory });
      await bind('a');
      await run("INSERT INTO t VALUES ('2026-07-14 08:00', 4, 'n', 'm', 'x', 'y')");
      await refresh({ profile: series, commitVersion: 2, memory: { ...memory, metrics: 'a' } });
      expect(await rows(versions)).toEqual([
        { granularity: '1 day', start: '2026-07-12', versions: '1' },
        { granularity: '1 day', start: '2026-07-13', versions: '1' },
        { granularity: '1 day', start: '2026-07-14', versions: '2' },
        { granularity: '1 week', start: '2026-07-06', versions: '1' },
        { granularity: '1 week', start: '2026-07-13', versions: '2' },
      ]);
    });
  });

  test.each<[string, Partial<RefreshRequest>, readonly unknown[]]>([
    ['nothing', {}, [{ versions: '1' }]],
    ['a slicing expression', { slicingExpressions: ['region'] }, [{ versions: '2' }]],
    ['a custom metric', { customMetrics: [aggregate('sum(a) + 1')] }, [{ versions: '2' }]],
    ['the monitor version', { monitorVersion: 3 }, [{ versions: '2' }]],
    ['a column of the table', { table: { ...t, columns: t.columns.slice(0, 4) } }, [{ versions: '2' }]],
    ['the metric table', { memory: { ...memory, metrics: 'b' } }, [{ versions: '2' }]],
  ])('after a change of %s', async (_what, changes, expected) => {
    await withRows(async ({ bind, rows, refresh }) => {
      const request = { profile: series, customMetrics: [aggregate('sum(a)')], memory: { ...memory, metrics: 'a' } };
      await refresh({ ...request, commitVersion: 1 });
      await bind('a');
      await refresh({ ...request, commitVersion: 2, ...changes });
      expect(await rows(distinctVersions)).toEqual(expected);
    });
  });

  test('a metric that asks for the time or a random number is computed in every window', async () => {
    for (const definition of ['max(rand())', 'max(unix_timestamp(current_timestamp())) + count(a)']) {
      await withRows(async ({ bind, rows, refresh }) => {
        const request = { profile: series, customMetrics: [aggregate(definition)] };
        await refresh({ ...request, commitVersion: 1, memory });
        await bind('a');
        await refresh({ ...request, commitVersion: 2, memory: { ...memory, metrics: 'a' } });
        expect(await rows(distinctVersions)).toEqual([{ versions: '2' }]);
      });
    }
  });

  test('a window that left the 30 days goes, and its rows with it', async () => {
    await withRows(async ({ bind, rows, refresh }) => {
      await refresh({ profile: series, commitVersion: 1, memory });
      await bind('a');
      const later = new Date(now.getTime() + 28 * 86_400_000);
      await refresh({ profile: series, commitVersion: 2, now: later, memory: { ...memory, metrics: 'a' } });
      expect(await rows(versions)).toEqual([{ granularity: '1 day', start: '2026-07-14', versions: '1' }]);
    });
  });

  test('leaves the same metrics as one that computes everything, after any history', async () => {
    const change = fc.record({
      // Five days, before the present of the tests.
      hour: fc.integer({ min: 0, max: 119 }),
      value: fc.integer({ min: -3, max: 3 }),
      action: fc.constantFrom('insert', 'raise', 'delete', 'answer'),
      region: fc.constantFrom("'n'", "'s'", "''", 'NULL'),
      answer: fc.constantFrom("'x'", "'y'", 'NULL'),
    });
    const history = fc.array(fc.array(change, { minLength: 0, maxLength: 4 }), { minLength: 2, maxLength: 4 });
    const shape = fc.record({
      profile: fc.constantFrom(series, log),
      slicingExpressions: fc.constantFrom([], ['region', 'a > 0']),
      customMetrics: fc.constantFrom([], [aggregate('sum(a)')]),
      hasBaseline: fc.boolean(),
    });
    let refreshes = 0;
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(history, shape, async (steps, { hasBaseline, ...settings }) => {
        await withRows(async ({ bind, run, rows, refresh }) => {
          await run('CREATE TABLE b AS SELECT * FROM t');
          const request = { ...settings, ...(hasBaseline ? { baseline: { ...t, from: 'b' } } : {}) };
          for (const [step, changes] of steps.entries()) {
            for (const { hour, value, action, region, answer } of changes) {
              const time = `TIMESTAMP '2026-07-10' + INTERVAL ${hour} HOUR`;
              const row = `(${time}, ${value}, ${region}, 'm${value}', ${answer}, 'x')`;
              if (action === 'insert') await run(`INSERT INTO t VALUES ${row}`);
              if (action === 'delete') await run(`DELETE FROM t WHERE a = ${value}`);
              if (action === 'raise') await run(`UPDATE t SET a = a + 1 WHERE hour(ts) > ${hour % 24}`);
              if (action === 'answer') await run(`UPDATE t SET y = ${answer} WHERE a = ${value}`);
            }
            const metrics = step === 0 ? {} : { metrics: `v${step - 1}` };
            const commitVersion = step + 1;
            await refresh({ ...request, ...incremental, commitVersion, memory: { ...memory, ...metrics } });
            await bind(`v${step}`);
            await refresh({ ...request, ...full, commitVersion });
            expect(await rows(difference('profile'))).toEqual([]);
            const drifts = await rows("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '%drift'");
            expect(drifts.length % 2).toBe(0);
            if (drifts.length > 0) expect(await rows(difference('drift'))).toEqual([]);
            refreshes += 1;
            const old = `SELECT 1 FROM "prod.out".some_profile WHERE logging_table_commit_version < ${commitVersion} LIMIT 1`;
            kept += (await rows(old)).length;
          }
        });
      }),
      { numRuns: 6, seed: 7 },
    );
    expect(refreshes).toBeGreaterThan(12);
    expect(kept).toBeGreaterThan(refreshes / 3);
  });
});

const versions = `SELECT granularity, CAST("window"."start" AS DATE)::VARCHAR AS start,
    string_agg(DISTINCT logging_table_commit_version::VARCHAR) AS versions
  FROM "prod.out".profile WHERE log_type = 'INPUT' GROUP BY ALL ORDER BY ALL`;
const distinctVersions = `SELECT DISTINCT logging_table_commit_version::VARCHAR AS versions
  FROM "prod.out".profile WHERE log_type = 'INPUT' ORDER BY 1`;
const incremental = {
  profileMetricsTable: '"prod.out"."some_profile"',
  driftMetricsTable: '"prod.out"."some_drift"',
};
const full = { profileMetricsTable: '"prod.out"."all_profile"', driftMetricsTable: '"prod.out"."all_drift"' };

/** Rows that only one of the two tables has. */
function difference(kind: 'profile' | 'drift'): string {
  const columns = kind === 'profile' ? '* EXCLUDE (logging_table_commit_version)' : '*';
  const [some, all] = ['some', 'all'].map((name) => `SELECT ${columns} FROM "prod.out".${name}_${kind}`);
  return `(${some} EXCEPT ALL ${all}) UNION ALL (${all} EXCEPT ALL ${some})`;
}

type Tools = Pick<ProfiledWorkspace, 'run' | 'rows'> & {
  /** What the caller of the profiler does once the metric table is registered. */
  readonly bind: (metrics: string) => Promise<void>;
  readonly refresh: (request: Partial<RefreshRequest>) => Promise<unknown>;
};

async function withRows(work: (tools: Tools) => Promise<void>): Promise<void> {
  await withWorkspace(async (workspace) => {
    await createWindowTable(workspace.connection);
    await workspace.run(
      `CREATE TABLE t AS SELECT TIMESTAMP '2026-07-12' + INTERVAL (i * 7) HOUR AS ts, i % 3 AS a,
         CASE i % 2 WHEN 0 THEN 'n' ELSE 's' END AS region, 'm' || i % 2 AS model, 'x' AS p,
         CASE i % 4 WHEN 0 THEN 'y' ELSE 'x' END AS y FROM range(10) r(i)`,
    );
    await work({
      ...workspace,
      bind: (metrics) => bindWindows(workspace.connection, memory.objectId, metrics),
      refresh: (request) => workspace.refresh({ table: t, profile: series, ...request }),
    });
  });
}
