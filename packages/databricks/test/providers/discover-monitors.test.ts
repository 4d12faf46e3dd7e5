import { describe, expect, test } from '@jest/globals';
import { createProviders } from '../../src/index.ts';
import { listOf, mockWorkspace, problemOf } from '../support/mock-workspace.ts';

const request = {
  owner: 'churn/prod',
  catalogs: [],
  schemas: [],
  folders: ['/Shared/churn/prod'],
  known: new Set<never>(),
  explained: new Set<never>(),
};
const assets = '/Shared/churn/prod/monitors/prod.ml.churn';

describe('discovery of monitors', () => {
  test.each([
    [400, 'BAD_REQUEST', []],
    [404, 'ENDPOINT_NOT_FOUND', []],
    [404, 'NOT_FOUND', []],
    [501, 'NOT_IMPLEMENTED', []],
    [403, 'PERMISSION_DENIED', ['failed']],
  ])('a list that answers %i %s is no reason to find less', async (...[status, code, told]) => {
    const workspace = mockWorkspace();
    workspace.reply('GET', '/api/data-quality/v1/monitors', { status, body: { error_code: code, message: 'm' } });
    workspace.reply('GET', '/api/2.0/workspace/list', {
      body: {
        objects: [
          { object_type: 'DIRECTORY', path: assets },
          { object_type: 'DIRECTORY', path: '/Shared/churn/prod/monitors/no table' },
          { object_type: 'DIRECTORY', path: '/Shared/churn/prod/monitors/%zz.a.b' },
          { object_type: 'FILE', path: '/Shared/churn/prod/monitors/prod.ml.file' },
        ],
      },
    });
    workspace.reply('GET', '/api/2.1/unity-catalog/tables/prod.ml.churn', {
      body: { full_name: 'prod.ml.churn', table_id: 't-1' },
    });
    workspace.reply('GET', '/api/data-quality/v1/monitors/table/t-1', {
      body: { object_id: 't-1', data_profiling_config: { assets_dir: assets } },
    });
    const { monitor } = createProviders({ client: workspace.client });
    const found = await listOf(monitor.discover(request, workspace.read));
    expect(found.map((each) => each.status)).toEqual([...told, 'present']);
    await workspace.done();
  });

  test('the list is believed in what it says: pages, schema monitors, one of a table that is gone, one that is going', async () => {
    const workspace = mockWorkspace();
    const entry = (id: string, name: string, config: object = {}) => ({
      object_type: 'table',
      object_id: id,
      data_profiling_config: { monitored_table_name: name, assets_dir: `/x/churn/prod/monitors/${name}`, ...config },
    });
    const path = '/api/data-quality/v1/monitors';
    workspace.reply('GET', path, {
      body: { monitors: [{ object_type: 'schema', object_id: 's' }], next_page_token: 'n' },
    });
    workspace.reply('GET', path, {
      body: {
        monitors: [
          entry('t-1', 'Prod.ml.Gone'),
          entry('t-2', 'prod.ml.other', { assets_dir: '/x/shop/prod/monitors/prod.ml.other' }),
          entry('t-3', 'prod.ml.going', { status: 'DATA_PROFILING_STATUS_DELETE_PENDING' }),
        ],
      },
    });
    const { monitor } = createProviders({ client: workspace.client });
    expect(await listOf(monitor.discover({ ...request, folders: [] }, workspace.read))).toMatchObject([
      { status: 'present', id: 't-1', lookup: { by: 'id', id: 't-1', address: 'monitor:prod.ml.gone' } },
    ]);
    await workspace.done();
  });

  test('a refused identity ends it', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', '/api/data-quality/v1/monitors', { status: 401, body: { message: 'm' } });
    const { monitor } = createProviders({ client: workspace.client });
    expect((await problemOf(listOf(monitor.discover(request, workspace.read)))).code).toBe('API.UNAUTHENTICATED');
    await workspace.done();
  });
});
