import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { alertBody, alertsPath, condition, createAlert, listed, patchAlert, withWorkspace } from './alert-client.ts';

const user = 'local.user@example.com';

describe('alert', () => {
  test('W013: comes back as it was sent, with what the server adds and a notification block', async () => {
    await withWorkspace({ behaviour: { alert_id: 'uuid', alert_parent_path: 'echoed' } }, async (workspace) => {
      const parameters = [{ name: 'limit', type: 'INT', value: '3' }];
      const texts = { custom_summary: 's', custom_description: 'd', parent_path: '/Workspace/Shared/', parameters };
      const { body, id } = await createAlert(workspace, texts);
      const sent = alertBody(workspace, texts);
      expect(body).toEqual({
        ...sent,
        evaluation: { ...(sent['evaluation'] as object), notification: {} },
        schedule: { ...(sent['schedule'] as object), effective_pause_status: 'UNPAUSED' },
        id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        create_time: '2026-03-04T09:00:00.000Z',
        update_time: '2026-03-04T09:00:00.000Z',
        owner_user_name: user,
        lifecycle_state: 'ACTIVE',
        run_as_user_name: user,
        effective_run_as: { user_name: user },
        effective_parent_path: '/Workspace/Shared',
      });
      expect((await workspace.call('GET', `${alertsPath}/${id}`)).body).toEqual(body);
    });
  });

  test('has an id of digits and a path with /Workspace where the service is so', async () => {
    await withWorkspace({ behaviour: { alert_id: 'digits', alert_parent_path: 'prefixed' } }, async (workspace) => {
      const { body, id } = await createAlert(workspace, { parent_path: '/Shared' });
      expect(body['parent_path']).toBe('/Workspace/Shared');
      expect(id).toMatch(/^\d{16}$/);
      expect((await workspace.call('GET', `${alertsPath}/${id}`)).status).toBe(200);
    });
  });

  test.each([
    ['kept', ['a@b.c', 'd@e.f']],
    ['reordered', ['d@e.f', 'a@b.c']],
  ] as const)('shows its subscriptions %s', async (order, expected) => {
    await withWorkspace({ behaviour: { alert_subscriptions: order } }, async (workspace) => {
      const subscriptions = [{ user_email: 'a@b.c' }, { user_email: 'd@e.f' }];
      const { body } = await createAlert(workspace, { evaluation: condition({ notification: { subscriptions } }) });
      expect(body['evaluation']).toMatchObject({
        notification: { subscriptions: expected.map((address) => ({ user_email: address })) },
      });
    });
  });

  test('without a folder lies in the home of its creator; a missing folder is not found', async () => {
    await withWorkspace({}, async (workspace) => {
      expect((await createAlert(workspace)).body['effective_parent_path']).toBe(`/Workspace/Users/${user}`);
      const missing = await workspace.call('POST', alertsPath, alertBody(workspace, { parent_path: '/Shared/none' }));
      expect([missing.status, missing.body['error_code'], missing.body['message']]).toEqual([
        404,
        'RESOURCE_DOES_NOT_EXIST',
        "Path (/Shared/none) doesn't exist.",
      ]);
    });
  });

  test('is listed in the order of creation, page by page', async () => {
    await withWorkspace({}, async (workspace) => {
      const names = ['c', 'a', 'e', 'b', 'd'];
      for (const name of names) await createAlert(workspace, { display_name: name });
      const found: unknown[] = [];
      let token = '';
      let pages = 0;
      do {
        const { body } = await workspace.call('GET', `${alertsPath}?page_size=2&page_token=${token}`);
        found.push(...(body['alerts'] as readonly Record<string, unknown>[]).map((alert) => alert['display_name']));
        token = (body['next_page_token'] ?? '') as string;
        pages += 1;
      } while (token !== '');
      expect([found, pages]).toEqual([names, 3]);
    });
  });

  test('in the trash is gone from lists and still readable, until it is purged', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace);
      const path = `${alertsPath}/${id}`;
      expect(await workspace.call('DELETE', path)).toMatchObject({ status: 200, body: {} });
      expect(await listed(workspace)).toEqual([]);
      expect(await workspace.call('GET', path)).toMatchObject({ status: 200, body: { lifecycle_state: 'DELETED' } });
      expect(await patchAlert(workspace, id, 'query_text', { query_text: 'SELECT 1' })).toMatchObject({
        status: 400,
        body: { error_code: 'INVALID_STATE' },
      });
      expect((await workspace.call('DELETE', path)).status).toBe(200);
      expect((await workspace.call('DELETE', `${path}?purge=true`)).status).toBe(200);
      for (const method of ['GET', 'DELETE']) {
        expect(await workspace.call(method, path)).toMatchObject({
          status: 404,
          body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: `Alert with ID '${id}' does not exist.` },
        });
      }
    });
  });

  test('leaves the trash after 30 days', async () => {
    let now = new Date('2026-03-04T09:00:00Z');
    await withWorkspace({ clock: () => now, alertLimit: 1 }, async (workspace) => {
      const { id } = await createAlert(workspace);
      await workspace.call('DELETE', `${alertsPath}/${id}`);
      now = new Date('2026-04-03T08:00:00Z');
      expect((await workspace.call('GET', `${alertsPath}/${id}`)).status).toBe(200);
      now = new Date('2026-04-03T10:00:00Z');
      expect((await workspace.call('GET', `${alertsPath}/${id}`)).status).toBe(404);
      await createAlert(workspace);
    });
  });

  test.each([
    ['quota_exceeded', 429, 'QUOTA_EXCEEDED'],
    ['resource_exhausted', 400, 'RESOURCE_EXHAUSTED'],
  ] as const)('W027: beyond the limit is refused, those in the trash counted: %s', async (...[error, status, code]) => {
    await withWorkspace({ alertLimit: 2, behaviour: { alert_limit_error: error } }, async (workspace) => {
      const { id } = await createAlert(workspace, { display_name: 'a' });
      await createAlert(workspace, { display_name: 'b' });
      await workspace.call('DELETE', `${alertsPath}/${id}`);
      const third = await workspace.call('POST', alertsPath, alertBody(workspace, { display_name: 'c' }));
      expect(third).toMatchObject({ status, body: { error_code: code } });
      await workspace.call('DELETE', `${alertsPath}/${id}?purge=true`);
      await createAlert(workspace, { display_name: 'c' });
    });
  });

  test('of another workspace of the metastore is not found', async () => {
    const principals = [{ userName: 'di@x.com', token: 'di-token', admin: true, workspaceId: '77' }];
    await withWorkspace({ principals }, async (workspace) => {
      const { id } = await createAlert(workspace);
      const elsewhere = as(workspace, 'di-token');
      expect((await elsewhere.call('GET', `${alertsPath}/${id}`)).status).toBe(404);
      expect(await listed(elsewhere)).toEqual([]);
      await createAlert(elsewhere);
      expect(await listed(workspace)).toEqual(['too many']);
    });
  });

  test('is seen and changed by those who have a right on it: its maker, admins and who manages its folder', async () => {
    await withWorkspace({ principals: others }, async (admin) => {
      const bo = as(admin, 'bo-token');
      const cy = as(admin, 'cy-token');
      const { id } = await createAlert(bo, { display_name: 'of bo' });
      const change = { query_text: 'SELECT 8 AS n' };
      const denied = { status: 403, body: { error_code: 'PERMISSION_DENIED' } };
      expect(await cy.call('GET', `${alertsPath}/${id}`)).toMatchObject(denied);
      expect(await patchAlert(cy, id, 'query_text', change)).toMatchObject(denied);
      expect(await cy.call('DELETE', `${alertsPath}/${id}`)).toMatchObject(denied);
      expect([await listed(bo), await listed(cy), await listed(admin)]).toEqual([['of bo'], [], ['of bo']]);
      expect((await patchAlert(bo, id, 'query_text', change)).status).toBe(200);
      expect((await admin.call('DELETE', `${alertsPath}/${id}`)).status).toBe(200);
      expect(await cy.call('GET', `${alertsPath}/${id}`)).toMatchObject(denied);
      expect((await bo.call('GET', `${alertsPath}/${id}`)).body['lifecycle_state']).toBe('DELETED');
      const shared = await createAlert(bo, { parent_path: '/Shared' });
      expect((await patchAlert(cy, shared.id, 'query_text', change)).status).toBe(200);
    });
  });

  test('is made only where its maker manages the folder', async () => {
    await withWorkspace({ principals: others }, async (admin) => {
      const bo = as(admin, 'bo-token');
      const foreign = await bo.call('POST', alertsPath, alertBody(bo, { parent_path: '/Users/cy@x.com' }));
      expect(foreign).toMatchObject({ status: 404, body: { message: "Path (/Users/cy@x.com) doesn't exist." } });
      expect((await bo.call('POST', alertsPath, alertBody(bo, { parent_path: '/' }))).status).toBeGreaterThan(400);
      expect((await createAlert(admin, { parent_path: '/Users/cy@x.com' })).status).toBe(200);
    });
  });

  test('survives a snapshot', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace);
      const snapshot = await workspace.snapshot();
      await workspace.call('DELETE', `${alertsPath}/${id}?purge=true`);
      await workspace.restore(snapshot);
      expect((await workspace.call('GET', `${alertsPath}/${id}`)).status).toBe(200);
    });
  });

  test('the legacy endpoints are not served', async () => {
    await withWorkspace({}, async (workspace) => {
      for (const path of ['/api/2.0/sql/alerts', '/api/2.0/sql/queries']) {
        expect(await workspace.call('GET', path)).toMatchObject({
          status: 404,
          body: { error_code: 'ENDPOINT_NOT_FOUND' },
        });
      }
    });
  });
});

