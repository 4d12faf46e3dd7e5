import { describe, expect, test } from '@jest/globals';
import { readCatalogTables } from '../../src/index.ts';
import { mockWorkspace, problemOf, type MockWorkspace, type SeenRequest } from '../support/mock-workspace.ts';

const statements = '/api/2.0/sql/statements';
const columns = [
  { name: 'id', type_text: 'BIGINT' },
  { name: 'at', type_text: 'timestamp' },
];

interface TableReply extends Record<string, unknown> {
  readonly status?: number;
}

function replyTable(workspace: MockWorkspace, name: string, { status = 200, ...body }: TableReply = {}): void {
  workspace.reply('GET', `/api/2.1/unity-catalog/tables/${name}`, {
    status,
    body: JSON.stringify({ full_name: name, table_id: `id-${name}`, table_type: 'MANAGED', columns, ...body }),
  });
}

function replyTags(
  workspace: MockWorkspace,
  rows: readonly (readonly (string | null)[])[],
  seen: SeenRequest[] = [],
): void {
  workspace.reply('POST', statements, {
    body: JSON.stringify({ statement_id: 's', status: { state: 'SUCCEEDED' }, result: { data_array: rows } }),
    seen: (request) => seen.push(request),
  });
}

function tableOf(name: string, tags: Readonly<Record<string, string>> = {}) {
  const spelt = [
    { name: 'id', type: 'bigint' },
    { name: 'at', type: 'timestamp' },
  ];
  const table = { fullName: name, tableId: `id-${name}`, tableType: 'MANAGED', columns: spelt, tags };
  return { status: 'present', table };
}

