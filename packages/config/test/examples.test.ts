import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { brief, example, load, problemsIn } from './support.ts';

const summary = (text: string): readonly string[] =>
  problemsIn(text).map((problem) => `${brief(problem)} ${problem.message}`);

describe('the example files of the README', () => {
  test('R014 R039 the first loads unchanged, with one C01 warning for each table that names both ways out', () => {
    const { problems } = load(example('readme-1.yaml'));
    expect(problems.map((problem) => `${brief(problem)} ${problem.message}`)).toEqual([
      "14:3 warning CONFIG.INCOMPLETE 'prod.ml.churn_predictions' is profiled as INFERENCE and has no 'model_id_column'",
      "19:3 warning CONFIG.INCOMPLETE 'prod.ml.fraud_detection' is profiled as INFERENCE and has no 'model_id_column'",
    ]);
    expect(problems[0]?.hint).toBe(
      "set 'model_id_column', or profile a view with a literal 'model_id', unless a tag gives it",
    );
  });

  test('R013 R018 the first gives exactly what it says, without defaults filled in', () => {
    expect(load(example('readme-1.yaml')).config).toEqual({
      catalog_name: 'prod',
      warehouse_id: 'your-warehouse-id',
      mode: 'full',
      profile_defaults: {
        profile_type: 'INFERENCE',
        output_schema_name: 'monitoring_results',
        prediction_column: 'prediction',
        label_column: 'label',
        timestamp_column: 'timestamp',
      },
      monitored_tables: {
        'prod.ml.churn_predictions': {
          baseline_table_name: 'prod.ml.churn_baseline',
          label_column: 'churned',
          prediction_column: 'churn_probability',
        },
        'prod.ml.fraud_detection': { label_column: 'is_fraud', granularity: '1 hour' },
      },
    });
  });

  test('R022 R023 R024 R025 R026 the second loads unchanged and without a word', () => {
    expect(summary(example('readme-2.yaml'))).toEqual([]);
    expect(load(example('readme-2.yaml')).config).toMatchObject({
      include_tagged_tables: true,
      discovery: { include_tags: { monitor_enabled: 'true' }, exclude_schemas: ['tmp_*'] },
      monitored_tables: {},
    });
  });

  test('R029 the third loads unchanged, and says which environment value completes it', () => {
    expect(summary(example('readme-3.yaml'))).toEqual([
      "1:1 note CONFIG.NO_WAREHOUSE 'warehouse_id' is not set here, nor by DATABRICKS_WAREHOUSE_ID",
      "9:3 warning CONFIG.INCOMPLETE 'prod.ml.churn_predictions' is profiled as INFERENCE and has no " +
        "'prediction_column', 'timestamp_column' or 'model_id_column'",
    ]);
  });

  test('R061 R062 R063 the quickstart, with all three profile types, loads without a word', () => {
    const text = readFileSync(new URL('../../../examples/quickstart/dpo.yaml', import.meta.url), 'utf8');
    expect(problemsIn(text)).toEqual([]);
  });
});
