import { describe, expect, test } from '@jest/globals';
import { matchTable, type CatalogFinding, type CatalogTable, type FoundTable } from '@dpo/core';
import { loadConfig } from '@dpo/config';
import { inspectTable, knownTables, linksOf, searchOf, type InspectTableRequest } from '../../src/index.ts';
import { primaryKeyOf } from '../../src/inspect/primary-key.ts';
import { at, churn, columnsOf, head, load, tableOf } from '../support.ts';

const other = 'prod.ml.other';

function inspect(
  text: string,
  tables: readonly CatalogTable[],
  { name = churn, environment = {} }: { readonly name?: string; readonly environment?: Record<string, string> } = {},
): ReturnType<typeof inspectTable> {
  const loaded =
    Object.keys(environment).length === 0
      ? load(text)
      : loadConfig({ file: 'dpo.yaml', text: head + text, environment, today: '2027-01-01' });
  const findings = new Map(
    tables.map((table): [string, CatalogFinding] => [table.fullName, { status: 'present', table }]),
  );
  const search = searchOf(loaded);
  const found = tables.flatMap(({ fullName, tags }): readonly FoundTable[] => {
    const [catalog = '', schema = '', table = ''] = fullName.split('.');
    const match = search === undefined ? undefined : matchTable(search, { catalog, schema, table }, tags);
    return match === undefined ? [] : [{ catalog, schema, table, name: fullName, match }];
  });
  const request: InspectTableRequest = {
    loaded,
    owner: { project: 'dpo', target: 'test' },
    warehouseId: 'w',
    name,
    known: knownTables(loaded, { findings, found }).find((known) => known.name === name),
    table: tables.find(({ fullName }) => fullName === name),
    outputs: {},
    keyColumns: [],
  };
  return inspectTable(request);
}

/** `key value place` of the settings that are named. */
function settings({ table }: ReturnType<typeof inspectTable>, ...keys: readonly string[]): readonly string[] {
  return table.settings
    .filter(({ key }) => keys.includes(key))
    .map(({ key, value, from }) => `${key} ${JSON.stringify(value)} ${at(from)}`);
}

const inference = (name: string, more: string): string => `  ${name}:\n    ${more}\n`;

