import { describe, expect, test } from '@jest/globals';
import { at, churn, columnsOf, desireOf, monitorIn, tableOf, valueAt } from './support.ts';

/** Layers that say something about one setting, as YAML values or texts of tags. */
interface Layers {
  readonly entry?: string;
  readonly tag?: string;
  readonly defaults?: string;
}

interface Field {
  /** Requirements: that of the table's setting and that of the default. */
  readonly ids: string;
  readonly key: string;
  readonly path: string;
  /** One value for each layer, as it is written and as it is sent. */
  readonly entry: readonly [string, unknown];
  readonly tag: readonly [string, unknown];
  readonly defaults: readonly [string, unknown];
  readonly builtIn: unknown;
  readonly type?: string;
}

const columns = columnsOf('a bigint', 'b string', 'c double', 'd timestamp', 'p double', 't timestamp', 'm string');

const inference = 'INFERENCE';
const problemType: Field = {
  ids: 'R036 R080',
  key: 'problem_type',
  path: 'inference_log.problem_type',
  entry: ['REGRESSION', 'INFERENCE_PROBLEM_TYPE_REGRESSION'],
  tag: ['classification', 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION'],
  defaults: ['PROBLEM_TYPE_REGRESSION', 'INFERENCE_PROBLEM_TYPE_REGRESSION'],
  builtIn: 'INFERENCE_PROBLEM_TYPE_REGRESSION',
  type: inference,
};

const fields: readonly Field[] = [
  {
    ids: 'R075',
    key: 'output_schema_name',
    path: 'output_schema_id.$ref',
    entry: ['one', 'schema:prod.one'],
    tag: ['Two', 'schema:prod.two'],
    defaults: ['three', 'schema:prod.three'],
    builtIn: 'schema:prod.monitoring_results',
  },
  {
    ids: 'R082',
    key: 'create_builtin_dashboard',
    path: 'skip_builtin_dashboard',
    entry: ['false', true],
    tag: ['true', false],
    defaults: ['false', true],
    builtIn: false,
  },
  {
    ids: 'R038 R081',
    key: 'slicing_exprs',
    path: 'slicing_exprs',
    entry: ['[a]', ['a']],
    tag: ['b, c > 1', ['b', 'c > 1']],
    defaults: ['[c]', ['c']],
    builtIn: undefined,
  },
  {
    ids: 'D002',
    key: 'failure_notifications',
    path: 'notification_settings.on_failure.email_addresses',
    entry: ['[a@x.org]', ['a@x.org']],
    tag: ['b@x.org,c@x.org', ['b@x.org', 'c@x.org']],
    defaults: ['[d@x.org]', ['d@x.org']],
    builtIn: undefined,
  },
  {
    ids: 'D002',
    key: 'schedule',
    path: 'schedule.quartz_cron_expression',
    entry: ['0 0 1 * * ?', '0 0 1 * * ?'],
    tag: ['0 0 2 * * ?', '0 0 2 * * ?'],
    defaults: ['0 0 3 * * ?', '0 0 3 * * ?'],
    builtIn: undefined,
  },
  {
    ids: 'R037 R076 R017',
    key: 'granularity',
    path: 'inference_log.granularities',
    entry: ['1 hour', ['AGGREGATION_GRANULARITY_1_HOUR']],
    tag: ['1 week', ['AGGREGATION_GRANULARITY_1_WEEK']],
    defaults: ['1 month', ['AGGREGATION_GRANULARITY_1_MONTH']],
    builtIn: ['AGGREGATION_GRANULARITY_1_DAY'],
    type: inference,
  },
  problemType,
  ...(
    [
      ['R004 R015 R032 R078', 'label_column'],
      ['D002', 'prediction_probability_column'],
    ] as const
  ).map(([ids, key]): Field => ({
    ids,
    key,
    path: `inference_log.${key}`,
    entry: ['a', 'a'],
    tag: ['b', 'b'],
    defaults: ['c', 'c'],
    builtIn: undefined,
    type: inference,
  })),
  ...(
    [
      ['R033 R016 R077', 'prediction_column'],
      ['R034 R016 R079', 'timestamp_column'],
      ['R035', 'model_id_column'],
    ] as const
  ).map(([ids, key]): Field => ({
    ids,
    key,
    path: `inference_log.${key}`,
    entry: ['a', 'a'],
    tag: ['b', 'b'],
    defaults: ['c', 'c'],
    builtIn: 'required',
    type: inference,
  })),
];

/** Without them there is no profile of an inference log. */
const required: readonly (readonly [string, string])[] = [
  ['prediction_column', 'p'],
  ['timestamp_column', 't'],
  ['model_id_column', 'm'],
];

function read(field: Field, layers: Layers): { readonly value: unknown; readonly place: string } {
  const type = field.type ?? 'SNAPSHOT';
  const log = required
    .filter(([key]) => type === inference && key !== field.key)
    .map(([key, column]) => `, ${key}: ${column}`)
    .join('');
  const entry = layers.entry === undefined ? '' : `, ${field.key}: ${layers.entry}`;
  const defaults = layers.defaults === undefined ? '' : `\n  ${field.key}: ${layers.defaults}`;
  const desired = desireOf(
    `monitored_tables:\n  ${churn}: { profile_type: ${type}${log}${entry} }\nprofile_defaults:${defaults}\n`,
    [tableOf({ columns, tags: layers.tag === undefined ? {} : { [`monitor_${field.key}`]: layers.tag } })],
  );
  const { spec, origins } = monitorIn(desired);
  const origin = Object.keys(origins).find((path) => field.path.startsWith(path));
  return { value: valueAt(spec, field.path), place: at(origin === undefined ? undefined : origins[origin]) };
}

describe('D002 C17 settings of a table, field by field', () => {
  const cases = fields.flatMap((field) => {
    const said = { entry: field.entry[0], tag: field.tag[0], defaults: field.defaults[0] };
    const { ids, key } = field;
    return [
      {
        ids,
        key,
        field,
        from: 'the table entry before all',
        layers: said,
        value: field.entry[1],
        place: /^dpo\.yaml:4:/u,
      },
      {
        ids,
        key,
        field,
        from: 'the tag before the defaults',
        layers: { ...said, entry: undefined },
        value: field.tag[1],
        place: new RegExp(`^${churn}#monitor_${key}$`, 'u'),
      },
      {
        ids,
        key,
        field,
        from: 'the defaults before what is built in',
        layers: { defaults: said.defaults },
        value: field.defaults[1],
        place: /^dpo\.yaml:6:/u,
      },
    ];
  });

  test.each(cases)('$ids $key: $from', ({ field, layers, value, place }) => {
    const found = read(field, layers as Layers);
    expect(found.value).toEqual(value);
    expect(found.place).toMatch(place);
  });

  test.each(fields.filter(({ builtIn }) => builtIn !== 'required'))(
    '$ids $key: what is built in, where nobody says anything',
    (field) => {
      expect(read(field, {}).value).toEqual(field.builtIn);
    },
  );

  test('U059 T18 a problem type that nobody sets is found at the prediction, and the place is that of its column', () => {
    const found = read(problemType, {});
    expect(found.place).toBe('dpo.yaml:4:64');
  });

  test('a value that is built in has the origin "default", all others the place of the value itself', () => {
    const desired = desireOf(`monitored_tables:\n  ${churn}:\n    profile_type: SNAPSHOT\n    slicing_exprs: [id]\n`);
    const { origins, place } = monitorIn(desired);
    expect(at(place)).toBe('dpo.yaml:4:3');
    expect(Object.fromEntries(Object.entries(origins).map(([path, origin]) => [path, at(origin)]))).toEqual({
      profile_type: 'dpo.yaml:5:19',
      output_schema_id: 'default',
      skip_builtin_dashboard: 'default',
      slicing_exprs: 'dpo.yaml:6:20',
    });
  });

  test('the profile type itself comes from the same layers', () => {
    const tags = { monitor_profile_type: 'SNAPSHOT' };
    const text = `monitored_tables:\n  ${churn}: {}\nprofile_defaults:\n  profile_type: TIMESERIES\n  timestamp_column: ts\n`;
    const tagged = monitorIn(desireOf(text, [tableOf({ tags })]));
    expect([tagged.spec['profile_type'], at(tagged.origins['profile_type'])]).toEqual([
      'SNAPSHOT',
      `${churn}#monitor_profile_type`,
    ]);
    expect(monitorIn(desireOf(text)).spec['profile_type']).toBe('TIMESERIES');
  });

  test('tag_prefix says which tags are settings', () => {
    const tags = { monitor_slicing_exprs: 'id', team_slicing_exprs: 'ts', slicing_exprs: 'prediction' };
    const text = `tag_prefix: team_\nmonitored_tables:\n  ${churn}: { profile_type: SNAPSHOT }\n`;
    expect(monitorIn(desireOf(text, [tableOf({ tags })])).spec['slicing_exprs']).toEqual(['ts']);
    expect(monitorIn(desireOf(text.replace('team_', "''"), [tableOf({ tags })])).spec['slicing_exprs']).toEqual([
      'prediction',
    ]);
  });

  test('an empty list of a table takes the list of the defaults away', () => {
    const text = `monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT, slicing_exprs: [], failure_notifications: [] }\nprofile_defaults:\n  slicing_exprs: [id]\n  failure_notifications: [a@x.org]\n`;
    const { spec, origins } = monitorIn(desireOf(text));
    expect(spec).not.toHaveProperty('slicing_exprs');
    expect(spec).not.toHaveProperty('notification_settings');
    expect(origins).not.toHaveProperty('slicing_exprs');
  });

  test('R030 the settings of one table do not touch another one', () => {
    const orders = tableOf({ fullName: 'prod.ml.orders' });
    const text = `monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT, slicing_exprs: [id] }\n  prod.ml.orders: { profile_type: SNAPSHOT }\n`;
    const desired = desireOf(text, [tableOf(), orders]);
    expect(monitorIn(desired, 'prod.ml.orders').spec).not.toHaveProperty('slicing_exprs');
  });
});
