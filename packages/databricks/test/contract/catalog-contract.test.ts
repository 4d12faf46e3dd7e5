import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { executeStatement, getWorkspaceIdentity, listTables, readCatalogTables } from '../../src/index.ts';
import { problemOf } from '../support/mock-workspace.ts';
import { startContractWorkspace, tableIdOf, type ContractWorkspace } from './contract-workspace.ts';

let workspace: ContractWorkspace;

beforeAll(async () => {
  workspace = await startContractWorkspace({ emptyPages: true, tablePageSize: 1, chunkRows: 2 });
});

afterAll(() => workspace.close());

test.each([
  ['a statement', true],
  ['one listing a table', false],
])('tables with their tags, read by %s', async (_name, byStatement) => {
  const request = {
    tables: ['Prod.ML.churn', 'prod.ml.bare', 'prod.ml.none', 'none.at.all'],
    warehouseId: byStatement ? workspace.local.warehouseId : undefined,
    tagPrefixNeeded: true,
  };
  const read = await readCatalogTables(workspace.client, request, workspace.read);
  expect(read.get('Prod.ML.churn')).toMatchObject({
    status: 'present',
    table: {
      fullName: 'prod.ml.churn',
      tableId: await tableIdOf(workspace, 'prod.ml.churn'),
      tableType: 'MANAGED',
      tags: { monitor_group: 'customers' },
    },
  });
  expect(read.get('prod.ml.bare')).toMatchObject({
    status: 'present',
    table: { columns: [{ name: 'id', type: 'int' }], tags: {} },
  });
  expect(read.get('prod.ml.none')).toEqual({ status: 'absent' });
  expect(read.get('none.at.all')).toEqual({ status: 'absent' });
});

test('all tables of a schema, over empty pages', async () => {
  const tables = await listTables(workspace.client, { catalog: 'prod', schema: 'ml' });
  expect(tables.map((table) => table.fullName).toSorted()).toEqual([
    'prod.ml.bare',
    'prod.ml.churn',
    'prod.ml.churn_baseline',
  ]);
});

test('T36: rows of all chunks', async () => {
  const statement = {
    warehouseId: workspace.local.warehouseId,
    text: 'SELECT id FROM prod.ml.churn WHERE region = :region ORDER BY id',
    parameters: { region: 'eu' },
    effect: 'read',
  } as const;
  const result = await executeStatement(workspace.client, statement, workspace.write);
  expect([result.columns, result.rows]).toEqual([['id'], [['0'], ['1'], ['2']]]);
});

test('T36: a result above 25 MiB is read through links, without credentials', async () => {
  const text = "SELECT id, repeat('x', 1048576) AS wide FROM range(28) AS r(id) ORDER BY id";
  const statement = { warehouseId: workspace.local.warehouseId, text, effect: 'read' } as const;
  const from = workspace.local.requests().length;
  const { rows } = await executeStatement(workspace.client, statement, workspace.write);
  expect(rows.map(([id, wide]) => [id, wide?.length])).toEqual(
    Array.from({ length: 28 }, (_, index) => [String(index), 1_048_576]),
  );
  const asked = workspace.local.requests().slice(from);
  expect(asked.filter(({ path }) => path.startsWith('/external-results/'))).toHaveLength(14);
});

test('T36: NULL and typed parameters', async () => {
  const statement = {
    warehouseId: workspace.local.warehouseId,
    text: 'SELECT :nothing IS NULL AS nothing, :number + 1 AS number',
    parameters: { nothing: null, number: { value: '41', type: 'INT' } },
    effect: 'read',
  } as const;
  expect((await executeStatement(workspace.client, statement, workspace.write)).rows).toEqual([['true', '42']]);
});

test('a warehouse that does not exist is named, with the next step', async () => {
  const statement = { warehouseId: 'gone0000', text: 'SELECT 1', effect: 'read' } as const;
  const problem = await problemOf(executeStatement(workspace.client, statement, workspace.write));
  expect(problem).toMatchObject({ code: 'API.WAREHOUSE', message: 'there is no warehouse gone0000' });
  expect(problem.hint).toContain('DATABRICKS_WAREHOUSE_ID');
});

test('the identity of the workspace', async () => {
  expect(await getWorkspaceIdentity(workspace.client)).toMatchObject({
    host: workspace.local.url,
    workspaceId: workspace.local.workspaceId,
    metastoreId: workspace.local.metastoreId,
  });
});
