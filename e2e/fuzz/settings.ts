import fc from 'fast-check';
import type { JsonObject } from '@dpo/core';

/** Values that a key of one table's settings may have in the world of these suites. */
type Values = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const granularity = fc.constantFrom(
  '5 minutes',
  '30 minutes',
  '1 hour',
  '1 day',
  '1 week',
  '2 weeks',
  '4 weeks',
  '1 month',
  '1 year',
);
const timeColumn = fc.constantFrom('ts', 'TS', 'later', 'Later');
const modelColumn = fc.constantFrom('model', 'Model', 'region');
const cron = fc.constantFrom('0 0 12 * * ?', '0 0  6 * * ?', '0 15 10 ? * MON-FRI', '0 0 0 1 1 ? 2030');
const slice = fc.constantFrom(
  'region',
  '`region`',
  'MARKET',
  '`Market`',
  '`odd name`',
  'score > 0.5',
  "region = 'eu'",
  '`odd name` IS NULL',
);

/** Names that layers share, so that one takes the place of another; an aggregate that others read is always there. */
const metric = fc.oneof(
  fc.record({
    name: fc.constantFrom('total', 'most', 'Share'),
    metric_type: fc.constant('aggregate'),
    input_columns: fc.constantFrom([':table'], ['id'], ['SCORE', 'id'], [':table', 'odd name']),
    definition: fc.constantFrom('count(*)', '  max(score)\n', "sum(CASE WHEN region = 'eu' THEN 1 ELSE 0 END)"),
    output_type: fc.constantFrom('double', 'string'),
  }),
  fc.record({
    name: fc.constantFrom('ratio', 'total'),
    metric_type: fc.constant('derived'),
    input_columns: fc.constant([':table']),
    definition: fc.constantFrom('most / 2', 'share + 1'),
  }),
  fc.record({
    name: fc.constantFrom('jump', 'most'),
    metric_type: fc.constant('drift'),
    input_columns: fc.constantFrom([':table'], ['Label']),
    definition: fc.constantFrom('{{current_df}}.total - {{base_df}}.total', '{{ current_df }}.most'),
  }),
);

/** Every key that becomes part of a monitor, with what it may be. `perpetual-diff.test.ts` holds it to the schema. */
export const settingValues: Values = {
  profile_type: fc.constantFrom('SNAPSHOT', 'TIMESERIES', 'INFERENCE'),
  output_schema_name: fc.constantFrom('reports', 'Reports', 'made_here', 'Made_Here_2'),
  granularity,
  granularities: fc.uniqueArray(granularity, { minLength: 1, maxLength: 4 }),
  slicing_exprs: fc.array(slice, { maxLength: 4 }),
  create_builtin_dashboard: fc.boolean(),
  problem_type: fc.constantFrom(
    'CLASSIFICATION',
    'REGRESSION',
    'PROBLEM_TYPE_REGRESSION',
    'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
    'regression',
  ),
  prediction_column: fc.constantFrom('prediction', 'PREDICTION', 'score'),
  label_column: fc.constantFrom('label', 'Label', 'truth'),
  timestamp_column: timeColumn,
  timeseries_timestamp_column: timeColumn,
  model_id_column: modelColumn,
  prediction_probability_column: fc.constantFrom('probability', 'score'),
  schedule: fc.oneof(
    cron,
    fc.constant(null),
    cron.chain((text) =>
      fc.constantFrom({ cron: text }, { cron: text, timezone: 'Europe/Berlin' }, { cron: text, timezone: 'UTC' }),
    ),
  ),
  failure_notifications: fc.uniqueArray(
    fc.constantFrom('a@example.com', 'b@example.com', 'C@example.com', 'd+x@example.com'),
    { maxLength: 4 },
  ),
  custom_metrics: fc.uniqueArray(metric, { maxLength: 4, selector: ({ name }) => name.toLowerCase() }),
  objective_function_ids: fc.subarray(['total_score', 'spread']),
  baseline_table_name: fc.constantFrom('prod.ml.base', 'Prod.ML.Base_2', 'prod.ml.base_2'),
};

/** Keys of a table's settings that say nothing about its monitor's fields. */
export const otherKeys: readonly string[] = [
  'adopt',
  'alert_granularity',
  'department',
  'drift_threshold',
  'enabled',
  'ignore',
  'labels',
  'lineage_url',
  'monitor_group',
  'numeric_drift_threshold',
  'owner',
  'prevent_destroy',
  'priority',
  'runbook_url',
];

/** What a table needs whatever its profile type is, so that every draw is a valid config. */
const needed: JsonObject = {
  profile_type: 'SNAPSHOT',
  timestamp_column: 'ts',
  prediction_column: 'prediction',
  model_id_column: 'model',
  problem_type: 'REGRESSION',
};

const some = fc.record(settingValues, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;

export interface FuzzedConfig {
  readonly defaults: JsonObject;
  readonly tables: JsonObject;
}

/** A valid config of one to three tables: settings of their own, settings of all, and a table with tags. */
export const fuzzedConfig: fc.Arbitrary<FuzzedConfig> = fc.record({
  defaults: some.map(({ baseline_table_name: _only, objective_function_ids: _ids, ...defaults }) => ({
    ...needed,
    ...defaults,
  })),
  tables: fc
    .uniqueArray(fc.tuple(fc.constantFrom('prod.ml.a', 'prod.ml.b', 'Prod.ML.Tagged'), some), {
      minLength: 1,
      maxLength: 3,
      selector: ([name]) => name,
    })
    .map((entries): JsonObject => Object.fromEntries(entries)),
});

/** A config and the next one: some settings change, a table may come or go, and now and then all is another. */
export const twoConfigs: fc.Arbitrary<readonly [FuzzedConfig, FuzzedConfig]> = fc
  .tuple(fuzzedConfig, fuzzedConfig, fc.array(fc.nat({ max: 9 }), { minLength: 80, maxLength: 80 }))
  .map(([first, other, dice]) => {
    let next = 0;
    const rolled = (): number => dice[(next += 1) % dice.length] ?? 0;
    if (rolled() === 0) return [first, other];
    const mixed = (one: JsonObject, two: JsonObject): JsonObject =>
      Object.fromEntries(
        [...new Set([...Object.keys(one), ...Object.keys(two)])].flatMap((key) => {
          const die = rolled();
          // The profile type stays more often, for a replace hides every update.
          const value = die < 7 || (key === 'profile_type' && die < 9) ? one[key] : two[key];
          return value === undefined ? [] : [[key, value]];
        }),
      );
    const tables = Object.entries(first.tables).map(([name, settings]): [string, JsonObject] => [
      name,
      mixed(settings as JsonObject, (other.tables[name] ?? {}) as JsonObject),
    ]);
    const kept = tables.length > 1 && rolled() === 1 ? tables.slice(1) : tables;
    const defaults = {
      ...mixed(first.defaults, other.defaults),
      profile_type: first.defaults['profile_type'] ?? 'SNAPSHOT',
    };
    return [first, { defaults: { ...needed, ...defaults }, tables: Object.fromEntries(kept) }];
  });
