import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { withWorkspace } from '../workspace-client.ts';
import { content, draw, drawn, lakeview } from './dashboard-client.ts';

const workspaceApi = '/api/2.0/workspace';

describe('drafts of dashboards', () => {
  test('a new one has an id of 32 digits, an etag, a file in its folder, and paths without /Workspace', async () => {
    await withWorkspace({}, async (workspace) => {
      const { status, body } = await draw(workspace);
      expect([status, body]).toEqual([
        200,
        {
          dashboard_id: expect.stringMatching(/^[0-9a-f]{32}$/),
          display_name: 'overview',
          warehouse_id: workspace.warehouseId,
          etag: '1',
          lifecycle_state: 'ACTIVE',
          parent_path: '/Shared/boards',
          path: '/Shared/boards/overview.lvdash.json',
          serialized_dashboard: expect.stringMatching(/"pageType":"PAGE_TYPE_CANVAS".*\}\n$/s),
          create_time: '2026-03-04T09:00:00.000Z',
          update_time: '2026-03-04T09:00:00.000Z',
        },
      ]);
      const path = `${workspaceApi}/get-status?path=/Workspace/Shared/boards/overview.lvdash.json`;
      expect((await workspace.call('GET', path)).body).toMatchObject({
        object_type: 'DASHBOARD',
        resource_id: body['dashboard_id'],
        path: '/Workspace/Shared/boards/overview.lvdash.json',
      });
    });
  });

  test('the text comes back as it was sent where nothing is missing in it, with one line end', async () => {
    await withWorkspace({}, async ({ call }) => {
      const sent = '{ "pages": [ {"name":"p", "pageType":"PAGE_TYPE_CANVAS"} ] }\n\n';
      const { body } = await call('POST', lakeview, { display_name: 'as sent', serialized_dashboard: sent });
      expect(body['serialized_dashboard']).toBe(`${sent.trimEnd()}\n`);
      const empty = await call('POST', lakeview, { display_name: 'empty', serialized_dashboard: '{ }' });
      expect(empty.body['serialized_dashboard']).toBe('{}\n');
      expect(empty.body['parent_path']).toBe('/Users/local.user@example.com');
    });
  });

  test('defaults of the query are written into every dataset and kept nowhere else', async () => {
    await withWorkspace({}, async ({ call }) => {
      const query = '?dataset_catalog=prod&dataset_schema=ml';
      const { body } = await call('POST', `${lakeview}${query}`, { display_name: 'x', serialized_dashboard: content });
      expect(JSON.parse(String(body['serialized_dashboard']))).toMatchObject({
        datasets: [{ name: 'd', catalog: 'prod', schema: 'ml' }],
      });
      const path = `${lakeview}/${String(body['dashboard_id'])}`;
      const changed = await call('PATCH', path, { display_name: 'x', serialized_dashboard: content });
      expect(JSON.parse(String(changed.body['serialized_dashboard'])).datasets[0]).not.toHaveProperty('catalog');
    });
  });

  test('an update clears what it leaves out, moves the file with the name and the etag with the content', async () => {
    await withWorkspace({}, async (workspace) => {
      const id = await drawn(workspace);
      const changed = await workspace.call('PATCH', `${lakeview}/${id}`, {
        display_name: 'other',
        serialized_dashboard: content.replace('"P"', '"Q"'),
      });
      expect(changed.body).toMatchObject({ path: '/Shared/boards/other.lvdash.json', etag: '2' });
      expect(changed.body).not.toHaveProperty('warehouse_id');
      expect(Date.parse(String(changed.body['update_time']))).toBeGreaterThan(
        Date.parse(String(changed.body['create_time'])),
      );
      const old = await workspace.call('GET', `${workspaceApi}/get-status?path=/Shared/boards/overview.lvdash.json`);
      expect(old.status).toBe(404);
    });
  });

  test('an update without content keeps it and clears the warehouse', async () => {
    await withWorkspace({ behaviour: { dashboard_metadata_etag: 'kept' } }, async (workspace) => {
      const { body } = await draw(workspace);
      const path = `${lakeview}/${String(body['dashboard_id'])}`;
      const renamed = await workspace.call('PATCH', path, { display_name: 'other' });
      const { warehouse_id: _cleared, ...kept } = body;
      expect(renamed.body).toEqual({
        ...kept,
        display_name: 'other',
        path: '/Shared/boards/other.lvdash.json',
        update_time: expect.any(String),
      });
    });
  });

  test.each([
    ['kept', '1'],
    ['bumped', '2'],
  ] as const)('N014 the etag after a change of the name alone is %s', async (behaviour, etag) => {
    await withWorkspace({ behaviour: { dashboard_metadata_etag: behaviour } }, async (workspace) => {
      const id = await drawn(workspace);
      const body = { display_name: 'other', serialized_dashboard: content };
      expect((await workspace.call('PATCH', `${lakeview}/${id}`, body)).body['etag']).toBe(etag);
    });
  });

  test.each([
    ['ignored', 200],
    ['enforced', 409],
  ] as const)('N014 a stale etag is %s', async (behaviour, status) => {
    await withWorkspace({ behaviour: { dashboard_etag: behaviour } }, async (workspace) => {
      const id = await drawn(workspace);
      const stale = { display_name: 'overview', serialized_dashboard: content, etag: '7' };
      expect((await workspace.call('PATCH', `${lakeview}/${id}`, stale)).status).toBe(status);
      const current = { ...stale, etag: await workspace.field(`${lakeview}/${id}`, 'etag') };
      expect((await workspace.call('PATCH', `${lakeview}/${id}`, current)).status).toBe(200);
    });
  });

  test.each([
    ['accepted', 200],
    ['refused', 400],
  ] as const)('parent_path with /Workspace in an update is %s', async (behaviour, status) => {
    await withWorkspace({ behaviour: { dashboard_parent_prefix: behaviour } }, async (workspace) => {
      const id = await drawn(workspace);
      const body = { display_name: 'overview', serialized_dashboard: content };
      const at = (parent: string) => workspace.call('PATCH', `${lakeview}/${id}`, { ...body, parent_path: parent });
      expect((await at('/Workspace/Shared/boards')).status).toBe(status);
      expect((await at('/Shared/boards')).status).toBe(200);
      expect((await at('/Shared')).status).toBe(400);
    });
  });

  test('a list is paged and lacks etag, place and content', async () => {
    await withWorkspace({}, async (workspace) => {
      for (const name of ['a', 'b', 'c']) await drawn(workspace, { display_name: name });
      const first = (await workspace.call('GET', `${lakeview}?page_size=2`)).body;
      expect(first['dashboards']).toHaveLength(2);
      const token = String(first['next_page_token']);
      const second = (await workspace.call('GET', `${lakeview}?page_size=2&page_token=${token}`)).body;
      expect(second['next_page_token']).toBeUndefined();
      const [last] = second['dashboards'] as readonly Record<string, unknown>[];
      expect(Object.keys(last ?? {}).toSorted()).toEqual([
        'create_time',
        'dashboard_id',
        'display_name',
        'lifecycle_state',
        'warehouse_id',
      ]);
    });
  });

  test('T32 the trash keeps it readable, takes it off lists and frees its name; a second time is forbidden', async () => {
    await withWorkspace({}, async (workspace) => {
      const id = await drawn(workspace);
      await workspace.call('POST', `${lakeview}/${id}/published`, {});
      expect((await workspace.call('DELETE', `${lakeview}/${id}`)).body).toEqual({});
      expect((await workspace.call('GET', `${lakeview}/${id}`)).body).toMatchObject({
        lifecycle_state: 'TRASHED',
        parent_path: '/Users/local.user@example.com/Trash',
      });
      expect((await workspace.call('DELETE', `${lakeview}/${id}`)).status).toBe(403);
      expect((await workspace.call('GET', `${lakeview}/${id}/published`)).status).toBe(404);
      const body = { display_name: 'overview', serialized_dashboard: content };
      expect((await workspace.call('PATCH', `${lakeview}/${id}`, body)).status).toBe(400);
      expect((await workspace.call('GET', lakeview)).body['dashboards']).toEqual([]);
      expect((await workspace.call('GET', `${lakeview}?show_trashed=true`)).body['dashboards']).toHaveLength(1);
      expect((await draw(workspace)).status).toBe(200);
    });
  });

  test('an import over the file keeps the id and moves the etag, and a deleted file is in the trash', async () => {
    await withWorkspace({}, async (workspace) => {
      const id = await drawn(workspace);
      const path = '/Shared/boards/overview.lvdash.json';
      const text = content.replace('"P"', '"imported"');
      const imported = { path, content: Buffer.from(text).toString('base64'), format: 'AUTO', overwrite: true };
      expect((await workspace.call('POST', `${workspaceApi}/import`, imported)).status).toBe(200);
      const { body } = await workspace.call('GET', `${lakeview}/${id}`);
      expect(body).toMatchObject({ etag: '2', serialized_dashboard: expect.stringContaining('imported') });
      const exported = await workspace.call('GET', `${workspaceApi}/export?path=${path}&format=AUTO`);
      const file = Buffer.from(String(exported.body['content']), 'base64').toString('utf8');
      expect(file).toBe(body['serialized_dashboard']);
      await workspace.call('POST', `${workspaceApi}/import`, imported);
      expect(await workspace.field(`${lakeview}/${id}`, 'etag')).toBe('3');
      await workspace.call('POST', `${workspaceApi}/delete`, { path });
      expect(await workspace.field(`${lakeview}/${id}`, 'lifecycle_state')).toBe('TRASHED');
    });
  });

  test.each<[string, Readonly<Record<string, unknown>>, number, string]>([
    [
      'a missing folder',
      { parent_path: '/Workspace/Shared/none' },
      404,
      "Path (/Workspace/Shared/none) doesn't exist.",
    ],
    ['a taken name', {}, 409, 'already exists'],
    ['no name', { display_name: null }, 400, 'display_name: missing required field'],
    ['a name with a slash', { display_name: 'a/b' }, 400, 'display_name'],
    [
      'text that is no JSON',
      { display_name: 'x', serialized_dashboard: '{' },
      400,
      'serialized_dashboard: is not JSON',
    ],
    ['W027 16 pages', { display_name: 'x', serialized_dashboard: pagesOf(16) }, 400, '16 pages'],
    ['an unknown field', { display_name: 'x', colour: 'red' }, 400, 'colour: unknown field'],
  ])('%s is refused', async (...[, more, status, message]) => {
    await withWorkspace({}, async (workspace) => {
      await draw(workspace);
      const reply = await draw(workspace, more);
      expect([reply.status, reply.body['message']]).toEqual([status, expect.stringContaining(message)]);
    });
  });

  test('an import makes a dashboard, but not over what is none', async () => {
    await withWorkspace({}, async ({ call }) => {
      const send = (path: string, more: Readonly<Record<string, unknown>>) =>
        call('POST', `${workspaceApi}/import`, { path, content: Buffer.from(content).toString('base64'), ...more });
      expect((await send('/Shared/new.lvdash.json', { format: 'AUTO' })).status).toBe(200);
      const [made] = (await call('GET', lakeview)).body['dashboards'] as readonly Record<string, unknown>[];
      expect(made).toMatchObject({ display_name: 'new', lifecycle_state: 'ACTIVE' });
      await send('/Shared/plain.lvdash.json', { format: 'RAW' });
      const refused = await send('/Shared/plain.lvdash.json', { format: 'AUTO', overwrite: true });
      expect([refused.status, refused.body['message']]).toEqual([400, expect.stringContaining('type mismatch')]);
    });
  });

  test('the clash of names has its own code', async () => {
    await withWorkspace({}, async (workspace) => {
      await draw(workspace);
      expect((await draw(workspace)).body['error_code']).toBe('ALREADY_EXISTS');
    });
  });

  test('one of another workspace is not there', async () => {
    const abroad = { userName: 'di@x.com', token: 'di-token', workspaceId: '77', admin: true };
    await withWorkspace({ principals: [abroad] }, async (workspace) => {
      const id = await drawn(workspace);
      const di = as(workspace, 'di-token');
      expect((await di.call('GET', `${lakeview}/${id}`)).status).toBe(404);
      expect((await di.call('DELETE', `${lakeview}/${id}`)).status).toBe(404);
      expect((await di.call('GET', `${lakeview}?show_trashed=true`)).body['dashboards']).toEqual([]);
    });
  });

  test('behind reads show nothing after a create and the former state after an update, once each', async () => {
    await withWorkspace({ realism: { eventualReads: true } }, async (workspace) => {
      const path = `${lakeview}/${await drawn(workspace)}`;
      const names = async () => (await workspace.call('GET', path)).body['display_name'];
      expect([await names(), await names()]).toEqual([undefined, 'overview']);
      await workspace.call('PATCH', path, { display_name: 'other' });
      expect([await names(), await names()]).toEqual(['overview', 'other']);
    });
  });

  test('permissions decide who sees, changes and trashes it', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      const home = { parent_path: '/Users/local.user@example.com' };
      const id = await drawn(workspace, home);
      const bo = as(workspace, 'bo-token');
      const statuses = async (): Promise<readonly number[]> => [
        (await bo.call('GET', `${lakeview}/${id}`)).status,
        (await bo.call('PATCH', `${lakeview}/${id}`, { display_name: 'overview', serialized_dashboard: content }))
          .status,
        (await bo.call('DELETE', `${lakeview}/${id}`)).status,
      ];
      const give = (level: string) =>
        workspace.call('PATCH', `/api/2.0/permissions/dashboards/${id}`, {
          access_control_list: [{ user_name: 'bo@x.com', permission_level: level }],
        });
      expect(await statuses()).toEqual([403, 403, 403]);
      expect((await bo.call('GET', lakeview)).body['dashboards']).toEqual([]);
      await give('CAN_READ');
      expect(await statuses()).toEqual([200, 403, 403]);
      await give('CAN_EDIT');
      expect(await statuses()).toEqual([200, 200, 403]);
      await give('CAN_MANAGE');
      expect(await statuses()).toEqual([200, 200, 200]);
    });
  });
});

function pagesOf(count: number): string {
  return JSON.stringify({ pages: Array.from({ length: count }, (_, index) => ({ name: `p${index}` })) });
}
