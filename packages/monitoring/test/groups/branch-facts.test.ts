import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type Json, type JsonObject } from '@dpo/core';
import { churn, desireOf, tableOf } from '../support.ts';

interface Layers {
  readonly entry?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly more?: string;
}

/** What the drift view knows of the table beside its metrics. */
function factsWith({ entry = '', tags = {}, more = '' }: Layers): JsonObject {
  const text = `mode: full
profile_defaults: { profile_type: TIMESERIES, timestamp_column: ts, granularities: [5 minutes, 1 day, 1 week] }
monitored_tables: { ${churn}: { ${entry} } }
${more}`;
  const { resources } = desireOf(text, [tableOf({ tags })]);
  const view = resources.find(({ address }) => address.includes('unified_drift'));
  const branches = view?.spec['branches'];
  const first: Json | undefined = Array.isArray(branches) ? (branches[0] as Json) : undefined;
  const facts = first !== undefined && isJsonObject(first) ? first['facts'] : undefined;
  if (facts === undefined || !isJsonObject(facts)) throw new Error('no branch');
  return facts;
}

describe('what a view knows of a table', () => {
  test.each<[string, Layers, number, number]>([
    ['built in', {}, 0.2, 0.2],
    ['of alerting', { more: 'alerting: { drift_threshold: 0.3, numeric_drift_threshold: 1.5 }' }, 0.3, 1.5],
    [
      'of a tag, before alerting',
      {
        tags: { monitor_drift_threshold: '0.4', monitor_numeric_drift_threshold: ' 2 ' },
        more: 'alerting: { drift_threshold: 0.3 }',
      },
      0.4,
      2,
    ],
    [
      'of the table, before all',
      { entry: 'drift_threshold: 0, numeric_drift_threshold: 0.5', tags: { monitor_drift_threshold: '0.4' } },
      0,
      0.5,
    ],
  ])('U035 U037 R084 C07 U096 its thresholds %s', (...[, layers, categorical, numeric]) => {
    expect(factsWith(layers)).toMatchObject({
      drift_threshold: categorical,
      numeric_drift_threshold: numeric,
    });
  });

  test.each<[string, Layers, string, number]>([
    ['the longest of at most a day', {}, '1 day', 7],
    ['that of a tag', { tags: { monitor_alert_granularity: '5 minutes' } }, '5 minutes', 7],
    ['that of the table', { entry: 'alert_granularity: 1 week' }, '1 week', 14],
  ])('ruling 19 the windows that alerts look at are %s', (...[, layers, granularity, days]) => {
    expect(factsWith(layers)).toMatchObject({ alert_granularity: granularity, freshness_days: days });
  });

  test.each(['1.01', '-0.1', '20%', '1e-1', ''])(
    'ruling 48 a tag with the threshold %j is a fault of its table',
    (value) => {
      const text = `profile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables: { ${churn}: {} }\n`;
      const { problems } = desireOf(text, [tableOf({ tags: { monitor_drift_threshold: value } })]);
      expect(problems.map(({ code }) => code)).toEqual(['CATALOG.TAG_VALUE']);
    },
  );
});
