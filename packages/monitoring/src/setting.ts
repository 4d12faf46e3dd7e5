import type { Json, Place } from '@dpo/core';
import { granularities, tableNameFault, type Path } from '@dpo/config';
import { granularityCode } from './granularity.ts';
import { problemTypeCode } from './problem-type.ts';

/** An effective value, the key it was set by and where it comes from. */
export interface Setting<T extends Json = Json> {
  readonly key: SettingKey;
  readonly value: T;
  readonly place: Place;
  /** Where it is in the config; a tag has no path. */
  readonly path?: Path;
}

/** How the text of a tag becomes the value of a setting; `expected` ends "… is not". */
export interface SettingType {
  readonly expected: string;
  parse(text: string): Json | undefined;
}

const name: SettingType = { expected: 'a name', parse: (value) => (value.trim() === '' ? undefined : value.trim()) };
const names: SettingType = { expected: 'a comma-separated list', parse: (value) => textList(value) };

/** The items of a tag that holds a list. */
export function textList(value: string): readonly string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function oneOf(...allowed: readonly string[]): SettingType {
  const parse = (value: string): Json | undefined => allowed.find((candidate) => candidate === value.trim());
  return { expected: `one of ${allowed.join(', ')}`, parse };
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** As the schema of the config has them. */
const cron = /^\S+(?:[ \t]+\S+){5,6}$/u;
const email = /^[^@\s]+@[^@\s]+$/u;
const mostEmails = 5;

const known = (items: readonly string[]): boolean =>
  items.length > 0 && items.every((item) => granularityCode(item) !== undefined);

/** As the config has it: what is compared with it later may not depend on capitals. */
const canonical = (granularity: string): string => granularity.trim().toLowerCase();

const oneGranularity: SettingType = {
  expected: `one of ${granularities.join(', ')}`,
  parse: (value) => (known([value]) ? canonical(value) : undefined),
};

/** From 0 on; undefined for anything else than a plain number. */
function numberIn(value: string, most: number): number | undefined {
  const text = value.trim();
  const found = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : undefined;
  return found !== undefined && found <= most ? found : undefined;
}

const share: SettingType = { expected: 'a number from 0 to 1', parse: (value) => numberIn(value, 1) };

/**
 * The settings of one table that become its monitor, or its part in views and alerts. A tag `<tag_prefix><key>` on the table may hold any
 * of them. Values from the config were checked against its schema; tag texts are checked here.
 */
export const settingTypes = {
  profile_type: oneOf('INFERENCE', 'SNAPSHOT', 'TIMESERIES'),
  output_schema_name: {
    expected: 'a name without dots',
    parse: (value) => (/^[^.\s]+$/u.test(value.trim()) ? value.trim() : undefined),
  },
  granularity: oneGranularity,
  granularities: {
    expected: `a comma-separated list of ${granularities.join(', ')}`,
    parse: (value) => (known(textList(value)) ? textList(value).map(canonical) : undefined),
  },
  slicing_exprs: names,
  create_builtin_dashboard: {
    expected: 'true or false',
    parse: (value) => flags.get(value.trim()),
  },
  problem_type: {
    expected: 'one of CLASSIFICATION, REGRESSION',
    parse: (value) => (problemTypeCode(value) === undefined ? undefined : value.trim()),
  },
  prediction_column: name,
  label_column: name,
  timestamp_column: name,
  timeseries_timestamp_column: name,
  model_id_column: name,
  prediction_probability_column: name,
  baseline_table_name: {
    expected: 'a name of three parts (catalog.schema.table)',
    parse: (value) => (tableNameFault(value.trim(), undefined) === undefined ? value.trim() : undefined),
  },
  schedule: {
    expected: 'a Quartz cron expression of 6 or 7 fields',
    parse: (value) => (cron.test(value.trim()) ? value.trim() : undefined),
  },
  objective_function_ids: names,
  drift_threshold: share,
  numeric_drift_threshold: {
    expected: 'a number of at least 0',
    parse: (value) => numberIn(value, Number.MAX_VALUE),
  },
  alert_granularity: oneGranularity,
  failure_notifications: {
    expected: `a comma-separated list of at most ${String(mostEmails)} e-mail addresses`,
    parse: (value) => {
      const addresses = textList(value);
      return addresses.length <= mostEmails && addresses.every((item) => email.test(item)) ? addresses : undefined;
    },
  },
} as const satisfies Record<string, SettingType>;

/** Custom metrics are too much for a tag: only the config has them. */
export type SettingKey = keyof typeof settingTypes | 'custom_metrics';

/** What holds where nobody says anything. */
export const builtInSettings: Readonly<Partial<Record<SettingKey, Json>>> = {
  profile_type: 'INFERENCE',
  output_schema_name: 'monitoring_results',
  granularity: '1 day',
  slicing_exprs: [],
  create_builtin_dashboard: true,
  failure_notifications: [],
};