describe('second alert of one name', () => {
  const clash = async (workspace: TestWorkspace) => workspace.call('POST', alertsPath, alertBody(workspace));

  test('gets a number where the service renames', async () => {
    await withWorkspace({ behaviour: { alert_name_clash: 'renamed' } }, async (workspace) => {
      await createAlert(workspace);
      expect((await clash(workspace)).body['display_name']).toBe('too many (1)');
      expect((await clash(workspace)).body['display_name']).toBe('too many (2)');
      expect((await createAlert(workspace, { parent_path: '/Shared' })).body['display_name']).toBe('too many');
    });
  });

  test('is refused where the service refuses, as is a rename', async () => {
    await withWorkspace({ behaviour: { alert_name_clash: 'refused' } }, async (workspace) => {
      const { id } = await createAlert(workspace);
      const refused = { status: 409, body: { error_code: 'RESOURCE_ALREADY_EXISTS' } };
      expect(await clash(workspace)).toMatchObject(refused);
      const other = await createAlert(workspace, { display_name: 'other' });
      expect(await patchAlert(workspace, other.id, 'display_name', { display_name: 'too many' })).toMatchObject(
        refused,
      );
      expect((await patchAlert(workspace, id, 'display_name', { display_name: 'too many' })).status).toBe(200);
    });
  });

  test.each([
    ['blocks_name', 'renamed', 'too many (1)'],
    ['blocks_name', 'refused', 'RESOURCE_ALREADY_EXISTS'],
    ['frees_name', 'renamed', 'too many'],
    ['frees_name', 'refused', 'too many'],
  ] as const)('whose first is in the trash: %s, %s', async (trash, clashes, expected) => {
    await withWorkspace({ behaviour: { alert_trash: trash, alert_name_clash: clashes } }, async (workspace) => {
      const { id } = await createAlert(workspace);
      await workspace.call('DELETE', `${alertsPath}/${id}`);
      const { body } = await clash(workspace);
      expect(body['display_name'] ?? body['error_code']).toBe(expected);
      await workspace.call('DELETE', `${alertsPath}/${id}?purge=true`);
      if (expected === 'RESOURCE_ALREADY_EXISTS') expect((await clash(workspace)).status).toBe(200);
    });
  });
});
