import type { Json, JsonObject } from '@dpo/core';

type Draft = { [key: string]: Json };

/** Names that stand for themselves in the paths of settings. */
const samples: Readonly<Record<string, string>> = {
  '<table>': 'prod.ml.churn',
  '<target>': 'dev',
  '<id>': 'cost',
  '<group>': 'pricing',
  '<name>': 'x',
  '<schema>': 'sales_*',
};

const metric: JsonObject = {
  name: 'cost',
  metric_type: 'aggregate',
  input_columns: [':table'],
  definition: 'sum(cost)',
};

/** What has to be there for a setting to be looked at alone. */
const whole: Readonly<Record<string, () => Json>> = {
  custom_metrics: () => [{ ...metric }],
  objective_functions: () => ({ cost: { metric: { ...metric } } }),
  exemptions: () => [{ rule: 'require_slicing', tables: ['prod.ml.churn'], reason: 'r', until: '2027-12-31' }],
  schedule: () => ({ cron: '0 0 8 * * ?' }),
};

/** A sound config with one value at one place, a value to a line. */
export function configWith(path: string, value: Json): string {
  const config: Draft = {
    catalog_name: 'prod',
    warehouse_id: 'w',
    project: 'p',
    discovery: {},
    monitored_tables: {
      'prod.ml.churn': {
        profile_type: 'SNAPSHOT',
        label_column: 'label',
        prediction_column: 'p',
        timestamp_column: 'ts',
      },
    },
  };
  put(config, stepsOf(path), value);
  return JSON.stringify(config, undefined, 2);
}

/** The path that a problem of the value has. */
export function instanceOf(path: string): string {
  return stepsOf(path)
    .map((step) => (step === '0' ? '[0]' : `.${step}`))
    .join('')
    .slice(1);
}

function stepsOf(path: string): readonly string[] {
  return (
    path
      .replaceAll('[]', '.0')
      // A dot in front of capitals is part of a code: LINT.NO_SCHEDULE.
      .split(/\.(?![A-Z_]+$)/u)
      .map((step) => samples[step] ?? step)
  );
}

function put(draft: Draft, [step = '', ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) {
    draft[step] = value;
    return;
  }
  const inner = draft[step] ?? whole[step]?.() ?? {};
  draft[step] = inner;
  put(inner as Draft, rest, value);
}
