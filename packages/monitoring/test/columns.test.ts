import { describe, expect, test } from '@jest/globals';
import { bareColumn, sliceOf } from '../src/columns.ts';
import { at, brief, churn, columnsOf, desireOf, monitorIn, specOf, tableOf, valueAt } from './support.ts';

const inference = { prediction_column: 'prediction', timestamp_column: 'ts', model_id_column: 'id' };

/** An inference table with settings written one a line, from line 5 on. */
function inferenceOf(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...inference, ...settings }).map(([key, value]) => `    ${key}: ${value}\n`);
  return `monitored_tables:\n  ${churn}:\n${lines.join('')}`;
}

const available = "Available columns: ['id', 'prediction', 'actual_label', 'ts']";

describe('columns that settings name', () => {
  test('R065 names the missing column and lists the available ones, at the place of the value', () => {
    const desired = desireOf(inferenceOf({ label_column: 'label_v1' }));
    expect(desired.problems).toEqual([
      {
        code: 'CATALOG.COLUMN_NOT_FOUND',
        severity: 'error',
        address: `monitor:${churn}`,
        message:
          "Column 'label_v1' (from label_column) not found in table 'prod.ml.churn'. " +
          "Available columns: ['id', 'prediction', 'actual_label', 'ts']",
        place: {
          file: 'dpo.yaml',
          start: { line: 8, column: 19 },
          end: { line: 8, column: 27 },
          path: `monitored_tables.${churn}.label_column`,
        },
      },
    ]);
  });

  test.each([
    ['prediction_column', 'dpo.yaml:5:24'],
    ['timestamp_column', 'dpo.yaml:6:23'],
    ['model_id_column', 'dpo.yaml:7:22'],
    ['label_column', 'dpo.yaml:9:19'],
    ['prediction_probability_column', 'dpo.yaml:9:36'],
  ])('R064 R065 R066 a missing %s is found before anything is planned', (key, place) => {
    const desired = desireOf(inferenceOf({ problem_type: 'REGRESSION', [key]: 'nope' }));
    expect(desired.problems.map(brief)).toEqual([
      `${place} error CATALOG.COLUMN_NOT_FOUND: Column 'nope' (from ${key}) not found in table '${churn}'. ${available}`,
    ]);
    expect(desired.resources).toEqual([]);
  });

  test('all missing columns of a table are told at once', () => {
    const desired = desireOf(inferenceOf({ prediction_column: 'x', model_id_column: 'y', label_column: 'z' }));
    expect(desired.problems.map(({ place }) => at(place))).toEqual(['dpo.yaml:5:24', 'dpo.yaml:7:22', 'dpo.yaml:8:19']);
  });

  test('R065 a table without columns has none to offer', () => {
    const text = `monitored_tables:\n  ${churn}: { profile_type: TIMESERIES, timestamp_column: ts }\n`;
    expect(desireOf(text, [tableOf({ columns: [] })]).problems[0]?.message).toMatch(/Available columns: \[\]$/u);
  });

  test('U072 columns are compared without case, and sent as the catalog spells them', () => {
    const columns = columnsOf('ID bigint', 'Prediction double', 'Actual_Label string', 'TS timestamp');
    const text = inferenceOf({ label_column: 'ACTUAL_LABEL', prediction_probability_column: 'prediction' });
    expect(specOf(text, tableOf({ columns }))['inference_log']).toMatchObject({
      timestamp_column: 'TS',
      prediction_column: 'Prediction',
      model_id_column: 'ID',
      label_column: 'Actual_Label',
      prediction_probability_column: 'Prediction',
    });
  });

  test('R065 a column that a tag names is told at the tag, under the name of its setting', () => {
    const text = `monitored_tables:\n  ${churn}: {}\nprofile_defaults: { profile_type: TIMESERIES, timestamp_column: ts }\n`;
    const tags = { monitor_timeseries_timestamp_column: 'nope' };
    expect(desireOf(text, [tableOf({ tags })]).problems.map(brief)).toEqual([
      `${churn}#monitor_timeseries_timestamp_column error CATALOG.COLUMN_NOT_FOUND: Column 'nope' (from timeseries_timestamp_column) not found in table '${churn}'. ${available}`,
    ]);
  });
});

