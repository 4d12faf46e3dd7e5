import type { Json } from '@dpo/core';
import type { Path } from '../finding.ts';
import { mapAt } from '../settings-in-file.ts';
import { causesOf, type Lint, type LintRule } from './lint-rule.ts';

/** The square root of the natural logarithm of 2: two distributions cannot be further apart. */
const mostDistance = Math.sqrt(Math.LN2);

/** What a threshold does at its ends. A `null_rate_threshold` of 0 is a rule that one may well want. */
const extremes: Readonly<Record<string, (value: number) => string | undefined>> = {
  drift_threshold: (value) => {
    if (value === 0) return 'always alerts: no distance is below it';
    return value > mostDistance ? 'never alerts: the Jensen-Shannon distance is at most 0.83' : undefined;
  },
  numeric_drift_threshold: (value) => (value === 0 ? 'always alerts: no stability index is below it' : undefined),
  null_rate_threshold: (value) => (value === 1 ? 'never alerts: no rate is above it' : undefined),
  row_count_min: (value) => (value === 0 ? 'never alerts: no count is below it' : undefined),
  distinct_count_min: (value) => (value === 0 ? 'never alerts: no count is below it' : undefined),
};

export const thresholdExtreme: LintRule = {
  code: 'LINT.THRESHOLD_EXTREME',
  check: ({ tables, config }) => {
    const alerting = mapAt(config, 'alerting');
    const settings = ['drift_threshold', 'numeric_drift_threshold'].flatMap((key) => causesOf(tables, key));
    return [
      ...Object.keys(extremes).flatMap((key) => extreme(key, alerting[key], ['alerting', key])),
      ...settings.flatMap(({ value, path }) => extreme(String(path.at(-1)), value, path)),
    ];
  },
};

function extreme(key: string, value: Json | undefined, path: Path): readonly Lint[] {
  if (typeof value !== 'number') return [];
  const effect = extremes[key]?.(value);
  if (effect === undefined) return [];
  return [
    { message: `'${key}' of ${value} ${effect}`, hint: 'take a value in between, or remove it', at: 'value', path },
  ];
}
