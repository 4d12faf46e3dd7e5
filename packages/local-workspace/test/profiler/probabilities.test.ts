import { describe, expect, test } from '@jest/globals';
import type { ProfileType } from '../../src/profiler/profile-request.ts';
import { table, withWorkspace } from './profiled-workspace.ts';

const profile = {
  kind: 'inference_log',
  timestampColumn: 'ts',
  granularities: ['1 day'],
  predictionColumn: 'prediction',
  labelColumn: 'label',
  probabilityColumn: 'chance',
  modelIdColumn: 'model',
  problemType: 'classification',
} as const satisfies ProfileType;

const scores = `SELECT log_loss, roc_auc_score FROM "prod.out".profile WHERE column_name = ':table' AND model = '*'`;
const numbers = `CREATE TABLE t AS SELECT TIMESTAMP '2026-07-01' AS ts, 'v1' AS model, label AS prediction, label, chance
  FROM (VALUES (0, 0.1::DOUBLE), (0, 0.4), (1, 0.35), (1, 0.8), (1, 0.4), (0, 0.0), (NULL, 0.5), (1, NULL)) v(label, chance)`;
const numberTable = table('t', 'ts timestamp, model string, prediction int, label int, chance double');

// Expected values follow from the definitions: the share of pairs ranked right, and the mean of -ln(p).
describe('probabilities of an inference profile', () => {
  test('a number is the probability of the greater class; ties count half', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(numbers);
      await workspace.refresh({ table: numberTable, profile });
      const area = { macro: expect.closeTo(7.5 / 9, 14), weighted: expect.closeTo(7.5 / 9, 14) };
      expect(await workspace.row(scores)).toEqual({
        log_loss: expect.closeTo(0.46757375785181, 12),
        roc_auc_score: { one_vs_one: area, one_vs_all: area },
      });
    });
  });

  test('a map has one probability for each class; a probability of 0 is clipped', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(`CREATE TABLE t AS
        SELECT TIMESTAMP '2026-07-01' AS ts, 'v1' AS model, label AS prediction, label, MAP {'a': a, 'b': b, 'c': c} AS chance
        FROM (VALUES ('a', 0.7::DOUBLE, 0.2::DOUBLE, 0.1::DOUBLE), ('a', 0.4, 0.5, 0.1), ('a', 0.5, 0.25, 0.25), ('b', 0.2, 0.6, 0.2),
          ('b', 0.5, 0.3, 0.2), ('c', 0.1, 0.1, 0.8), ('c', 0.3, 0.3, 0.4), ('a', 3, 2, 5), ('c', 0.5, 0.5, 0)) v(label, a, b, c)`);
      const typed = 'ts timestamp, model string, prediction string, label string, chance map<string,double>';
      await workspace.refresh({ table: table('t', typed), profile });
      expect(await workspace.row(scores)).toEqual({
        log_loss: expect.closeTo(4.674219084566246, 12),
        roc_auc_score: {
          one_vs_one: { macro: expect.closeTo(0.71875, 14), weighted: expect.closeTo(0.7164351851851851, 14) },
          one_vs_all: {
            macro: expect.closeTo(0.7191798941798941, 14),
            weighted: expect.closeTo(0.7084656084656085, 14),
          },
        },
      });
    });
  });

  test('nothing is defined where only one class occurs', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(numbers);
      await workspace.refresh({ table: numberTable, profile, slicingExpressions: ['label'] });
      expect(
        await workspace.rows(
          `SELECT slice_value, log_loss, roc_auc_score, accuracy_score FROM "prod.out".profile WHERE column_name = ':table' AND model = '*' AND slice_key = 'label' ORDER BY 1`,
        ),
      ).toEqual([
        { slice_value: '0', log_loss: null, roc_auc_score: null, accuracy_score: 1 },
        { slice_value: '1', log_loss: null, roc_auc_score: null, accuracy_score: 1 },
      ]);
    });
  });

  test('without a probability column the columns do not exist', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(numbers);
      const { probabilityColumn: _, ...plain } = profile;
      await workspace.refresh({ table: numberTable, profile: plain });
      const names = await workspace.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = 'profile'");
      expect(names.map((row) => row['column_name'])).not.toContain('log_loss');
    });
  });
});
