import { describe, expect, test } from '@jest/globals';
import { shippedBehaviours } from '../../src/index.ts';
import { dailyConfig, monitorsPath, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const behaviour = shippedBehaviours.documented;
const inference = {
  problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
  timestamp_column: 'day',
  granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
  prediction_column: 'prediction',
  label_column: 'label',
  prediction_probability_column: 'chance',
  model_id_column: 'model',
};

/** Of the four pairs of a true and a false row one is ranked wrong, none of the two of senior rows. */
const loans = `SELECT TIMESTAMP '2026-03-02 08:00:00' AS day, 'v1' AS model, chance > 0.3 AS prediction, label, senior, chance
  FROM VALUES (true, true, 0.75D), (true, false, 0.25D), (false, true, 0.5D), (false, true, 0.125D) AS t(label, senior, chance)`;
const digits = `SELECT TIMESTAMP '2026-03-02 08:00:00' AS day, 'v1' AS model, 9 AS prediction, label, true AS senior,
  map(9, nine, 10, 1 - nine) AS chance
  FROM VALUES (9, 0.5D), (9, 0.25D), (10, 0.25D), (10, 0.25D) AS t(label, nine)`;

describe('model quality of a monitor', () => {
  test('a Boolean label and a DOUBLE probability give log loss, areas and fairness, read by SQL', async () => {
    await withWorkspace({ behaviour }, async (workspace) => {
      await monitor(workspace, loans, { slicing_exprs: ['senior'] });
      const rows = await query(
        workspace,
        `SELECT slice_value, log_loss, roc_auc_score.one_vs_one.macro, roc_auc_score.one_vs_all.weighted,
           statistical_parity['true'], equal_opportunity['true']
         FROM prod.monitoring.scored_profile_metrics
         WHERE column_name = ':table' AND model = '*' AND log_type = 'INPUT' ORDER BY slice_value NULLS FIRST`,
      );
      expect(rows.map(withNumbers)).toEqual([
        [null, expect.closeTo(meanLoss(0.75, 0.25, 0.5, 0.875), 12), 0.75, 0.75, null, null],
        ['false', null, null, null, expect.closeTo(-2 / 3, 12), -1],
        ['true', expect.closeTo(meanLoss(0.75, 0.5, 0.875), 12), 1, 1, expect.closeTo(2 / 3, 12), 1],
      ]);
    });
  });

  test('a map with numeric keys is read, of the baseline table as well', async () => {
    await withWorkspace({ behaviour }, async (workspace) => {
      await query(workspace, `CREATE TABLE prod.ml.base AS ${digits.replace('(9, 0.25D), ', '')}`);
      await monitor(workspace, digits, { baseline_table_name: 'prod.ml.base' });
      const rows = await query(
        workspace,
        `SELECT log_type, log_loss, roc_auc_score.one_vs_one.weighted FROM prod.monitoring.scored_profile_metrics
         WHERE column_name = ':table' AND model = '*' ORDER BY log_type`,
      );
      expect(rows.map(withNumbers)).toEqual([
        ['BASELINE', expect.closeTo(meanLoss(0.5, 0.75, 0.75), 12), 1],
        ['INPUT', expect.closeTo(meanLoss(0.5, 0.25, 0.75, 0.75), 12), 0.75],
      ]);
    });
  });
});

/** Makes `prod.ml.scored` and a monitor of it, and waits for its metrics. */
async function monitor(workspace: TestWorkspace, rows: string, config: object): Promise<void> {
  await query(workspace, `CREATE TABLE prod.ml.scored AS ${rows}`);
  const { output_schema_id } = await dailyConfig(workspace);
  const reply = await workspace.call('POST', monitorsPath, {
    object_type: 'table',
    object_id: await workspace.field(`${unityPrefix}/tables/prod.ml.scored`, 'table_id'),
    data_profiling_config: { output_schema_id, inference_log: inference, ...config },
  });
  expect(reply.status).toBe(200);
  await workspace.idle();
}

type Cells = readonly (string | null)[];

async function query(workspace: TestWorkspace, statement: string): Promise<readonly Cells[]> {
  const body = { statement, warehouse_id: workspace.warehouseId };
  const reply = await workspace.call('POST', '/api/2.0/sql/statements', body);
  expect(reply.body['status']).toEqual({ state: 'SUCCEEDED' });
  const result = reply.body['result'] as { readonly data_array?: readonly Cells[] };
  return result.data_array ?? [];
}

/** The first cell is a name, the others are numbers. */
function withNumbers([name, ...scores]: Cells): readonly unknown[] {
  return [name, ...scores.map((score) => (score === null ? null : Number(score)))];
}

function meanLoss(...chances: readonly number[]): number {
  return chances.reduce((sum, chance) => sum - Math.log(chance), 0) / chances.length;
}
