import { describe, expect, test } from '@jest/globals';
import { someTables, getRefresh, createRefresh, listRefreshes, listTables, listTableTags } from '../../src/index.ts';
import { mockWorkspace, problemOf, type SeenRequest } from '../support/mock-workspace.ts';

const tables = '/api/2.1/unity-catalog/tables';
const schema = { catalog: 'prod', schema: 'ml' };

function table(name: string) {
  return { full_name: `prod.ml.${name}`, table_id: `id-${name}`, table_type: 'MANAGED' };
}

describe('lists', () => {
  test('go on after an empty page that carries a token', async () => {
    const workspace = mockWorkspace();
    const seen: SeenRequest[] = [];
    const watch = { seen: (request: SeenRequest) => seen.push(request) };
    workspace.reply('GET', tables, { body: { tables: [table('a')], next_page_token: 'p2' }, ...watch });
    workspace.reply('GET', tables, { body: { next_page_token: 'p3' }, ...watch });
    workspace.reply('GET', tables, { body: { tables: [table('b')], next_page_token: '' }, ...watch });
    const found = await listTables(workspace.client, schema);
    expect(found).toEqual([
      { fullName: 'prod.ml.a', tableId: 'id-a', tableType: 'MANAGED', browseOnly: false },
      { fullName: 'prod.ml.b', tableId: 'id-b', tableType: 'MANAGED', browseOnly: false },
    ]);
    const query = {
      catalog_name: 'prod',
      schema_name: 'ml',
      max_results: '0',
      include_browse: 'true',
      omit_columns: 'true',
      omit_properties: 'true',
      omit_username: 'true',
    };
    expect(seen.map((request) => request.query)).toEqual([
      query,
      { ...query, page_token: 'p2' },
      { ...query, page_token: 'p3' },
    ]);
    await workspace.done();
  });

  test('whose pages lead back to one that came before end with an error, not never', async () => {
    const workspace = mockWorkspace();
    for (const token of ['p2', 'p3', 'p2']) workspace.reply('GET', tables, { body: { next_page_token: token } });
    const problem = await problemOf(listTables(workspace.client, schema));
    expect(problem.code).toBe('API.MALFORMED');
    expect(problem.message).toContain(`GET ${tables}`);
    await workspace.done();
  });

  test('of which only the presence counts end at the first page with something', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', tables, { body: { next_page_token: 'p2' } });
    workspace.reply('GET', tables, { body: { tables: [table('a'), table('b')], next_page_token: 'p3' } });
    expect(await someTables(workspace.client, schema)).toHaveLength(2);
    await workspace.done();
  });

  test('of tags: no value is an empty one, inherited tags are left out', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', '/api/2.1/unity-catalog/entity-tag-assignments/tables/prod.ml.a/tags', {
      body: {
        tag_assignments: [
          { tag_key: 'a', tag_value: '1' },
          { tag_key: 'b' },
          { tag_key: 'c', tag_value: null },
          { tag_key: 'd', tag_value: '2', inherited: true },
        ],
      },
    });
    expect(await listTableTags(workspace.client, 'prod.ml.a')).toEqual({ a: '1', b: '', c: '' });
    await workspace.done();
  });

  test('R109: refreshes keep their 64-bit ids', async () => {
    const refreshes = '/api/data-quality/v1/monitors/table/uuid/refreshes';
    const text =
      '{"refresh_id":1234567890123456789,"state":"MONITOR_REFRESH_STATE_RUNNING","start_time_ms":1700000000000,"end_time_ms":0}';
    const refresh = {
      refreshId: '1234567890123456789',
      state: 'MONITOR_REFRESH_STATE_RUNNING',
      startedAt: 1700000000000,
    };
    const workspace = mockWorkspace();
    workspace.reply('POST', refreshes, { body: text });
    workspace.reply('GET', `${refreshes}/1234567890123456789`, { body: text });
    workspace.reply('GET', refreshes, { body: `{"refreshes":[${text}]}` });
    expect(await createRefresh(workspace.client, 'uuid')).toEqual(refresh);
    expect(await getRefresh(workspace.client, { tableId: 'uuid', refreshId: refresh.refreshId })).toEqual(refresh);
    expect(await listRefreshes(workspace.client, 'uuid')).toEqual([refresh]);
    await workspace.done();
  });
});
