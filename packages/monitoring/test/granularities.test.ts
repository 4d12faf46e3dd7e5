import { describe, expect, test } from '@jest/globals';
import { granularityCode } from '../src/granularity.ts';
import { churn, specOf, tableOf, valueAt } from './support.ts';

function granularities(layers: {
  readonly entry?: string;
  readonly defaults?: string;
  readonly tags?: Readonly<Record<string, string>>;
}): unknown {
  const spec = specOf(
    `monitored_tables:\n  ${churn}: { ${layers.entry ?? ''} }\nprofile_defaults: { profile_type: TIMESERIES, timestamp_column: ts, ${layers.defaults ?? ''} }\n`,
    tableOf({ tags: layers.tags ?? {} }),
  );
  return valueAt(spec, 'time_series.granularities');
}

const code = (...names: readonly string[]): readonly string[] => names.map((name) => `AGGREGATION_GRANULARITY_${name}`);

describe('granularities', () => {
  test.each([
    {
      name: 'in a table entry',
      layers: { entry: 'granularity: 1 hour, granularities: [1 day, 1 week]' },
      expected: code('1_DAY', '1_WEEK'),
    },
    {
      name: 'in the tags',
      layers: { tags: { monitor_granularity: '1 hour', monitor_granularities: '1 day,1 week' } },
      expected: code('1_DAY', '1_WEEK'),
    },
    {
      name: 'in the defaults',
      layers: { defaults: 'granularity: 1 hour, granularities: [1 day, 1 week]' },
      expected: code('1_DAY', '1_WEEK'),
    },
  ])('U017 the plural wins over the singular $name', ({ layers, expected }) => {
    expect(granularities(layers)).toEqual(expected);
  });

  test.each([
    {
      name: 'a table entry before a tag',
      layers: { entry: 'granularity: 1 hour', tags: { monitor_granularities: '1 day,1 week' } },
      expected: code('1_HOUR'),
    },
    {
      name: 'a tag before the defaults',
      layers: { tags: { monitor_granularity: '1 month' }, defaults: 'granularities: [1 day, 1 week]' },
      expected: code('1_MONTH'),
    },
    {
      name: 'the defaults before what is built in',
      layers: { defaults: 'granularities: [5 minutes]' },
      expected: code('5_MINUTES'),
    },
  ])('C17 the singular of a nearer layer wins over the plural of a farther one: $name', ({ layers, expected }) => {
    expect(granularities(layers)).toEqual(expected);
  });

  test('U076 what is named twice is sent once, in whatever form', () => {
    expect(granularities({ tags: { monitor_granularities: '1 day, 1 Day ,1 week' } })).toEqual(code('1_DAY', '1_WEEK'));
  });

  test.each([
    ['5 minutes', '5_MINUTES'],
    ['30 minutes', '30_MINUTES'],
    ['1 hour', '1_HOUR'],
    ['1 day', '1_DAY'],
    ['1 week', '1_WEEK'],
    ['2 weeks', '2_WEEKS'],
    ['3 weeks', '3_WEEKS'],
    ['4 weeks', '4_WEEKS'],
    ['1 month', '1_MONTH'],
    ['1 year', '1_YEAR'],
    [' 1 DAY ', '1_DAY'],
  ])('U016 U076 %j is AGGREGATION_GRANULARITY_%s', (text, name) => {
    expect(granularityCode(text)).toBe(`AGGREGATION_GRANULARITY_${name}`);
  });

  test.each(['', '2 hours', '1 days', '1_day', 'day', '5 weeks', 'constructor'])(
    'U016 %j is no granularity',
    (text) => {
      expect(granularityCode(text)).toBeUndefined();
    },
  );
});
