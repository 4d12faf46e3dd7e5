import type { JsonObject } from '@dpo/core';

/** One way to ask for a monitor, and what it comes to in the terms of the API. */
export interface Variant {
  readonly config: JsonObject;
  /** Undefined: no monitor is asked for. */
  readonly expected: JsonObject | undefined;
  readonly adopt?: true;
}

const inference: JsonObject = {
  profile_type: 'INFERENCE',
  timestamp_column: 'ts',
  prediction_column: 'prediction',
  model_id_column: 'model',
  problem_type: 'CLASSIFICATION',
};

export const variants: readonly Variant[] = [
  { config: {}, expected: { output: 'prod.out', snapshot: {} } },
  { config: { slicing_exprs: ['region'] }, expected: { output: 'prod.out', snapshot: {}, slicing_exprs: ['region'] } },
  {
    config: {
      output_schema_name: 'reports',
      schedule: '0 0 12 * * ?',
      failure_notifications: ['b@example.com', 'a@example.com'],
    },
    expected: {
      output: 'prod.reports',
      snapshot: {},
      schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' },
      notification_settings: { on_failure: { email_addresses: ['a@example.com', 'b@example.com'] } },
    },
  },
  {
    config: { profile_type: 'TIMESERIES', timestamp_column: 'ts' },
    expected: {
      output: 'prod.out',
      time_series: { timestamp_column: 'ts', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
    },
  },
  {
    config: {
      profile_type: 'TIMESERIES',
      timestamp_column: 'later',
      granularities: ['1 week', '1 hour'],
      baseline_table_name: 'prod.ml.base',
    },
    expected: {
      output: 'prod.out',
      baseline_table_name: 'prod.ml.base',
      time_series: {
        timestamp_column: 'later',
        granularities: ['AGGREGATION_GRANULARITY_1_HOUR', 'AGGREGATION_GRANULARITY_1_WEEK'],
      },
    },
  },
  {
    config: inference,
    expected: {
      output: 'prod.out',
      inference_log: {
        problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
        timestamp_column: 'ts',
        granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
        prediction_column: 'prediction',
        model_id_column: 'model',
      },
    },
  },
  {
    config: { adopt: true, slicing_exprs: ['region'] },
    expected: { output: 'prod.out', snapshot: {}, slicing_exprs: ['region'] },
    adopt: true,
  },
  {
    config: { adopt: true, profile_type: 'TIMESERIES', timestamp_column: 'ts' },
    expected: {
      output: 'prod.out',
      time_series: { timestamp_column: 'ts', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
    },
    adopt: true,
  },
  { config: { enabled: false }, expected: undefined },
];

/** What a stranger changes about a monitor, whatever it is. */
export const edits: readonly JsonObject[] = [
  { slicing_exprs: ['id > 1'] },
  { baseline_table_name: 'prod.ml.base' },
  { schedule: { quartz_cron_expression: '0 30 3 * * ?', timezone_id: 'America/New_York' } },
  { notification_settings: { on_failure: { email_addresses: ['stranger@example.com'] } } },
];

/** Whose monitor somebody else makes: a person's, or one of another project of dpo. */
export const strangers = {
  person: '/Workspace/Users/stranger/monitoring',
  project: '/Workspace/Shared/DPO/other/prod/monitors/theirs',
} as const;
