import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readRecipients, readSchemas } from '../../src/index.ts';
import { problemOf } from '../support/mock-workspace.ts';
import { schemaIdOf, startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';

describe('W010 the schemas of catalogs', () => {
  let workspace: ContractWorkspace;
  const schemas = '/api/2.1/unity-catalog/schemas';
  const read = (managed: readonly string[] = [], lookInto: readonly string[] = []): ReturnType<typeof readSchemas> =>
    readSchemas(workspace.client, { catalogs: ['PR*'], managed, lookInto: () => lookInto }, workspace.read);

  beforeAll(async () => {
    workspace = await startContractWorkspace({ emptyPages: true, tablePageSize: 1 });
  });
  afterAll(() => workspace.close());

  test('by their names with their ids, from the lists of the catalogs that a glob means', async () => {
    const { listed, missing, tables } = await read();
    expect(listed.get('prod.ml')).toBe(await schemaIdOf(workspace, 'prod.ml'));
    expect([...listed.keys()]).toEqual(expect.arrayContaining(['prod.ml', 'prod.reports', 'prod.reports_2']));
    expect([missing.size, tables.size]).toEqual([0, 0]);
  });

  test('W020 of a managed one that no list names it is asked by itself whether it is gone', async () => {
    const managed = ['prod.ml', 'prod.hidden', 'elsewhere.x'];
    expect([...(await read(managed)).missing]).toEqual([['prod.hidden', { status: 'absent' }]]);
    workspace.local.faults.add({ match: `GET ${schemas}/*`, status: 403, errorCode: 'PERMISSION_DENIED' });
    expect([...(await read(managed)).missing]).toMatchObject([
      [
        'prod.hidden',
        { status: 'unreadable', problem: { hint: 'grant USE SCHEMA on schema prod.hidden and USE CATALOG on prod' } },
      ],
    ]);
    workspace.local.faults.clear();
  });

  test('the tables of those to look into, or why they cannot be listed', async () => {
    const look = ['prod.ml', 'prod.reports'];
    expect([...(await read([], look)).tables].map(([name, tables]) => [name, tables])).toEqual([
      ['prod.ml', ['bare', 'churn', 'churn_baseline']],
      ['prod.reports', []],
    ]);
    workspace.local.faults.add({
      match: 'GET /api/2.1/unity-catalog/tables*',
      status: 403,
      errorCode: 'PERMISSION_DENIED',
      times: 1,
    });
    const { tables } = await read([], ['prod.ml']);
    expect(tables.get('prod.ml')).toMatchObject({ code: 'API.FORBIDDEN' });
    workspace.local.faults.clear();
  });

  test('T26 a catalog that cannot be listed fails the read: nothing may seem gone', async () => {
    workspace.local.faults.add({ match: `GET ${schemas}*`, status: 403, errorCode: 'PERMISSION_DENIED' });
    expect(await problemOf(read())).toMatchObject({
      code: 'CATALOG.UNREADABLE',
      message: expect.stringContaining('the schemas of catalog prod cannot be listed'),
    });
    workspace.local.faults.clear();
  });
});

describe('U099 those who are to be told', () => {
  let workspace: ContractWorkspace;

  beforeAll(async () => {
    workspace = await startContractWorkspace({
      principals: [{ userName: 'Ann@x.com', token: 't' }],
    });
    for (const display_name of ['slack', 'twice', 'twice']) {
      // oxlint-disable-next-line no-await-in-loop
      await workspace.client.send({
        method: 'POST',
        path: '/api/2.0/notification-destinations',
        body: { display_name, config: { email: { addresses: ['a@x.com'] } } },
      });
    }
  });
  afterAll(() => workspace.close());

  test('are found by address and by the name of a destination, which need not be unique', async () => {
    const wanted = { emails: ['ann@x.com', 'o"neill@x.com'], names: ['slack'] };
    const { users, destinations } = await readRecipients(workspace.client, wanted, workspace.read);
    expect([...users].map(([email, ids]) => [email, ids.length])).toEqual([
      ['ann@x.com', 1],
      ['o"neill@x.com', 0],
    ]);
    expect([destinations.get('slack')?.length, destinations.get('twice')?.length]).toEqual([1, 2]);
  });

  test('nobody to find is no request', async () => {
    workspace.local.clearRequests();
    await readRecipients(workspace.client, { emails: [], names: [] }, workspace.read);
    expect(workspace.local.requests()).toEqual([]);
  });
});
