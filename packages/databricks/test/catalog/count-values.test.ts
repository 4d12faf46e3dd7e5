import { describe, expect, test } from '@jest/globals';
import { countValues, readColumnTags, readMoreTables, tryWarehouse } from '../../src/index.ts';
import { mockWorkspace, problemOf, type MockWorkspace } from '../support/mock-workspace.ts';

const statements = '/api/2.0/sql/statements';
const warehouseId = 'wh';

type Rows = readonly (readonly (string | null)[])[];

/** Answers each statement by its text; undefined is a failure for want of a grant. */
function answer(workspace: MockWorkspace, rowsOf: (text: string) => Rows | undefined): string[] {
  const seen: string[] = [];
  workspace.pool
    .intercept({ method: 'POST', path: statements })
    .reply((request) => {
      const { statement } = JSON.parse(request.body as string) as { statement: string };
      seen.push(statement);
      const rows = rowsOf(statement);
      const error = { error_code: 'BAD_REQUEST', message: 'no SELECT on that' };
      const status = rows === undefined ? { state: 'FAILED', error } : { state: 'SUCCEEDED' };
      return { statusCode: 200, data: JSON.stringify({ statement_id: 's', status, result: { data_array: rows } }) };
    })
    .persist();
  return seen;
}

const numberOf = (text: string): number => text.split('UNION ALL').length;
const all = (text: string): Rows => Array.from({ length: numberOf(text) }, (_, index) => [String(index), '7']);
const tables = (count: number): readonly { readonly table: string; readonly columns: readonly string[] }[] =>
  Array.from({ length: count }, (_, index) => ({ table: `prod.ml.t${String(index)}`, columns: ['x'] }));

describe('U062 counting the values of slices', () => {
  test('is one statement for all tables, with every name quoted', async () => {
    const workspace = mockWorkspace();
    const seen = answer(workspace, () => [
      ['1', '5'],
      ['0', '3,12000'],
    ]);
    const requests = [
      { table: 'prod.ml.Orders', columns: ['Region', 'a`b'] },
      { table: 'prod.ml.other', columns: ['x'] },
    ];
    const { counts, uncounted } = await countValues(workspace.client, { requests, warehouseId }, workspace.read);
    expect(seen).toEqual([
      "SELECT '0' AS n, concat_ws(',', CAST(approx_count_distinct(`Region`) AS STRING), CAST(approx_count_distinct(`a``b`) AS STRING)) AS counts FROM `prod`.`ml`.`Orders` UNION ALL SELECT '1' AS n, concat_ws(',', CAST(approx_count_distinct(`x`) AS STRING)) AS counts FROM `prod`.`ml`.`other`",
    ]);
    expect(counts.get('prod.ml.orders')).toEqual(
      new Map([
        ['region', 3],
        ['a`b', 12_000],
      ]),
    );
    expect(counts.get('prod.ml.other')).toEqual(new Map([['x', 5]]));
    expect(uncounted.size).toBe(0);
  });

  test('is no statement where nothing is asked, and one for each 100 tables', async () => {
    const workspace = mockWorkspace();
    const seen = answer(workspace, all);
    await countValues(workspace.client, { requests: [], warehouseId }, workspace.read);
    expect(seen).toEqual([]);
    const { counts } = await countValues(workspace.client, { requests: tables(250), warehouseId }, workspace.read);
    expect([seen.map(numberOf), counts.size]).toEqual([[100, 100, 50], 250]);
  });

  test('finds the table that may not be read, and counts the others', async () => {
    const workspace = mockWorkspace();
    const seen = answer(workspace, (text) => (text.includes('`t5`') ? undefined : all(text)));
    const { counts, uncounted } = await countValues(
      workspace.client,
      { requests: tables(8), warehouseId },
      workspace.read,
    );
    expect([...uncounted]).toEqual([['prod.ml.t5', expect.stringContaining('no SELECT on that')]]);
    expect([counts.size, seen.length]).toEqual([7, 7]);
  });

  test('W002 asks a bounded number of times where nothing may be read', async () => {
    const workspace = mockWorkspace();
    const seen = answer(workspace, () => undefined);
    const { counts, uncounted } = await countValues(
      workspace.client,
      { requests: tables(300), warehouseId },
      workspace.read,
    );
    expect([counts.size, uncounted.size, seen.length]).toEqual([0, 300, 23]);
  });
});

describe('N006 tags of columns', () => {
  test('are one statement a catalog; a tag whose value says no marks nothing', async () => {
    const workspace = mockWorkspace();
    const seen = answer(workspace, () => [
      ['ML', 'A', 'Email', 'PII', 'true'],
      ['ml', 'a', 'email', 'class.email_address', null],
      ['ml', 'a', 'region', 'pii', 'False'],
      ['ml', 'unasked', 'x', 'pii', ''],
    ]);
    const asked = ['prod.ml.a', 'prod.shop.b', 'dev.ml.a'];
    const tags = await readColumnTags(workspace.client, { tables: asked, warehouseId }, workspace.read);
    expect(tags.get('prod.ml.a')).toEqual(new Map([['email', ['PII', 'class.email_address']]]));
    expect(seen).toHaveLength(2);
    expect(
      seen.every((text) => text.includes('`information_schema`.`column_tags` WHERE schema_name IN (:schema_0')),
    ).toBe(true);
  });

  test('that cannot be read are an error with the grant', async () => {
    const workspace = mockWorkspace();
    answer(workspace, () => undefined);
    const problem = await problemOf(
      readColumnTags(workspace.client, { tables: ['prod.ml.a'], warehouseId }, workspace.read),
    );
    expect(problem.message).toMatch(/^the tags of columns of catalog prod cannot be read: /u);
    expect(problem.hint).toContain('grant USE CATALOG and BROWSE on catalog prod');
  });
});

describe('R031 baselines that only tags name', () => {
  const table = '/api/2.1/unity-catalog/tables/prod.ml.base?include_browse=true';

  test('one that may not be read stops nothing', async () => {
    const workspace = mockWorkspace();
    workspace.pool
      .intercept({ method: 'GET', path: table })
      .reply(403, JSON.stringify({ error_code: 'PERMISSION_DENIED', message: 'no' }));
    const found = await readMoreTables(workspace.client, { tables: ['prod.ml.base'], warehouseId }, workspace.read);
    expect(found.get('prod.ml.base')?.status).toBe('unreadable');
  });

  test('many are read by lists and one statement, not one by one', async () => {
    const workspace = mockWorkspace();
    const names = Array.from({ length: 30 }, (_, index) => `prod.ml.b${String(index)}`);
    const seen = answer(workspace, () => names.map((name) => ['ml', name.slice(8), 'x', '0', 'INT']));
    const listed = names.map((name) => ({ full_name: name, table_id: name, table_type: 'MANAGED' }));
    workspace.reply('GET', '/api/2.1/unity-catalog/tables', { body: { tables: listed } });
    const found = await readMoreTables(workspace.client, { tables: names, warehouseId }, workspace.read);
    expect([found.size, seen.length]).toEqual([30, 1]);
    await workspace.done();
  });
});

test('U002 a warehouse is tried with the smallest of statements', async () => {
  const workspace = mockWorkspace();
  const seen = answer(workspace, () => [['1']]);
  await tryWarehouse(workspace.client, warehouseId, workspace.read);
  expect(seen).toEqual(['SELECT 1']);
});
