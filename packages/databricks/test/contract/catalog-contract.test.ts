import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { executeStatement, getWorkspaceIdentity, listTables, readCatalogTables } from '../../src/index.ts';
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

test('the identity of the workspace', async () => {
  expect(await getWorkspaceIdentity(workspace.client)).toMatchObject({
    host: workspace.local.url,
    workspaceId: workspace.local.workspaceId,
    metastoreId: workspace.local.metastoreId,
  });
});
