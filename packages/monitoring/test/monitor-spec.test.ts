import { describe, expect, test } from '@jest/globals';
import type { CatalogTable, JsonObject, Owner } from '@dpo/core';
import { desireMonitor } from '../src/monitor-spec.ts';
import { listedSource, patternKeys } from '../src/table-source.ts';
import { at, brief, churn, desireOf, load, monitorIn, specOf, tableOf } from './support.ts';

const snapshot = `monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT }\n`;
const inference = 'prediction_column: prediction, timestamp_column: ts, model_id_column: id';

describe('U071 the spec of a monitor', () => {
  const common = {
    object_id: `id-of-${churn}`,
    output_schema_id: { $ref: 'schema:prod.monitoring_results', path: 'schema_id' },
    assets_dir: `/Workspace/Shared/DPO/dpo/test/monitors/${churn}`,
    skip_builtin_dashboard: false,
    warehouse_id: 'w',
  };

  test('R005 R058 of a snapshot holds no columns and no granularity, even if they are set', () => {
    const text = `${snapshot}profile_defaults: { granularity: 1 hour, timestamp_column: nope, label_column: nope }\n`;
    expect(specOf(text)).toEqual({ ...common, profile_type: 'SNAPSHOT' });
  });

  test('R005 R059 of a time series holds its column of time and granularities', () => {
    const text = `monitored_tables:\n  ${churn}: { profile_type: TIMESERIES, timestamp_column: ts, label_column: nope }\n`;
    expect(specOf(text)).toEqual({
      ...common,
      profile_type: 'TIMESERIES',
      time_series: { timestamp_column: 'ts', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
    });
  });

  test('R005 R060 of an inference log holds all its columns, and INFERENCE is what nobody has to say', () => {
    const text = `monitored_tables:\n  ${churn}: { ${inference}, label_column: actual_label }\n`;
    expect(specOf(text)).toEqual({
      ...common,
      profile_type: 'INFERENCE',
      inference_log: {
        timestamp_column: 'ts',
        prediction_column: 'prediction',
        model_id_column: 'id',
        label_column: 'actual_label',
        granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
        problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
      },
    });
  });

  test('each path has the place of its value', () => {
    const text = `monitored_tables:\n  ${churn}:\n    prediction_column: prediction\n    model_id_column: id\n    granularities: [1 hour]\nprofile_defaults:\n  timestamp_column: ts\n`;
    const { origins } = monitorIn(desireOf(text));
    expect(Object.fromEntries(Object.entries(origins).map(([path, place]) => [path, at(place)]))).toEqual({
      profile_type: 'default',
      output_schema_id: 'default',
      skip_builtin_dashboard: 'default',
      'inference_log.timestamp_column': 'dpo.yaml:9:21',
      'inference_log.prediction_column': 'dpo.yaml:5:24',
      'inference_log.model_id_column': 'dpo.yaml:6:22',
      'inference_log.granularities': 'dpo.yaml:7:20',
      'inference_log.problem_type': 'dpo.yaml:5:24',
    });
  });

  test('without a warehouse there is none in it', () => {
    expect(wish(snapshot, { warehouseId: undefined })).not.toHaveProperty('warehouse_id');
  });

  test('U070 create_builtin_dashboard: false skips it', () => {
    expect(specOf(snapshot.replace('SNAPSHOT', 'SNAPSHOT, create_builtin_dashboard: false'))).toMatchObject({
      skip_builtin_dashboard: true,
    });
  });

  test('N009 the monitor is of the table that the catalog knows now', () => {
    expect(specOf(snapshot, tableOf({ tableId: 'other' }))['object_id']).toBe('other');
  });
});

describe('what a profile needs', () => {
  test('C01 an inference log without a model id names the table and offers two ways out', () => {
    const text = `monitored_tables:\n  ${churn}: { prediction_column: prediction, timestamp_column: ts }\n`;
    expect(desireOf(text).problems).toEqual([
      {
        code: 'CONFIG.INCOMPLETE',
        severity: 'error',
        address: `monitor:${churn}`,
        message: `${churn}: an INFERENCE profile needs 'model_id_column'`,
        hint: "set it, or profile a view that adds a literal model id: SELECT *, 'v1' AS model_id FROM …",
        place: {
          file: 'dpo.yaml',
          start: { line: 4, column: 3 },
          end: { line: 4, column: 16 },
          path: `monitored_tables.${churn}`,
        },
      },
    ]);
  });

  test('R014 C02 what a file left open and a tag gives is no problem any more', () => {
    const text = `monitored_tables:\n  ${churn}: { prediction_column: prediction, timestamp_column: ts }\n`;
    expect(load(text).problems.map(brief)).toEqual([
      expect.stringMatching(/^dpo\.yaml:4:3 warning CONFIG\.INCOMPLETE/u),
    ]);
    expect(desireOf(text, [tableOf({ tags: { monitor_model_id_column: 'id' } })]).problems).toEqual([]);
  });

  test('C02 everything that an inference log lacks is told at once', () => {
    const text = `monitored_tables:\n  ${churn}: {}\n`;
    expect(desireOf(text).problems.map(({ message }) => message)).toEqual([
      `${churn}: an INFERENCE profile needs 'timestamp_column'`,
      `${churn}: an INFERENCE profile needs 'prediction_column'`,
      `${churn}: an INFERENCE profile needs 'model_id_column'`,
    ]);
  });

  test('U047 a time series without a column of time says which setting gives it', () => {
    const text = `monitored_tables:\n  ${churn}: { ${inference.replace('timestamp_column: ts, ', '')} }\n`;
    const tags = { monitor_profile_type: 'TIMESERIES' };
    expect(desireOf(text, [tableOf({ tags })]).problems.map(({ message, hint }) => [message, hint])).toEqual([
      [
        `${churn}: a TIMESERIES profile needs 'timeseries_timestamp_column'`,
        'set it for the table, as tag, or under profile_defaults',
      ],
    ]);
  });
});

describe('schedule, notices and baseline', () => {
  const scheduled = (schedule: string, defaults = ''): unknown =>
    specOf(`${snapshot.replace('SNAPSHOT', `SNAPSHOT${schedule}`)}profile_defaults: { ${defaults} }\n`)['schedule'];
  const utc = { quartz_cron_expression: '0 0 8 * * ?', timezone_id: 'UTC' };

  test.each([
    { name: 'a text is a cron expression in UTC', schedule: ', schedule: 0 0 8 * * ?', defaults: '', expected: utc },
    {
      name: 'a map may have a time zone',
      schedule: ", schedule: { cron: '0 0 8 * * ?', timezone: Europe/Berlin }",
      defaults: '',
      expected: { ...utc, timezone_id: 'Europe/Berlin' },
    },
    {
      name: 'a map without a time zone is in UTC',
      schedule: ", schedule: { cron: '0 0 8 * * ?' }",
      defaults: '',
      expected: utc,
    },
    {
      name: 'the schedule of a table is whole: no time zone comes from the defaults',
      schedule: ", schedule: { cron: '0 0 8 * * ?' }",
      defaults: "schedule: { cron: '0 0 9 * * ?', timezone: Europe/Berlin }",
      expected: utc,
    },
    { name: 'that of the defaults', schedule: '', defaults: 'schedule: 0 0 8 * * ?', expected: utc },
    {
      name: 'null is never, whatever the defaults say',
      schedule: ', schedule: null',
      defaults: 'schedule: 0 0 8 * * ?',
      expected: undefined,
    },
    { name: 'none', schedule: '', defaults: '', expected: undefined },
  ])('$name', ({ schedule, defaults, expected }) => {
    expect(scheduled(schedule, defaults)).toEqual(expected);
  });

  test('C17 a schedule of null also goes before a tag', () => {
    const tags = { monitor_schedule: '0 0 8 * * ?' };
    expect(specOf(snapshot.replace('SNAPSHOT', 'SNAPSHOT, schedule: null'), tableOf({ tags }))).not.toHaveProperty(
      'schedule',
    );
  });

  test('failure_notifications are addresses, at the place of the list', () => {
    const text = snapshot.replace('SNAPSHOT', 'SNAPSHOT, failure_notifications: [a@x.org, b@x.org]');
    const { spec, origins } = monitorIn(desireOf(text));
    expect(spec['notification_settings']).toEqual({ on_failure: { email_addresses: ['a@x.org', 'b@x.org'] } });
    expect(at(origins['notification_settings'])).toBe('dpo.yaml:4:67');
  });

  test('R004 R031 a baseline is sent in lower case, at the place of its name', () => {
    const text = snapshot.replace('SNAPSHOT', 'SNAPSHOT, baseline_table_name: Prod.ML.Base');
    const desired = desireOf(text, [tableOf(), tableOf({ fullName: 'prod.ml.base' })]);
    expect(monitorIn(desired).spec['baseline_table_name']).toBe('prod.ml.base');
    expect(at(monitorIn(desired).origins['baseline_table_name'])).toBe('dpo.yaml:4:65');
  });
});

describe('T16 U069 the folder of a monitor', () => {
  const folder = (fullName: string, root = ''): unknown =>
    wish(`${root}monitored_tables:\n  "${fullName}": { profile_type: SNAPSHOT }\n`, {
      key: fullName,
      table: tableOf({ fullName }),
    })['assets_dir'];

  test('is made of project, target and table, and of no user', () => {
    expect(folder(churn)).toBe(`/Workspace/Shared/DPO/dpo/test/monitors/${churn}`);
    const other = wish(snapshot, { owner: { project: 'fraud', target: 'prod' } });
    expect(other['assets_dir']).toBe(`/Workspace/Shared/DPO/fraud/prod/monitors/${churn}`);
  });

  test.each([
    ['/Workspace/Teams/ml', '/Workspace/Teams/ml'],
    ['/Workspace/Teams/ml//', '/Workspace/Teams/ml'],
    ['/', ''],
  ])('is below dashboard_parent_path %s', (root, expected) => {
    expect(folder(churn, `dashboard_parent_path: ${root}\n`)).toBe(`${expected}/dpo/test/monitors/${churn}`);
  });

  test.each([
    ['prod.ml.Größe', 'prod.ml.gr%C3%B6%C3%9Fe'],
    ['prod.ml.a%2Fb', 'prod.ml.a%252fb'],
    ['prod.ml.a&b+c', 'prod.ml.a%26b%2Bc'],
    ['prod.ml.😀', 'prod.ml.%F0%9F%98%80'],
    ['PROD.ML.Churn-2_x', 'prod.ml.churn-2_x'],
  ])('U069 %s is the folder %s', (name, expected) => {
    expect(folder(name)).toBe(`/Workspace/Shared/DPO/dpo/test/monitors/${expected}`);
  });
});

/** The spec that one table gives, with what a test wants otherwise. */
function wish(
  text: string,
  more: {
    readonly key?: string;
    readonly table?: CatalogTable;
    readonly owner?: Owner;
    readonly warehouseId?: string | undefined;
  },
): JsonObject {
  const { key = churn, ...others } = more;
  const loaded = load(text);
  const { resource, problems } = desireMonitor({
    loaded,
    source: listedSource(loaded, key, patternKeys(loaded)),
    table: tableOf(),
    owner: { project: 'dpo', target: 'test' },
    warehouseId: 'w',
    ...others,
  });
  if (resource === undefined) throw new Error(JSON.stringify(problems));
  return resource.spec;
}