describe('what is said about one table, and where', () => {
  test('R030 R033 R034 R035 columns are per table: the settings of one do not touch the other, nor does its tag win', () => {
    const text =
      `monitored_tables:\n${inference(churn, '{ prediction_column: p1, timestamp_column: t1, model_id_column: m1 }')}` +
      `${inference(other, '{ timestamp_column: t2 }')}profile_defaults: { prediction_column: p0, model_id_column: m0 }\n`;
    const columns = columnsOf('p0', 'p1', 't1', 't2', 'm0', 'm1');
    const tags = { monitor_timestamp_column: 'p0' };
    const tables = [churn, other].map((fullName) => tableOf({ fullName, columns, tags }));
    const keys = ['timestamp_column', 'prediction_column', 'model_id_column'];
    expect(settings(inspect(text, tables), ...keys)).toEqual([
      'timestamp_column "t1" dpo.yaml:5:48',
      'prediction_column "p1" dpo.yaml:5:26',
      'model_id_column "m1" dpo.yaml:5:69',
    ]);
    expect(settings(inspect(text, tables, { name: other }), ...keys)).toEqual([
      'timestamp_column "t2" dpo.yaml:7:25',
      'prediction_column "p0" dpo.yaml:8:40',
      'model_id_column "m0" dpo.yaml:8:61',
    ]);
  });

  test('C09 U058 every tag of the table is there, an inherited one with its carrier, and so are the settings they give', () => {
    const tags = { monitor_enabled: 'true', owner: 'ana', department: 'crm', monitor_priority: '3', free: '' };
    const table = tableOf({ tags, inherited: { owner: 'prod.ml', monitor_enabled: 'prod' } });
    const text = `include_tagged_tables: true\ndiscovery: { inherit_tags: true }\nprofile_defaults: { profile_type: SNAPSHOT }\n`;
    const seen = inspect(text, [table]);
    expect(seen.table).toMatchObject({ how: 'tag', owner: 'ana', department: 'crm', priority: 3, group: 'default' });
    expect(seen.table.tags).toMatchObject({
      owner: { value: 'ana', inherited: 'prod.ml' },
      department: { value: 'crm' },
      free: { value: '' },
    });
    expect(settings(seen, 'owner', 'department', 'priority', 'monitor_group')).toEqual([
      'monitor_group "default" default',
      'priority 3 prod.ml.churn#monitor_priority',
      'owner "ana" prod.ml#owner',
      'department "crm" prod.ml.churn#department',
    ]);
  });

  test('U059 a problem type that nobody chose says why it is what it is', () => {
    const text = `monitored_tables:\n  ${churn}: { prediction_column: prediction, timestamp_column: ts, model_id_column: id, label_column: actual_label }\n`;
    const found = inspect(text, [tableOf()]).table.settings.find(({ key }) => key === 'problem_type');
    expect(found).toMatchObject({
      value: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
      reason: "problem type classification: label column 'actual_label' is string",
    });
    const own = inspect(text.replace('{ ', '{ problem_type: REGRESSION, '), [tableOf()]).table.settings;
    expect(own.filter(({ key }) => key === 'problem_type')).toEqual([
      { key: 'problem_type', value: 'REGRESSION', from: expect.objectContaining({ file: 'dpo.yaml' }) },
    ]);
  });

  test('labels are shown as text; a pattern gives settings too, and says so', () => {
    const text = `monitored_tables:\n  prod.ml.*: { labels: { tier: 1, pii: true, team: crm }, profile_type: SNAPSHOT, prevent_destroy: true }\n`;
    const { table } = inspect(text, [tableOf()]);
    expect(table).toMatchObject({ how: 'pattern', labels: { tier: '1', pii: 'true', team: 'crm' } });
    expect(settings({ table, problems: [] }, 'prevent_destroy')).toEqual(['prevent_destroy true dpo.yaml:4:100']);
  });

  test('of a faulty table the settings and the fault are told', () => {
    const seen = inspect(`monitored_tables:\n  ${churn}: { profile_type: TIMESERIES, timestamp_column: nope }\n`, [
      tableOf(),
    ]);
    expect(seen.problems.map(({ code }) => code)).toEqual(['CATALOG.COLUMN_NOT_FOUND']);
    expect(settings(seen, 'timestamp_column')).toEqual(['timestamp_column "nope" dpo.yaml:4:64']);
  });

  test('a value of the environment is shown by reference', () => {
    const text = `monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT, failure_notifications: ["\${env:MAIL}"], owner: "\${env:WHO}" }\n`;
    const seen = inspect(text, [tableOf()], { environment: { MAIL: 'secret@x.org', WHO: 'hidden-person' } });
    expect(JSON.stringify(seen)).not.toMatch(/secret@x.org|hidden-person/u);
    expect(settings(seen, 'failure_notifications', 'owner')).toEqual([
      expect.stringContaining('["${env:MAIL}"]'),
      expect.stringContaining('"${env:WHO}"'),
    ]);
  });

  test('a table that the config does not speak of has its tags and no settings', () => {
    const seen = inspect(`monitored_tables: { ${other}: { profile_type: SNAPSHOT } }\n`, [
      tableOf({ tags: { a: 'b' } }),
    ]);
    expect(seen.table).toMatchObject({ name: churn, settings: [], tags: { a: { value: 'b' } } });
    expect(seen.table.how).toBeUndefined();
  });
});

describe('U057 the primary key of a table', () => {
  test.each([
    [['a_id', 'b'], ['a', 'b'], { columns: ['a', 'b'], known_by: 'constraint' }],
    [['x', 'ID'], [], { columns: ['ID'], known_by: 'name' }],
    [['order_id', 'y'], [], { columns: ['order_id'], known_by: 'name' }],
    [['customer_id', 'y'], [], null],
  ])('%j with constraint %j: %j', (columns, constraint, key) => {
    expect(primaryKeyOf({ fullName: 'prod.shop.orders', columns: columnsOf(...columns) }, constraint)).toEqual(key);
  });
});

describe('links to pages of the workspace', () => {
  test('names are encoded, the embedded workspace has none', () => {
    const request = {
      workspaceId: '42',
      table: 'prod.ml.a b/c',
      outputs: { dashboard_id: 'd1', profile_metrics_table_name: 'prod.out.m' },
    };
    expect(linksOf({ ...request, host: undefined })).toEqual([]);
    expect(linksOf({ ...request, host: 'https://x' }).map(({ title, url }) => `${title} ${url}`)).toEqual([
      'Catalog Explorer https://x/explore/data/prod/ml/a%20b%2Fc?o=42',
      'monitor https://x/explore/data/prod/ml/a%20b%2Fc?o=42&activeTab=quality',
      'dashboard https://x/dashboardsv3/d1/published?o=42',
      'profile metrics https://x/explore/data/prod/out/m?o=42',
    ]);
  });
});
