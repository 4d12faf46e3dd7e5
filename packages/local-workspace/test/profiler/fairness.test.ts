import { describe, expect, test } from '@jest/globals';
import { fairnessNames } from '../../src/profiler/fairness.ts';
import { expected } from './expected.ts';
import type { FairnessSlice } from './expected.ts';
import { classificationProfile as profile, createModelTable } from './model-table.ts';
import { table, withWorkspace } from './profiled-workspace.ts';

/**
 * Old: 3 of 4 predicted y, 2 of them right, 2 labels y. Young: 1 of 4 predicted y and right, 2 labels y.
 * Class n: old predicted once and right; young three times, twice right.
 */
const people = `CREATE TABLE t AS SELECT TIMESTAMP '2026-07-01' AS ts, 'v1' AS model, old, prediction, label
  FROM (VALUES (true,'y','y'),(true,'y','y'),(true,'y','n'),(true,'n','n'),
    (false,'y','y'),(false,'n','y'),(false,'n','n'),(false,'n','n'),(NULL,'y','n')) v(old, prediction, label)`;
const peopleTable = table('t', 'ts timestamp, model string, old boolean, prediction string, label string');
const names = fairnessNames.join(', ');

describe('fairness of a classification', () => {
  test.each(expected.fairness)('is a difference of scores of scikit-learn: $name', async ({ type, ...given }) => {
    await withWorkspace(async (workspace) => {
      const modelTable = await createModelTable(workspace, {
        label: { type, values: given.labels },
        prediction: { type, values: given.predictions },
        half: { type: 'boolean', values: given.halves },
      });
      await workspace.refresh({ table: modelTable, profile, slicingExpressions: ['half'] });
      const rows = await workspace.rows(
        `SELECT slice_value, ${names} FROM "prod.out".profile WHERE column_name = ':table' AND model = '*' AND slice_key = 'half' ORDER BY 1`,
      );
      expect(rows).toEqual(given.slices.map(closeSlice));
    });
  });

  test('is the difference between a Boolean slice and its opposite, by class', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(people);
      await workspace.refresh({ table: peopleTable, profile, slicingExpressions: ['label', 'old'] });
      const rows = await workspace.rows(
        `SELECT slice_key, slice_value, ${names} FROM "prod.out".profile WHERE column_name = ':table' AND model = '*' ORDER BY ALL NULLS FIRST`,
      );
      const none = {
        predictive_parity: null,
        predictive_equality: null,
        equal_opportunity: null,
        statistical_parity: null,
      };
      expect(rows).toEqual([
        { slice_key: null, slice_value: null, ...none },
        { slice_key: 'label', slice_value: 'n', ...none },
        { slice_key: 'label', slice_value: 'y', ...none },
        {
          slice_key: 'old',
          slice_value: 'false',
          predictive_parity: byClass(2 / 3 - 1, 1 - 2 / 3),
          predictive_equality: byClass(0.5, -0.5),
          equal_opportunity: byClass(0.5, -0.5),
          statistical_parity: byClass(0.5, -0.5),
        },
        {
          slice_key: 'old',
          slice_value: 'true',
          predictive_parity: byClass(1 - 2 / 3, 2 / 3 - 1),
          predictive_equality: byClass(-0.5, 0.5),
          equal_opportunity: byClass(-0.5, 0.5),
          statistical_parity: byClass(-0.5, 0.5),
        },
      ]);
    });
  });

  test('is NULL for a class whose rate one slice leaves undefined, and for a slice without an opposite', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(people);
      await workspace.run("DELETE FROM t WHERE NOT old AND prediction = 'y'");
      await workspace.refresh({ table: peopleTable, profile, slicingExpressions: ["prediction <> 'x'", 'old'] });
      expect(
        await workspace.rows(
          `SELECT slice_key, predictive_parity['y'] AS parity, statistical_parity['y'] AS share, statistical_parity IS NULL AS missing FROM "prod.out".profile
           WHERE column_name = ':table' AND model = '*' AND slice_value = 'true' ORDER BY 1`,
        ),
      ).toEqual([
        { slice_key: 'old', parity: null, share: 0.75, missing: false },
        { slice_key: "prediction <> 'x'", parity: null, share: null, missing: true },
      ]);
    });
  });

  test('has no columns without a Boolean slicing expression', async () => {
    await withWorkspace(async (workspace) => {
      await workspace.run(people);
      await workspace.refresh({ table: peopleTable, profile, slicingExpressions: ['label'] });
      const columns = await workspace.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = 'profile'");
      expect(columns.map((row) => row['column_name'])).not.toContain('predictive_parity');
    });
  });
});

function byClass(n: number, y: number): unknown {
  return [
    { key: 'n', value: expect.closeTo(n, 14) },
    { key: 'y', value: expect.closeTo(y, 14) },
  ];
}

/** Differences may be 0, so they are compared by their distance. */
function closeSlice(slice: FairnessSlice): unknown {
  const gaps = fairnessNames.map((name) => [name, slice[name].map(closeGap)] as const);
  return { slice_value: slice.slice_value, ...Object.fromEntries(gaps) };
}

function closeGap({ key, value }: { readonly key: string; readonly value: number | null }): unknown {
  return { key, value: value === null ? null : expect.closeTo(value, 14) };
}
