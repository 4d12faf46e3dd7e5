import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { importText, status, workspacePath } from './files.ts';

const paths = async (workspace: TestWorkspace, path: string): Promise<unknown> =>
  (
    ((await workspace.call('GET', `${workspacePath}/list?path=${path}`)).body['objects'] ?? []) as readonly {
      path: string;
    }[]
  ).map((object) => object.path);

describe('rights in the workspace tree', () => {
  test('W014: users write in their homes and in /Shared, and not elsewhere', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const bo = as(owner, 'bo-token');
      expect((await importText(bo, '/Users/bo@x.com/a.txt')).status).toBe(200);
      expect((await importText(bo, '/Shared/a.txt')).status).toBe(200);
      expect(await importText(bo, '/Users/cy@x.com/a.txt')).toMatchObject({
        status: 403,
        body: { error_code: 'PERMISSION_DENIED' },
      });
      expect((await importText(bo, '/a.txt')).status).toBe(403);
      expect((await bo.call('POST', `${workspacePath}/mkdirs`, { path: '/Users/cy@x.com/d' })).status).toBe(403);
      // Everybody manages what is in /Shared.
      expect((await importText(as(owner, 'cy-token'), '/Shared/a.txt', { overwrite: true })).status).toBe(200);
    });
  });

  test('what a user may not read is not there for him, and an admin sees all', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const bo = as(owner, 'bo-token');
      await importText(as(owner, 'cy-token'), '/Users/cy@x.com/a.txt');
      expect((await status(bo, '/Users/cy@x.com/a.txt')).status).toBe(404);
      expect((await bo.call('GET', `${workspacePath}/export?path=/Users/cy@x.com/a.txt`)).status).toBe(404);
      expect((await bo.call('POST', `${workspacePath}/delete`, { path: '/Users/cy@x.com/a.txt' })).status).toBe(404);
      expect(await paths(bo, '/Users')).toEqual(['/Users/bo@x.com']);
      expect(await paths(bo, '/')).toEqual(['/Shared', '/Users']);
      expect(await paths(owner, '/Users')).toEqual([
        '/Users/bo@x.com',
        '/Users/cy@x.com',
        '/Users/local.user@example.com',
      ]);
      expect((await status(owner, '/Users/cy@x.com/a.txt')).status).toBe(200);
    });
  });

  test('standard folders cannot be deleted', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      for (const path of ['/', '/Shared', '/Users', '/Users/bo@x.com', '/Workspace']) {
        const { status: found } = await owner.call('POST', `${workspacePath}/delete`, { path, recursive: true });
        expect(found).toBe(400);
      }
    });
  });

  test('each workspace of a metastore has a tree of its own', async () => {
    const abroad = { userName: 'di@x.com', token: 'di-token', workspaceId: '77', admin: true };
    await withWorkspace({ principals: [...others, abroad] }, async (owner) => {
      await importText(owner, '/Shared/a.txt');
      const di = as(owner, 'di-token');
      expect((await status(di, '/Shared/a.txt')).status).toBe(404);
      expect((await status(di, '/Users/di@x.com')).status).toBe(200);
      expect((await importText(di, '/Shared/a.txt')).status).toBe(200);
      const id = (await status(di, '/Shared')).body['object_id'];
      expect(id).not.toBe((await status(owner, '/Shared')).body['object_id']);
    });
  });
});
