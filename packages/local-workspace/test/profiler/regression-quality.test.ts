import { describe, test } from '@jest/globals';
import { expectAllClose } from './expect-all-close.ts';
import { expected } from './expected.ts';
import { classificationProfile, createModelTable } from './model-table.ts';
import { withWorkspace } from './profiled-workspace.ts';

describe('scores of a regression', () => {
  test.each(expected.regression)(
    'agree with scikit-learn where the mean squared error is $mean_squared_error',
    async ({ labels, predictions, ...scores }) => {
      await withWorkspace(async (workspace) => {
        const table = await createModelTable(workspace, {
          label: { type: 'double', values: labels },
          prediction: { type: 'double', values: predictions },
        });
        await workspace.refresh({ table, profile: { ...classificationProfile, problemType: 'regression' } });
        const row = await workspace.row(
          `SELECT ${Object.keys(scores).join(', ')} FROM "prod.out".profile WHERE column_name = ':table' AND model = '*'`,
        );
        expectAllClose(row, scores, 1e-13);
      });
    },
  );
});
