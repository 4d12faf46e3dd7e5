import { describe, expect, test } from '@jest/globals';
import { classificationProfile } from './model-table.ts';
import { table, withWorkspace } from './profiled-workspace.ts';

const profile = { ...classificationProfile, probabilityColumn: 'chance' };

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

  test('a baseline has scores of its own, by the classes of its own rows', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(numbers);
      await workspace.run(`CREATE TABLE base AS SELECT label = 1 AS prediction, label = 1 AS label, chance
        FROM (VALUES (0, 0.25::DOUBLE), (1, 0.5), (1, 0.125), (NULL, 0.5)) v(label, chance)`);
      const baseline = table('base', 'prediction boolean, label boolean, chance double');
      await workspace.refresh({ table: numberTable, baseline, profile });
      const area = { macro: 0.5, weighted: 0.5 };
      expect(await workspace.rows(`${scores} ORDER BY log_type`)).toEqual([
        {
          log_loss: expect.closeTo(-(Math.log(0.75) + Math.log(0.5) + Math.log(0.125)) / 3, 14),
          roc_auc_score: { one_vs_one: area, one_vs_all: area },
        },
        { log_loss: expect.closeTo(0.46757375785181, 12), roc_auc_score: expect.anything() },
      ]);
    });
  });

  test('a baseline without the probability column has no such scores', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(numbers);
      const baseline = table('(SELECT prediction, label FROM t)', 'prediction int, label int');
      await workspace.refresh({ table: numberTable, baseline, profile });
      expect(await workspace.rows(`${scores} AND log_type = 'BASELINE'`)).toEqual([
        { log_loss: null, roc_auc_score: null },
      ]);
    });
  });

  test('a map whose keys are numbers is read by their value, whatever their type', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(`CREATE TABLE t AS
        SELECT TIMESTAMP '2026-07-01' AS ts, 'v1' AS model, label AS prediction, label, MAP {7: 1 - p, 30: p} AS chance
        FROM (VALUES (7.00::DECIMAL(9, 2), 0.5::DOUBLE), (7, 0.25), (30, 0.25), (30, 0.75)) v(label, p)`);
      const typed = 'ts timestamp, model string, prediction decimal(9,2), label decimal(9,2), chance map<int,double>';
      await workspace.refresh({ table: table('t', typed), profile });
      const area = { macro: 0.625, weighted: 0.625 };
      expect(await workspace.row(scores)).toEqual({
        log_loss: expect.closeTo(-(Math.log(0.5) + 2 * Math.log(0.75) + Math.log(0.25)) / 4, 14),
        roc_auc_score: { one_vs_one: area, one_vs_all: area },
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
      await workspace.refresh({ table: numberTable, profile: classificationProfile });
      const names = await workspace.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = 'profile'");
      expect(names.map((row) => row['column_name'])).not.toContain('log_loss');
    });
  });
});
