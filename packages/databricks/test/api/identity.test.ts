import { describe, expect, test } from '@jest/globals';
import { getMe, getMetastoreSummary, getWorkspaceIdentity } from '../../src/index.ts';
import { host, mockWorkspace, problemOf } from '../support/mock-workspace.ts';

const me = '/api/2.0/preview/scim/v2/Me';
const assignment = '/api/2.1/unity-catalog/current-metastore-assignment';
const user = { id: '7', userName: 'ada@example.com', groups: [{ display: 'ml' }, { value: '3' }] };

describe('identity', () => {
  test('the workspace id comes from the header of Me', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', me, { body: user, headers: { 'X-Databricks-Org-Id': '6051921418418893' } });
    workspace.reply('GET', assignment, { body: { metastore_id: 'meta', workspace_id: 1 } });
    expect(await getWorkspaceIdentity(workspace.client)).toEqual({
      host,
      workspaceId: '6051921418418893',
      metastoreId: 'meta',
      userName: 'ada@example.com',
      groups: ['ml'],
    });
    await workspace.done();
  });

  test('without the header it comes from the metastore assignment', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', me, { body: user });
    workspace.reply('GET', assignment, { body: '{"metastore_id":"meta","workspace_id":12345678901234567890}' });
    expect((await getWorkspaceIdentity(workspace.client)).workspaceId).toBe('12345678901234567890');
    await workspace.done();
  });

  test('a workspace that does not say who it is, is no workspace', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', me, { body: user });
    workspace.reply('GET', assignment, { body: { metastore_id: 'meta' } });
    expect((await problemOf(getWorkspaceIdentity(workspace.client))).code).toBe('API.MALFORMED');
    await workspace.done();
  });

  test.each([
    ['404', { status: 404, body: { error_code: 'METASTORE_DOES_NOT_EXIST', message: 'No metastore assigned' } }],
    ['501', { status: 501, body: { error_code: 'NOT_IMPLEMENTED', message: 'no' } }],
    ['nothing', { body: {} }],
  ])('R108 a workspace that answers with %s has no Unity Catalog, and that is said', async (_what, answer) => {
    const workspace = mockWorkspace();
    workspace.reply('GET', me, { body: user });
    workspace.reply('GET', assignment, answer);
    expect(await problemOf(getWorkspaceIdentity(workspace.client))).toMatchObject({
      code: 'CATALOG.NO_METASTORE',
      message: `the workspace ${host} has no Unity Catalog: no metastore is assigned to it`,
    });
    await workspace.done();
  });

  test('groups by their names', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', me, { body: user });
    expect(await getMe(workspace.client)).toEqual({ id: '7', userName: 'ada@example.com', groups: ['ml'] });
    await workspace.done();
  });

  test('the metastore', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', '/api/2.1/unity-catalog/metastore_summary', { body: { metastore_id: 'm', name: 'n' } });
    expect(await getMetastoreSummary(workspace.client)).toEqual({ metastoreId: 'm', name: 'n' });
    await workspace.done();
  });
});
