import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { importText, status } from '../workspace-files/files.ts';
import { withWorkspace } from '../workspace-client.ts';
import type { Reply, TestWorkspace } from '../workspace-client.ts';

const home = '/Users/local.user@example.com';
const none = { access_control_list: [] };

async function fileOf(workspace: TestWorkspace, path: string): Promise<string> {
  await importText(workspace, path);
  return `/api/2.0/permissions/files/${String((await status(workspace, path)).body['object_id'])}`;
}

/** What a user may do on his own right to a file of another one, after he took that right away. */
async function giveUp(behaviour: 'kept' | 'refused'): Promise<{ readonly reply: Reply; readonly after: Reply }> {
  const found: { reply?: Reply; after?: Reply } = {};
  await withWorkspace({ principals: others, behaviour: { permission_own_management: behaviour } }, async (owner) => {
    const path = await fileOf(owner, `${home}/a.txt`);
    const bo = as(owner, 'bo-token');
    await owner.call('PATCH', path, {
      access_control_list: [{ user_name: 'bo@x.com', permission_level: 'CAN_MANAGE' }],
    });
    found.reply = await bo.call('PUT', path, {
      access_control_list: [{ user_name: 'bo@x.com', permission_level: 'CAN_READ' }],
    });
    found.after = await bo.call('GET', path);
  });
  const { reply, after } = found;
  if (reply === undefined || after === undefined) throw new Error('nothing was tried');
  return { reply, after };
}

const rowOf = ({ body }: Reply, field: string, name: string): unknown =>
  (body['access_control_list'] as readonly Record<string, unknown>[]).find((row) => row[field] === name)?.[
    'all_permissions'
  ];

describe('management of ones own', () => {
  const managed = [{ permission_level: 'CAN_MANAGE', inherited: false }];

  test('it is put back where the service does so', async () => {
    const { reply, after } = await giveUp('kept');
    expect(reply.status).toBe(200);
    expect(rowOf(after, 'user_name', 'bo@x.com')).toEqual(managed);
  });

  test('a change that takes it is refused where the service refuses, and nothing changes', async () => {
    const { reply, after } = await giveUp('refused');
    expect([reply.status, reply.body['message']]).toEqual([
      400,
      'access_control_list: bo@x.com cannot remove their own CAN_MANAGE permission',
    ]);
    expect(rowOf(after, 'user_name', 'bo@x.com')).toEqual(managed);
  });

  test.each(['kept', 'refused'] as const)(
    'who manages by the folder or as an admin adds nothing (%s)',
    async (mode) => {
      const behaviour = { permission_own_management: mode };
      await withWorkspace({ principals: others, behaviour }, async (owner) => {
        const bo = as(owner, 'bo-token');
        const path = await fileOf(bo, '/Users/bo@x.com/a.txt');
        const emptied = await bo.call('PUT', path, none);
        expect(rowOf(emptied, 'user_name', 'bo@x.com')).toEqual([
          { permission_level: 'CAN_MANAGE', inherited: true, inherited_from_object: [expect.any(String)] },
        ]);
        const homeId = String((await status(bo, '/Users/bo@x.com')).body['object_id']);
        expect((await bo.call('PUT', `/api/2.0/permissions/directories/${homeId}`, none)).status).toBe(200);
        const byAdmin = await owner.call('PUT', await fileOf(owner, '/Users/cy@x.com/b.txt'), none);
        expect(rowOf(byAdmin, 'user_name', 'local.user@example.com')).toBeUndefined();
      });
    },
  );
});

describe('who a permission is given to', () => {
  test('members of a group and service principals hold what the group or application was given', async () => {
    const app = { userName: '3fa85f64-0000-4000-8000-2c963f66afa6', kind: 'service_principal', token: 'app' } as const;
    await withWorkspace({ principals: [...others, app] }, async (owner) => {
      const path = await fileOf(owner, `${home}/a.txt`);
      const readers = async (): Promise<readonly number[]> => [
        (await as(owner, 'bo-token').call('GET', path)).status,
        (await as(owner, 'cy-token').call('GET', path)).status,
        (await as(owner, 'app').call('GET', path)).status,
      ];
      expect(await readers()).toEqual([403, 403, 403]);
      const given = await owner.call('PATCH', path, {
        access_control_list: [
          { group_name: 'analysts', permission_level: 'CAN_READ' },
          { service_principal_name: app.userName, permission_level: 'CAN_RUN' },
        ],
      });
      expect(rowOf(given, 'service_principal_name', app.userName)).toEqual([
        { permission_level: 'CAN_RUN', inherited: false },
      ]);
      expect(await readers()).toEqual([200, 403, 200]);
    });
  });
});
