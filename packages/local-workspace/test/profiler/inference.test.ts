import { describe, expect, test } from '@jest/globals';
import type { ProfileType } from '../../src/profiler/profile-request.ts';
import { table, withWorkspace } from './profiled-workspace.ts';

const columns = 'ts timestamp, model_version string, prediction string, label string';
const profile = {
  kind: 'inference_log',
  timestampColumn: 'ts',
  granularities: ['1 day'],
  predictionColumn: 'prediction',
  labelColumn: 'label',
  modelIdColumn: 'model_version',
  problemType: 'classification',
} as const satisfies ProfileType;

/** Ten labelled rows with known scores, one without a label and one without a prediction. */
const classified = `CREATE TABLE t AS SELECT TIMESTAMP '2026-07-01' AS ts, CASE WHEN label = 'c' THEN 'v2' ELSE 'v1' END AS model_version, prediction, label
  FROM (VALUES ('a','a'),('a','a'),('b','a'),('c','a'),('b','b'),('b','b'),('a','b'),('c','c'),('c','c'),('d','c'),('a',NULL),(NULL,'a')) v(prediction, label)`;

describe('an inference profile', () => {
  test('F13: has rows for each model and for all models in a column named like the configured one', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(classified);
      await workspace.refresh({ table: table('t', columns), profile });
      expect(
        await workspace.rows(
          `SELECT model_version, "count" FROM "prod.out".profile WHERE column_name = ':table' ORDER BY 1`,
        ),
      ).toEqual([
        { model_version: '*', count: '12' },
        { model_version: 'v1', count: '9' },
        { model_version: 'v2', count: '3' },
      ]);
    });
  });

  test('classification scores are those of scikit-learn 1.9.1', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(classified);
      await workspace.refresh({ table: table('t', columns), profile });
      const close = (value: number): unknown => expect.closeTo(value, 14);
      expect(
        await workspace.row(
          `SELECT accuracy_score, "precision", recall, f1_score, confusion_matrix FROM "prod.out".profile WHERE column_name = ':table' AND model_version = '*'`,
        ),
      ).toEqual({
        accuracy_score: 0.6,
        precision: {
          one_vs_all: byClass([2 / 3, 2 / 3, 2 / 3, 0].map(close)),
          macro: close(0.5),
          weighted: close(0.6666666666666666),
        },
        recall: {
          one_vs_all: byClass([0.5, 2 / 3, 2 / 3, 0].map(close)),
          macro: close(0.45833333333333326),
          weighted: close(0.6),
        },
        f1_score: {
          one_vs_all: byClass([0.5714285714285714, 2 / 3, 2 / 3, 0].map(close)),
          macro: close(0.47619047619047616),
          weighted: close(0.6285714285714286),
        },
        confusion_matrix: [
          { prediction: 'a', label: 'a', count: '2' },
          { prediction: 'a', label: 'b', count: '1' },
          { prediction: 'b', label: 'a', count: '1' },
          { prediction: 'b', label: 'b', count: '2' },
          { prediction: 'c', label: 'a', count: '1' },
          { prediction: 'c', label: 'c', count: '2' },
          { prediction: 'd', label: 'c', count: '1' },
        ],
      });
      expect(
        await workspace.rows(
          `SELECT accuracy_score FROM "prod.out".profile WHERE column_name IN (':table', 'label') AND model_version = 'v2' ORDER BY column_name`,
        ),
      ).toEqual([{ accuracy_score: expect.closeTo(2 / 3, 14) }, { accuracy_score: null }]);
    });
  });

  test('a prediction of 1.0 and a label of 1 are the same class', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        "CREATE TABLE t AS SELECT TIMESTAMP '2026-07-01' AS ts, 'v1' AS model_version, 1.0::DOUBLE AS prediction, 1 AS label",
      );
      await workspace.refresh({
        table: table('t', 'ts timestamp, model_version string, prediction double, label int'),
        profile,
      });
      expect(
        await workspace.rows(`SELECT DISTINCT accuracy_score FROM "prod.out".profile WHERE column_name = ':table'`),
      ).toEqual([{ accuracy_score: 1 }]);
    });
  });

  test('regression scores are those of scikit-learn 1.9.1', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        `CREATE TABLE t AS SELECT TIMESTAMP '2026-07-01' AS ts, 'v1' AS model_version, p::DOUBLE AS prediction, y::DOUBLE AS label
          FROM (VALUES (2.5, 3), (0.0, -0.5), (2, 2), (8, 7), (5, 4.25), (1, NULL), (NULL, 1)) v(p, y)`,
      );
      await workspace.refresh({
        table: table('t', 'ts timestamp, model_version string, prediction double, label double'),
        profile: { ...profile, problemType: 'regression' },
      });
      expect(
        await workspace.row(
          `SELECT mean_squared_error AS mse, root_mean_squared_error AS rmse, mean_average_error AS mae, mean_absolute_percentage_error AS mape, r2_score AS r2 FROM "prod.out".profile WHERE column_name = ':table' AND model_version = 'v1'`,
        ),
      ).toEqual({
        mse: expect.closeTo(0.4125, 14),
        rmse: expect.closeTo(0.6422616289332564, 14),
        mae: expect.closeTo(0.55, 14),
        mape: expect.closeTo(0.2971988795518207, 14),
        r2: expect.closeTo(0.9328175895765473, 14),
      });
    });
  });

  test('without a label there are no quality columns', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(classified);
      const { labelColumn: _, ...unlabelled } = profile;
      await workspace.refresh({ table: table('t', columns), profile: unlabelled });
      const names = await workspace.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = 'profile'");
      expect(names.map((row) => row['column_name'])).not.toContain('accuracy_score');
    });
  });

  test('a model is compared with itself, and with the baseline only where that knows the model', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(
        `CREATE TABLE t AS SELECT * FROM (VALUES (TIMESTAMP '2026-07-01', 'v1', 'a', 'a'), (TIMESTAMP '2026-07-02', 'v1', 'a', 'b'), (TIMESTAMP '2026-07-02', 'v2', 'a', 'a')) v(ts, model_version, prediction, label)`,
      );
      await workspace.refresh({
        table: table('t', columns),
        baseline: table('(SELECT prediction, label FROM t)', 'prediction string, label string'),
        profile,
      });
      expect(
        await workspace.rows(
          `SELECT left("window"."start"::VARCHAR, 10) AS day, model_version, drift_type FROM "prod.out".drift WHERE column_name = 'label' ORDER BY ALL`,
        ),
      ).toEqual([
        { day: '2026-07-01', model_version: '*', drift_type: 'BASELINE' },
        { day: '2026-07-02', model_version: '*', drift_type: 'BASELINE' },
        { day: '2026-07-02', model_version: '*', drift_type: 'CONSECUTIVE' },
        { day: '2026-07-02', model_version: 'v1', drift_type: 'CONSECUTIVE' },
      ]);
      expect(
        await workspace.row(
          `SELECT accuracy_score FROM "prod.out".profile WHERE log_type = 'BASELINE' AND column_name = ':table'`,
        ),
      ).toEqual({ accuracy_score: expect.closeTo(2 / 3, 14) });
    });
  });

  test('slices and models are crossed', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(classified);
      await workspace.refresh({ table: table('t', columns), profile, slicingExpressions: ["label = 'a'"] });
      expect(
        await workspace.rows(
          `SELECT model_version, slice_value, "count" FROM "prod.out".profile WHERE column_name = ':table' AND slice_key = 'label = ''a''' ORDER BY ALL`,
        ),
      ).toEqual([
        { model_version: '*', slice_value: 'false', count: '6' },
        { model_version: '*', slice_value: 'true', count: '5' },
        { model_version: 'v1', slice_value: 'false', count: '3' },
        { model_version: 'v1', slice_value: 'true', count: '5' },
        { model_version: 'v2', slice_value: 'false', count: '3' },
      ]);
    });
  });

  test('a model id column that is missing fails with its name', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run('CREATE TABLE t AS SELECT 1 AS a');
      const refresh = workspace.refresh({ table: table('t', 'a int'), profile });
      await expect(refresh).rejects.toThrow("column 'model_version' does not exist in the profiled table");
    });
  });
});

function byClass(values: readonly unknown[]): unknown {
  return values.map((value, index) => ({ key: 'abcd'[index], value }));
}
