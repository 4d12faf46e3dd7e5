import { describe, test } from '@jest/globals';
import { expectAllClose } from './expect-all-close.ts';
import { expected } from './expected.ts';
import { classificationProfile, createModelTable } from './model-table.ts';
import { withWorkspace } from './profiled-workspace.ts';

const profile = { ...classificationProfile, probabilityColumn: 'chance' };

describe('log loss and areas under the curve', () => {
  test.each(expected.probabilities)('agree with scikit-learn for $name', async ({ groups, ...given }) => {
    await withWorkspace(async (workspace) => {
      const table = await createModelTable(workspace, {
        label: { type: given.labelType, values: given.labels },
        prediction: { type: given.labelType, values: given.labels },
        chance: { type: given.probabilityType, values: given.probabilities },
        ...(given.slices === undefined ? {} : { region: { type: 'string', values: given.slices } }),
      });
      const slicingExpressions = given.slices === undefined ? [] : ['region'];
      await workspace.refresh({ table, profile, slicingExpressions });
      const rows = await workspace.rows(
        `SELECT slice_value, log_loss, roc_auc_score FROM "prod.out".profile
         WHERE column_name = ':table' AND model = '*' ORDER BY slice_value NULLS FIRST`,
      );
      expectAllClose([...rows], [...groups], 1e-13);
    });
  });
});
