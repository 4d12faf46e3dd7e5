import { describe, expect, test } from '@jest/globals';
import { brief, load, problemsIn } from './support.ts';

/** What the README leaves out of a fragment because another one has it. */
const head = 'catalog_name: prod\nwarehouse_id: w\n';
const table = 'monitored_tables:\n  prod.ml.churn_model: {}\n';

/** Each as the README of the Python tool has it, with what completes it (C02, C03) and the warnings that are left. */
const fragments: readonly (readonly [name: string, text: string, rest: string, warnings: readonly string[]])[] = [
  [
    'R039 settings of one table',
    `monitored_tables:
  prod.ml.churn_model:
    baseline_table_name: "prod.ml.churn_baseline"
    label_column: "churned"
    prediction_column: "churn_probability"
    timestamp_column: "prediction_time"
    problem_type: "PROBLEM_TYPE_CLASSIFICATION"
    granularity: "1 day"
    slicing_exprs:
      - "region"
      - "customer_segment"
`,
    head,
    ['4:3 warning CONFIG.INCOMPLETE'],
  ],
  ['R042 R070 full mode', 'mode: "full"\n', `${head}${table}profile_defaults: {profile_type: SNAPSHOT}\n`, []],
  [
    'R047 R070 bulk mode',
    'mode: "bulk_provision_only"\n',
    `${head}${table}profile_defaults: {profile_type: SNAPSHOT}\n`,
    [],
  ],
  [
    'R055 R056 routing of alerts by group',
    `alerting:
  enable_aggregated_alerts: true
  default_notifications:
    - "mlops-alerts@company.com"
  group_notifications:
    ml_team:
      - "ml-team@company.com"
    data_eng:
      - "data-eng@company.com"
`,
    `${head}${table}profile_defaults: {profile_type: SNAPSHOT}\n`,
    [],
  ],
  [
    'R061 an inference profile',
    `profile_defaults:
  profile_type: "INFERENCE"
  problem_type: "PROBLEM_TYPE_CLASSIFICATION"
  prediction_column: "prediction"
  label_column: "label"
  timestamp_column: "timestamp"
`,
    `${head}${table}`,
    ['4:3 warning CONFIG.INCOMPLETE'],
  ],
  [
    'R062 a time-series profile',
    `profile_defaults:
  profile_type: "TIMESERIES"
  timeseries_timestamp_column: "event_time"
  granularity: "1 day"
`,
    `${head}${table}`,
    [],
  ],
  ['R063 a snapshot profile', 'profile_defaults:\n  profile_type: "SNAPSHOT"\n', `${head}${table}`, []],
];

describe('the fragments of the README', () => {
  test.each(fragments)('%s loads unchanged once the rest is there', (...[, text, rest, warnings]) => {
    const { problems } = load(`${rest}${text}`);
    expect(problems.map(brief)).toEqual(warnings);
  });

  test('C03 the third example needs a warehouse only, which the environment or a target may give', () => {
    const text = `catalog_name: prod\n${table}profile_defaults: {profile_type: SNAPSHOT}\n`;
    expect(load(text).problems.map(({ code }) => code)).toEqual(['CONFIG.NO_WAREHOUSE']);
    const fromEnvironment = load(text, { environment: { DATABRICKS_WAREHOUSE_ID: 'w' } });
    expect([fromEnvironment.problems, fromEnvironment.config.warehouse_id]).toEqual([[], 'w']);
    const fromTarget = load(`${text}targets: {prod: {warehouse_id: v}}\n`, { target: 'prod' });
    expect([fromTarget.problems, fromTarget.config.warehouse_id]).toEqual([[], 'v']);
  });

  test('R071 R072 tables have to be listed, unless tags are to find them', () => {
    const found = (text: string): readonly string[] =>
      problemsIn(`${head}${text}`)
        .filter(({ severity }) => severity === 'error')
        .map(({ code, message }) => `${code} ${message}`);
    const discovery = 'discovery: {include_tags: {monitor_enabled: "true"}}\n';
    const missing = "CONFIG.REQUIRED 'monitored_tables' is missing";
    expect([found(discovery), found(`include_tagged_tables: false\n${discovery}`)]).toEqual([[missing], [missing]]);
    expect(found(`include_tagged_tables: true\n${discovery}`)).toEqual([]);
  });

  test.each(['INFERENCE', 'SNAPSHOT', 'TIMESERIES', 'SERVING'])('R074 a profile may be one of three: %s', (type) => {
    const text = `${head}${table}profile_defaults: {profile_type: ${type}, timeseries_timestamp_column: ts}\n`;
    const refused = problemsIn(text).filter(({ code }) => code === 'CONFIG.VALUE');
    expect(refused.map(({ message }) => message)).toEqual(
      type === 'SERVING' ? ["'profile_type' is 'SERVING', not one of: INFERENCE, SNAPSHOT, TIMESERIES"] : [],
    );
  });
});
