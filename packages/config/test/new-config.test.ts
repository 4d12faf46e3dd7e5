import { describe, expect, test } from '@jest/globals';
import { newConfigText, settingFault, withSchemaLine, type NewConfig } from '../src/index.ts';
import { load, problemsIn } from './support.ts';

const plain: NewConfig = {
  project: 'shop',
  catalog: 'prod',
  mode: 'full',
  profileType: 'SNAPSHOT',
  columns: {},
  tables: [{ name: 'prod.ml.churn' }],
};

describe('a new config', () => {
  test('N008 is valid and says nothing that waits, names its schema, and has a schedule', () => {
    const text = withSchemaLine(newConfigText({ ...plain, warehouseId: 'abc' }));
    expect(text.startsWith('# yaml-language-server: $schema=./dpo.schema.json\n')).toBe(true);
    expect(problemsIn(text)).toEqual([]);
    expect(load(text).config).toEqual({
      project: 'shop',
      catalog_name: 'prod',
      warehouse_id: 'abc',
      mode: 'full',
      profile_defaults: {
        profile_type: 'SNAPSHOT',
        output_schema_name: 'monitoring_results',
        schedule: { cron: '0 0 6 * * ?', timezone: 'UTC' },
      },
      monitored_tables: { 'prod.ml.churn': {} },
    });
  });

  test('W014 the folder that every user may manage is not chosen in silence', () => {
    expect(newConfigText(plain)).toContain('Every user may manage the default, /Workspace/Shared/DPO');
    const { config } = load(newConfigText({ ...plain, folder: '/Workspace/Teams/ml: "a"' }));
    expect(config.dashboard_parent_path).toBe('/Workspace/Teams/ml: "a"');
  });

  test('INFERENCE with all its columns is complete', () => {
    const columns = { timestamp_column: 'ts', prediction_column: 'said', model_id_column: 'model' };
    const text = newConfigText({
      ...plain,
      warehouseId: 'w',
      profileType: 'INFERENCE',
      columns,
      problemType: 'REGRESSION',
    });
    expect(problemsIn(text)).toEqual([]);
    expect(load(text).config.profile_defaults).toMatchObject({
      ...columns,
      problem_type: 'REGRESSION',
      granularity: '1 day',
    });
  });

  test.each([
    '0123456789',
    '1e5',
    'true',
    'null',
    '- a',
    'a: b',
    '#x',
    "it's",
    '"',
    '*a',
    '{x}',
    '|',
    'a #b',
    '@',
    '%',
  ])('a value such as %s stays a text', (value) => {
    const table = `prod.ml.${value.replaceAll(/[\s"*]/gu, '_')}`;
    const columns = { timestamp_column: value };
    const tables = [{ name: table, remark: `tag a\n= '${value}'` }];
    const { config } = load(
      newConfigText({ ...plain, warehouseId: value, profileType: 'TIMESERIES', columns, tables }),
    );
    expect(config).toMatchObject({ warehouse_id: value, profile_defaults: columns, monitored_tables: { [table]: {} } });
  });

  test.each([
    [['project'] as const, 'shop', undefined],
    [['project'] as const, 'My Shop', "'project' is 'My Shop', not 1 to 63 of"],
    [['catalog_name'] as const, 'a.b', "'catalog_name' is 'a.b', not the name of a catalog"],
    [['warehouse_id'] as const, '', "'warehouse_id' is an empty text"],
    [['profile_defaults', 'timestamp_column'] as const, 'ts', undefined],
    [['profile_defaults', 'problem_type'] as const, 'regression', undefined],
    [['profile_defaults', 'problem_type'] as const, 'sorting', "'problem_type' is 'sorting'"],
  ])('%j may be %j or not, as the config language has it', (path, value, fault) => {
    if (fault === undefined) expect(settingFault(path, value)).toBeUndefined();
    else expect(settingFault(path, value)).toContain(fault);
  });
});
