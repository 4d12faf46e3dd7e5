import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { executeStatement, getWorkspaceIdentity, listTables, readCatalog, readCatalogTables } from '../../src/index.ts';
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

test.each([
  ['a tag', { tags: { monitor_group: 'customers' }, patterns: [] }],
  ['a pattern', { patterns: ['prod.m?.churn'] }],
])('ruling 27: a table that %s finds reads as one that is asked for by name', async (_name, what) => {
  const { warehouseId } = workspace.local;
  const search = { catalogs: ['pr*'], excludeSchemas: [], inheritTags: false, ...what };
  const request = { tables: [], search, warehouseId, tagPrefixNeeded: true };
  const catalog = await readCatalog(workspace.client, request, workspace.read);
  const byName = { tables: ['prod.ml.churn'], warehouseId, tagPrefixNeeded: true };
  expect([...catalog.findings]).toEqual([...(await readCatalogTables(workspace.client, byName, workspace.read))]);
  expect(catalog.found.map(({ name }) => name)).toEqual(['prod.ml.churn']);
  expect(catalog.catalogs).toEqual(['prod']);
});

test('ruling 27: an answer of more than 25 MiB comes through links', async () => {
  const large = await startContractWorkspace({ chunkRows: 10_000 });
  const statement = {
    warehouseId: large.local.warehouseId,
    text: "SELECT repeat('x', 1000) AS text FROM range(28000)",
    effect: 'read',
  } as const;
  const result = await executeStatement(large.client, statement, large.write);
  expect([result.rows.length, result.rows.at(-1)?.[0]?.length]).toEqual([28_000, 1000]);
  // Two statements, the second with three links, two of which have a chunk of their own to ask for.
  expect(large.client.counts().total).toBe(7);
  await large.close();
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
