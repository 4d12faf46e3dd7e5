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

  test('ruling 19 a tag may have other capitals, and its windows are the same', () => {
    const tags = { monitor_granularities: '1 Hour, 1 WEEK', monitor_alert_granularity: ' 1 Week' };
    const { monitor_alert_granularity: _asked, ...longest } = tags;
    const series = 'granularities: ~';
    expect(factsWith({ tags, more: '' })).toMatchObject({ alert_granularity: '1 week' });
    expect(factsWith({ tags: longest, entry: series })).toMatchObject({ alert_granularity: '1 hour' });
  });

  test.each<[string, string, readonly string[]]>([
    ['of a snapshot', 'profile_type: SNAPSHOT, alert_granularity: 1 hour', []],
    ['that there are', 'alert_granularity: 1 week', []],
    ['that there are not', 'alert_granularity: 1 hour', ['5 minutes, 1 day, 1 week']],
    [
      'that there are not, the table having one',
      'granularities: ~, granularity: 1 day, alert_granularity: 1 hour',
      ['1 day'],
    ],
  ])('ruling 19 windows %s', (...[, entry, only]) => {
    const text = (mode: string): string => `mode: ${mode}
profile_defaults: { profile_type: TIMESERIES, timestamp_column: ts, granularities: [5 minutes, 1 day, 1 week] }
monitored_tables: { ${churn}: { ${entry} } }`;
    const told = (mode: string): readonly string[] =>
      desireOf(text(mode), [tableOf()])
        .problems.filter(({ code }) => code === 'CONFIG.ALERT_GRANULARITY')
        .map(({ message }) => message);
    expect(told('full')).toEqual(
      only.map(
        (windows) => `alerts are to look at windows of 1 hour of '${churn}', which is profiled by ${windows} only`,
      ),
    );
    expect(told('bulk_provision_only')).toEqual([]);
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
