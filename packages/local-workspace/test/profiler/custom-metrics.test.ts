import { describe, expect, test } from '@jest/globals';
import type { CustomMetric } from '../../src/profiler/custom-metric.ts';
import { table, withWorkspace } from './profiled-workspace.ts';

const double = '{"metadata":{},"name":"output","nullable":true,"type":"double"}';
const text = '{"metadata":{},"name":"output","nullable":true,"type":"string"}';
const profile = { kind: 'time_series', timestampColumn: 'at', granularities: ['1 day'] } as const;
const data = `CREATE TABLE t AS SELECT * FROM (VALUES
  (TIMESTAMP '2026-07-10 01:00', 1, 10.0, 'a'), (TIMESTAMP '2026-07-10 02:00', 3, NULL, 'b'),
  (TIMESTAMP '2026-07-11 01:00', 5, 20.0, 'a')) AS v("at", a, "odd name", kind)`;

function metric(name: string, kind: CustomMetric['kind'], rest: Partial<CustomMetric>): CustomMetric {
  return { name, kind, definition: '1', inputColumns: [':table'], outputDataType: double, ...rest };
}

const metrics = [
  metric('squares', 'aggregate', {
    definition: 'avg({{input_column}} * {{ input_column }})',
    inputColumns: ['a', 'odd name'],
  }),
  metric('root', 'derived', { definition: 'sqrt(squares)', inputColumns: ['a'] }),
  metric('both', 'aggregate', { definition: 'sum(a + coalesce(`odd name`, 0)) / count(*)' }),
  metric('kinds', 'aggregate', { definition: 'array_join(sort_array(collect_set(kind)), "+")', outputDataType: text }),
  metric('growth', 'drift', { definition: '{{current_df}}.root - {{base_df}}.root', inputColumns: ['a'] }),
  metric('more', 'drift', { definition: '{{current_df}}.both / {{base_df}}.both' }),
];

const t = table('t', 'at timestamp, a int, odd#name double, kind string');
const columns = t.columns.map((column) => ({ ...column, name: column.name.replace('#', ' ') }));

describe('U023 custom metrics', () => {
  test('aggregates and derived metrics stand on the rows of their input columns, drift metrics in the drift table', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(data);
      await workspace.refresh({ table: { ...t, columns }, profile, customMetrics: metrics });
      expect(
        await workspace.rows(`SELECT day("window"."start") AS d, column_name AS c, squares, root, "both", kinds FROM "prod.out".profile
          ORDER BY ALL`),
      ).toEqual([
        { d: '10', c: ':table', squares: null, root: null, both: 7, kinds: 'a+b' },
        { d: '10', c: 'a', squares: 5, root: Math.sqrt(5), both: null, kinds: null },
        { d: '10', c: 'at', squares: null, root: null, both: null, kinds: null },
        { d: '10', c: 'kind', squares: null, root: null, both: null, kinds: null },
        { d: '10', c: 'odd name', squares: 100, root: null, both: null, kinds: null },
        { d: '11', c: ':table', squares: null, root: null, both: 25, kinds: 'a' },
        { d: '11', c: 'a', squares: 25, root: 5, both: null, kinds: null },
        { d: '11', c: 'at', squares: null, root: null, both: null, kinds: null },
        { d: '11', c: 'kind', squares: null, root: null, both: null, kinds: null },
        { d: '11', c: 'odd name', squares: 400, root: null, both: null, kinds: null },
      ]);
      expect(await workspace.rows(`SELECT column_name AS c, growth, more FROM "prod.out".drift ORDER BY ALL`)).toEqual([
        { c: ':table', growth: null, more: 25 / 7 },
        { c: 'a', growth: 5 - Math.sqrt(5), more: null },
        { c: 'at', growth: null, more: null },
        { c: 'kind', growth: null, more: null },
        { c: 'odd name', growth: null, more: null },
      ]);
    });
  });

  test('are computed for slices, models and the baseline as well', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(data);
      await workspace.run(`ALTER TABLE t ADD COLUMN model VARCHAR DEFAULT 'm1'`);
      await workspace.run(`CREATE TABLE b AS SELECT * FROM t WHERE a < 5`);
      const monitored = table('t', 'at timestamp, a int, kind string, model string');
      await workspace.refresh({
        table: monitored,
        baseline: { ...monitored, from: 'b' },
        profile: {
          ...profile,
          kind: 'inference_log',
          predictionColumn: 'a',
          modelIdColumn: 'model',
          problemType: 'regression',
        },
        slicingExpressions: ['kind = "a"'],
        customMetrics: [
          metric('top', 'aggregate', { definition: 'max({{prediction_col}})' }),
          metric('gap', 'drift', { definition: '{{current_df}}.top - {{base_df}}.top' }),
        ],
      });
      expect(
        await workspace.rows(`SELECT log_type AS l, model AS m, slice_value AS v, max(top) AS top FROM "prod.out".profile
          WHERE column_name = ':table' AND ("window" IS NULL OR day("window"."start") = 11) GROUP BY ALL ORDER BY ALL`),
      ).toEqual([
        { l: 'BASELINE', m: '*', v: 'false', top: 3 },
        { l: 'BASELINE', m: '*', v: 'true', top: 1 },
        { l: 'BASELINE', m: '*', v: null, top: 3 },
        { l: 'BASELINE', m: 'm1', v: 'false', top: 3 },
        { l: 'BASELINE', m: 'm1', v: 'true', top: 1 },
        { l: 'BASELINE', m: 'm1', v: null, top: 3 },
        { l: 'INPUT', m: '*', v: 'true', top: 5 },
        { l: 'INPUT', m: '*', v: null, top: 5 },
        { l: 'INPUT', m: 'm1', v: 'true', top: 5 },
        { l: 'INPUT', m: 'm1', v: null, top: 5 },
      ]);
      expect(
        await workspace.rows(`SELECT DISTINCT gap FROM "prod.out".drift
          WHERE drift_type = 'BASELINE' AND slice_value IS NULL AND column_name = ':table' AND day("window"."start") = 11`),
      ).toEqual([{ gap: 2 }]);
    });
  });

  test.each<readonly [string, CustomMetric, RegExp]>([
    ['a file', metric('x', 'aggregate', { definition: "max((SELECT content FROM read_text('/etc/hosts')))" }), /./],
    ['an unknown column', metric('x', 'aggregate', { definition: 'max(nothing)' }), /nothing/],
    ['an unknown placeholder', metric('x', 'aggregate', { definition: 'max({{other}})' }), /\{\{other\}\}/],
    ['a label that is not configured', metric('x', 'aggregate', { definition: 'max({{label_col}})' }), /label_col/],
    ['braces in a derived metric', metric('x', 'derived', { definition: '{{avg}}' }), /INVALID_DERIVED_METRIC/],
    ['the name of a built-in metric', metric('AVG', 'aggregate', { definition: 'max(a)' }), /two columns called 'avg'/],
    ['a metric that comes later', metric('x', 'derived', { definition: 'growth + 1' }), /growth/],
  ])('%s fails the refresh', async (_, bad, message) => {
    await withWorkspace(async (workspace) => {
      await workspace.run(data);
      await expect(workspace.refresh({ table: { ...t, columns }, profile, customMetrics: [bad] })).rejects.toThrow(
        message,
      );
    });
  });

  test('a slicing expression cannot read files', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(data);
      const slicingExpressions = ["(SELECT content FROM read_text('/etc/hosts'))"];
      await expect(workspace.refresh({ table: { ...t, columns }, profile, slicingExpressions })).rejects.toThrow(/./);
    });
  });
});
