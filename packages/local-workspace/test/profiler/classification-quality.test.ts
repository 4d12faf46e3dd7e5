import { describe, test } from '@jest/globals';
import { expectAllClose } from './expect-all-close.ts';
import { expected } from './expected.ts';
import { classificationProfile, createModelTable } from './model-table.ts';
import { withWorkspace } from './profiled-workspace.ts';

const names = 'accuracy_score, precision, recall, f1_score, confusion_matrix';

describe('scores of a classification', () => {
  test.each(expected.classification)(
    'agree with scikit-learn for predicted values of type $type',
    async ({ type, labels, predictions, ...scores }) => {
      await withWorkspace(async (workspace) => {
        const table = await createModelTable(workspace, {
          label: { type, values: labels },
          prediction: { type, values: predictions },
        });
        await workspace.refresh({ table, profile: classificationProfile });
        const row = await workspace.row(
          `SELECT ${names} FROM "prod.out".profile WHERE column_name = ':table' AND model = '*'`,
        );
        expectAllClose(row, scores, 1e-14);
      });
    },
  );
});