describe('the catalog', () => {
  test('U051 T05 tables and, with one statement a catalog, their tags', async () => {
    const workspace = mockWorkspace();
    const seen: SeenRequest[] = [];
    replyTable(workspace, 'dev.ml.a');
    replyTable(workspace, 'prod.ml.a');
    replyTable(workspace, 'prod.x.b');
    replyTags(workspace, [], seen);
    replyTags(
      workspace,
      [
        ['prod', 'ml', 'a', 'monitor', 'yes'],
        ['PROD', 'ML', 'A', 'group', null],
        ['prod', 'ml', 'other', 'monitor', 'yes'],
      ],
      seen,
    );
    const tables = ['dev.ml.a', 'Prod.ML.A', 'prod.x.b'];
    const read = await readCatalogTables(
      workspace.client,
      { tables, warehouseId: 'wh', tagPrefixNeeded: true },
      workspace.read,
    );
    expect([...read]).toEqual([
      ['dev.ml.a', tableOf('dev.ml.a')],
      ['Prod.ML.A', tableOf('prod.ml.a', { monitor: 'yes', group: '' })],
      ['prod.x.b', tableOf('prod.x.b')],
    ]);
    expect(seen.map((request) => request.body)).toMatchObject([
      { parameters: [{ name: 'schema_0', value: 'ml' }] },
      {
        statement:
          'SELECT catalog_name, schema_name, table_name, tag_name, tag_value FROM `prod`.`information_schema`.`table_tags` WHERE schema_name IN (:schema_0, :schema_1)',
        parameters: [
          { name: 'schema_0', value: 'ml' },
          { name: 'schema_1', value: 'x' },
        ],
      },
    ]);
    expect(workspace.client.counts()).toEqual({ total: 5, writes: 0 });
    await workspace.done();
  });

  test('names that differ in case only are one read with two entries', async () => {
    const workspace = mockWorkspace();
    replyTable(workspace, 'a.b.c');
    const request = { tables: ['a.b.c', 'A.B.C'], tagPrefixNeeded: false };
    const read = await readCatalogTables(workspace.client, request, workspace.read);
    expect([...read.keys()]).toEqual(['a.b.c', 'A.B.C']);
    expect(read.get('A.B.C')).toEqual(read.get('a.b.c'));
    await workspace.done();
  });

  test('U051 T05 without a warehouse tags are listed table by table', async () => {
    const workspace = mockWorkspace();
    const tags = '/api/2.1/unity-catalog/entity-tag-assignments/tables/a.b.c/tags';
    replyTable(workspace, 'a.b.c');
    workspace.reply('GET', tags, { body: { next_page_token: 'p2' } });
    workspace.reply('GET', tags, { body: { tag_assignments: [{ tag_key: 'monitor', tag_value: 'yes' }] } });
    const request = { tables: ['a.b.c'], tagPrefixNeeded: true };
    const read = await readCatalogTables(workspace.client, request, workspace.read);
    expect(read.get('a.b.c')).toEqual(tableOf('a.b.c', { monitor: 'yes' }));
    await workspace.done();
  });

  test('W002: 403 is unreadable with the missing grant, 404 is absent, 500 is unreadable, and no tags are asked for', async () => {
    const workspace = mockWorkspace();
    replyTable(workspace, 'a.b.c', { status: 403, error_code: 'PERMISSION_DENIED', message: 'no' });
    replyTable(workspace, 'a.b.d', { status: 404, error_code: 'TABLE_DOES_NOT_EXIST', message: 'no' });
    workspace.pool
      .intercept({ method: 'GET', path: '/api/2.1/unity-catalog/tables/a.b.e?include_browse=true' })
      .reply(500, '')
      .times(4);
    const request = { tables: ['a.b.c', 'a.b.d', 'a.b.e'], warehouseId: 'wh', tagPrefixNeeded: true };
    const read = await readCatalogTables(workspace.client, request, workspace.read);
    expect(read.get('a.b.c')).toMatchObject({
      status: 'unreadable',
      problem: { code: 'API.FORBIDDEN', hint: 'grant SELECT on table a.b.c, USE SCHEMA on a.b and USE CATALOG on a' },
    });
    expect(read.get('a.b.d')).toEqual({ status: 'absent' });
    expect(read.get('a.b.e')).toMatchObject({ status: 'unreadable', problem: { code: 'API.SERVER' } });
    await workspace.done();
  });

  test('W002: a table whose columns are hidden is unreadable, not one without columns', async () => {
    const workspace = mockWorkspace();
    replyTable(workspace, 'a.b.c', { columns: undefined, browse_only: true });
    replyTable(workspace, 'a.b.d');
    const request = { tables: ['a.b.c', 'a.b.d'], tagPrefixNeeded: false };
    const read = await readCatalogTables(workspace.client, request, workspace.read);
    expect(read.get('a.b.c')).toMatchObject({ status: 'unreadable', problem: { code: 'API.FORBIDDEN' } });
    await workspace.done();
  });

  test.each([
    [403, 'grant SELECT on table a.b.c'],
    [400, undefined],
  ])('U144: when no table at all can be read (%i), the whole read fails', async (status, hint) => {
    const workspace = mockWorkspace();
    replyTable(workspace, 'a.b.c', { status, message: 'no' });
    replyTable(workspace, 'a.b.d', { status, message: 'no' });
    const request = { tables: ['a.b.c', 'A.B.D'], warehouseId: 'wh', tagPrefixNeeded: true };
    const problem = await problemOf(readCatalogTables(workspace.client, request, workspace.read));
    expect(problem).toMatchObject({ code: 'CATALOG.UNREADABLE', message: expect.stringContaining('2 asked for') });
    expect(problem.hint?.slice(0, hint?.length)).toBe(hint);
    await workspace.done();
  });

  test('U144: tables that are gone are no failure of the read, even if all are', async () => {
    const workspace = mockWorkspace();
    replyTable(workspace, 'a.b.c', { status: 404, message: 'no' });
    const request = { tables: ['a.b.c'], tagPrefixNeeded: false };
    const read = await readCatalogTables(workspace.client, request, workspace.read);
    expect([...read.values()]).toEqual([{ status: 'absent' }]);
    await workspace.done();
  });

  test('T26: tags that cannot be read fail the whole read', async () => {
    const workspace = mockWorkspace();
    replyTable(workspace, 'a.b.c');
    workspace.reply('POST', statements, {
      body: { statement_id: 's', status: { state: 'FAILED', error: { message: '[INSUFFICIENT_PERMISSIONS] no' } } },
    });
    const request = { tables: ['a.b.c'], warehouseId: 'wh', tagPrefixNeeded: true };
    const problem = await problemOf(readCatalogTables(workspace.client, request, workspace.read));
    expect(problem.code).toBe('API.STATEMENT');
    await workspace.done();
  });

  test('refused credentials end the read', async () => {
    const workspace = mockWorkspace();
    replyTable(workspace, 'a.b.c', { status: 401, error_code: 'UNAUTHENTICATED', message: 'no' });
    const request = { tables: ['a.b.c'], tagPrefixNeeded: true };
    const problem = await problemOf(readCatalogTables(workspace.client, request, workspace.read));
    expect(problem.code).toBe('API.UNAUTHENTICATED');
    await workspace.done();
  });
});