describe('C14 the column of time of a time series has two names', () => {
  const columns = columnsOf('t1 timestamp', 't2 timestamp', 't3 timestamp', 't4 timestamp');
  const both = (first: string, second: string): string =>
    `timestamp_column: ${first}, timeseries_timestamp_column: ${second}`;
  const time = (entry: string, defaults: string, tags: Readonly<Record<string, string>> = {}): unknown => {
    const text = `monitored_tables:\n  ${churn}: { ${entry} }\nprofile_defaults: { profile_type: TIMESERIES, ${defaults} }\n`;
    return valueAt(specOf(text, tableOf({ columns, tags })), 'time_series.timestamp_column');
  };

  test('R059 in a table entry timestamp_column wins', () => {
    expect(time(both('t1', 't2'), both('t3', 't4'))).toBe('t1');
  });

  test('R059 in profile_defaults timeseries_timestamp_column wins', () => {
    expect(time('', both('t3', 't4'))).toBe('t4');
  });

  test('tags are on the table: there timestamp_column wins too', () => {
    const tags = { monitor_timestamp_column: 't1', monitor_timeseries_timestamp_column: 't2' };
    expect(time('', both('t3', 't4'), tags)).toBe('t1');
  });

  test('layers go before names: either name in a nearer layer wins over both in a farther one', () => {
    expect(time('timeseries_timestamp_column: t2', both('t3', 't4'))).toBe('t2');
    expect(time('timestamp_column: t1', both('t3', 't4'))).toBe('t1');
    expect(time('', both('t3', 't4'), { monitor_timeseries_timestamp_column: 't2' })).toBe('t2');
  });

  test('R065 a missing column is told under the name that was used, in each layer', () => {
    const from = (entry: string, defaults: string): string | undefined => {
      const text = `monitored_tables:\n  ${churn}: { ${entry} }\nprofile_defaults: { profile_type: TIMESERIES, ${defaults} }\n`;
      return /\(from (\w+)\)/u.exec(desireOf(text, [tableOf({ columns })]).problems[0]?.message ?? '')?.[1];
    };
    expect(from(both('x', 't2'), '')).toBe('timestamp_column');
    expect(from('timeseries_timestamp_column: x', '')).toBe('timeseries_timestamp_column');
    expect(from('', both('t1', 'x'))).toBe('timeseries_timestamp_column');
  });

  test('an INFERENCE profile ignores the second name, in each layer', () => {
    const text = `monitored_tables:\n  ${churn}: { timeseries_timestamp_column: id, prediction_column: prediction, model_id_column: id }\nprofile_defaults: { timestamp_column: ts, timeseries_timestamp_column: id }\n`;
    expect(valueAt(specOf(text), 'inference_log.timestamp_column')).toBe('ts');
    const { problems } = desireOf(text.replace('timestamp_column: ts, ', ''));
    expect(problems.map(({ message }) => message)).toEqual([`${churn}: an INFERENCE profile needs 'timestamp_column'`]);
  });
});

describe('C05 slices', () => {
  const slices = (yaml: string): unknown => {
    const columns = columnsOf('Region', 'amount double', 'order_date date', '1st', 'a`b');
    return specOf(
      `monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT, slicing_exprs: ${yaml} }\n`,
      tableOf({ columns }),
    )['slicing_exprs'];
  };

  test.each([
    { name: 'R041 columns', yaml: '[Region, amount]', expected: ['Region', 'amount'] },
    { name: 'U072 columns in other case', yaml: '[REGION]', expected: ['Region'] },
    { name: 'back-ticked columns', yaml: "['`region`', ' `amount` ']", expected: ['Region', 'amount'] },
    { name: 'one column in two spellings', yaml: "[region, Region, '`REGION`']", expected: ['Region'] },
    { name: 'columns that need back-ticks', yaml: "['`1st`', '`a``b`']", expected: ['`1st`', '`a``b`'] },
    {
      name: 'T08 expressions, as they are',
      yaml: "[amount > 1000, 'upper(nope)', 'Region = ''x''', address.city]",
      expected: ['amount > 1000', 'upper(nope)', "Region = 'x'", 'address.city'],
    },
  ])('$name', ({ yaml, expected }) => {
    expect(slices(yaml)).toEqual(expected);
  });

  test('U063 R065 a slice by a missing column warns and is left out; the table is profiled all the same', () => {
    const text = `monitored_tables:\n  ${churn}:\n    profile_type: SNAPSHOT\n    slicing_exprs: [nope, id, "\`gone\`"]\n`;
    const desired = desireOf(text);
    expect(desired.problems).toEqual(
      ['nope', 'gone'].map((name) => ({
        code: 'CATALOG.COLUMN_NOT_FOUND',
        severity: 'warning',
        message: `Column '${name}' (from slicing_exprs) not found in table '${churn}'. ${available}`,
        hint: 'the profile is made without this slice',
        place: expect.objectContaining({ start: { line: 6, column: 20 } }),
      })),
    );
    expect(monitorIn(desired).spec['slicing_exprs']).toEqual(['id']);
  });

  test('U063 a table whose every slice is missing has none', () => {
    const text = `monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT, slicing_exprs: [nope] }\n`;
    expect(specOf(text)).not.toHaveProperty('slicing_exprs');
  });

  test.each([
    ['region', 'region'],
    [' region ', 'region'],
    ['`region`', 'region'],
    ['`a``b`', 'a`b'],
    ['`order date`', 'order date'],
    ['_x1', '_x1'],
    ['amount > 10', undefined],
    ['a.b', undefined],
    ['`a`.`b`', undefined],
    ['1st', undefined],
    ['', undefined],
    ['``', undefined],
  ])('%j names the column %j', (slice, expected) => {
    expect(bareColumn(slice)).toBe(expected);
  });

  test.each([
    ['region', 'region'],
    ['order date', '`order date`'],
    ['a`b', '`a``b`'],
    ['größe', '`größe`'],
  ])('a slice by the column %j is %j', (name, expected) => {
    expect(sliceOf({ name, type: 'string' })).toBe(expected);
  });
});
