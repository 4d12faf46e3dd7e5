import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const prefix = '/api/2.0/permissions';

async function folder(workspace: TestWorkspace, path = '/Shared/team'): Promise<string> {
  await workspace.call('POST', '/api/2.0/workspace/mkdirs', { path });
  return `${prefix}/directories/${await workspace.field(`/api/2.0/workspace/get-status?path=${path}`, 'object_id')}`;
}

const list = (...entries: readonly (readonly [string, string])[]) => ({
  access_control_list: entries.map(([user_name, permission_level]) => ({ user_name, permission_level })),
});

/** Direct levels by user. */
function direct(body: Record<string, unknown>): Readonly<Record<string, unknown>> {
  const rows = body['access_control_list'] as readonly Record<string, unknown>[];
  return Object.fromEntries(
    rows.flatMap((row) => {
      const given = (row['all_permissions'] as readonly Record<string, unknown>[]).filter(
        ({ inherited }) => inherited === false,
      );
      return given.length === 0 ? [] : [[row['user_name'] ?? row['group_name'], given[0]?.['permission_level']]];
    }),
  );
}

describe('the permissions API', () => {
  test('PATCH changes principal by principal, PUT replaces everything', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      const path = await folder(workspace);
      const maker = { 'local.user@example.com': 'CAN_MANAGE' };
      const first = await workspace.call('PATCH', path, list(['bo@x.com', 'CAN_READ'], ['cy@x.com', 'CAN_RUN']));
      expect(direct(first.body)).toEqual({ ...maker, 'bo@x.com': 'CAN_READ', 'cy@x.com': 'CAN_RUN' });
      const second = await workspace.call('PATCH', path, list(['bo@x.com', 'CAN_EDIT']));
      expect(direct(second.body)).toMatchObject({ 'bo@x.com': 'CAN_EDIT', 'cy@x.com': 'CAN_RUN' });
      const third = await workspace.call('PUT', path, list(['cy@x.com', 'CAN_READ'], ['cy@x.com', 'CAN_EDIT']));
      expect(direct(third.body)).toEqual({ 'cy@x.com': 'CAN_EDIT' });
      expect((await workspace.call('GET', path)).body).toEqual(third.body);
    });
  });

  test('what comes from folders above and from being an admin is shown as inherited, with its place', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      const above = await folder(workspace, '/Users/local.user@example.com/a');
      await workspace.call('PATCH', above, list(['bo@x.com', 'CAN_EDIT']));
      const path = await folder(workspace, '/Users/local.user@example.com/a/b');
      const { body } = await workspace.call('GET', path);
      expect(body).toMatchObject({ object_type: 'directory', object_id: path.replace(prefix, '') });
      const rows = body['access_control_list'] as readonly Record<string, unknown>[];
      expect(rows).toContainEqual({
        user_name: 'bo@x.com',
        display_name: 'bo@x.com',
        all_permissions: [
          { permission_level: 'CAN_EDIT', inherited: true, inherited_from_object: [above.replace(prefix, '')] },
        ],
      });
      expect(rows).toContainEqual({
        group_name: 'admins',
        all_permissions: [
          { permission_level: 'CAN_MANAGE', inherited: true, inherited_from_object: ['/directories/'] },
        ],
      });
    });
  });

  test('changing takes CAN_MANAGE', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      const path = await folder(workspace, '/Users/local.user@example.com/a');
      const bo = as(workspace, 'bo-token');
      expect((await bo.call('GET', path)).status).toBe(403);
      await workspace.call('PATCH', path, list(['bo@x.com', 'CAN_EDIT']));
      expect((await bo.call('PUT', path, list())).status).toBe(403);
      await workspace.call('PATCH', path, list(['bo@x.com', 'CAN_MANAGE']));
      const kept = await bo.call('PUT', path, list(['bo@x.com', 'CAN_MANAGE']));
      expect(direct(kept.body)).toEqual({ 'bo@x.com': 'CAN_MANAGE' });
    });
  });

  test('a warehouse has exactly one owner, under both spellings of its type', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      for (const type of ['warehouses', 'sql/warehouses']) {
        const path = `${prefix}/${type}/${workspace.warehouseId}`;
        expect((await workspace.call('GET', path)).body).toMatchObject({ object_type: 'warehouses' });
        expect((await workspace.call('PUT', path, list(['bo@x.com', 'CAN_USE']))).body['message']).toBe(
          'The warehouse must have exactly one owner.',
        );
        expect((await workspace.call('PATCH', path, list(['bo@x.com', 'CAN_USE']))).status).toBe(200);
      }
    });
  });

  test('levels are those of the type', async () => {
    await withWorkspace({}, async (workspace) => {
      const names = async (path: string): Promise<unknown[]> => {
        const { body } = await workspace.call('GET', `${path}/permissionLevels`);
        const levels = body['permission_levels'] as readonly Record<string, unknown>[];
        return levels.map(({ permission_level: level }) => level);
      };
      expect(await names(await folder(workspace))).toEqual(['CAN_READ', 'CAN_RUN', 'CAN_EDIT', 'CAN_MANAGE']);
      expect(await names(`${prefix}/warehouses/${workspace.warehouseId}`)).toContain('IS_OWNER');
    });
  });

  test.each<[string, string, unknown, number, string]>([
    ['an unknown type', 'clouds/1', list(), 400, "'clouds' is not a type with permissions"],
    ['an unknown object', 'directories/1', list(), 404, 'directory 1 does not exist.'],
    ['an unknown level', '', list(['bo@x.com', 'CAN_FLY']), 400, "'CAN_FLY' is not one of"],
    ['an unknown user', '', list(['no@x.com', 'CAN_READ']), 404, 'Principal: UserName(no@x.com) does not exist'],
    [
      'two names in one line',
      '',
      { access_control_list: [{ user_name: 'bo@x.com', group_name: 'users', permission_level: 'CAN_READ' }] },
      400,
      'exactly one of user_name, group_name, service_principal_name',
    ],
  ])('%s is refused and nothing changes', async (...[, at, body, status, message]) => {
    await withWorkspace({ principals: others }, async (workspace) => {
      const known = await folder(workspace);
      const before = (await workspace.call('GET', known)).body;
      const reply = await workspace.call('PATCH', at === '' ? known : `${prefix}/${at}`, body);
      expect([reply.status, reply.body['message']]).toEqual([status, expect.stringContaining(message)]);
      expect((await workspace.call('GET', known)).body).toEqual(before);
    });
  });
});
