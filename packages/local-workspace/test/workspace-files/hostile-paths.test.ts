import { describe, expect, test } from '@jest/globals';
import { withWorkspace } from '../workspace-client.ts';
import { importText, status, workspacePath } from './files.ts';

const hostile: readonly (readonly [string, string])[] = [
  ['a relative path', 'Shared/x'],
  ['an empty path', ''],
  ['a step up', '/Shared/../Users/x'],
  ['a step up at the end', '/Shared/..'],
  ['a step in place', '/Shared/./x'],
  ['a zero byte', '/Shared/a\u0000b'],
  ['a line break', '/Shared/a\nb'],
  ['a lone surrogate', '/Shared/\ud800'],
  ['a name that is too long', `/Shared/${'x'.repeat(256)}`],
  ['a path that is too long', `/Shared${'/abcdefgh'.repeat(600)}`],
];

describe('hostile workspace paths', () => {
  test.each(hostile)('%s is refused by every call', async (_, path) => {
    await withWorkspace({}, async (workspace) => {
      const { call } = workspace;
      const query = String(new URLSearchParams({ path }));
      const replies = [
        await call('POST', `${workspacePath}/mkdirs`, { path }),
        await importText(workspace, path),
        await call('POST', `${workspacePath}/delete`, { path, recursive: true }),
      ];
      // A lone surrogate cannot be written in a query.
      if (!path.includes('\ud800')) {
        replies.push(await call('GET', `${workspacePath}/get-status?${query}`));
        replies.push(await call('GET', `${workspacePath}/list?${query}`));
        replies.push(await call('GET', `${workspacePath}/export?${query}`));
      }
      for (const { status: found, body } of replies) {
        expect([found, body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
        expect(String(body['message'])).toMatch(/^path: "/);
      }
    });
  });

  test('an escaped step up in the path of a raw write is refused', async () => {
    await withWorkspace({}, async (workspace) => {
      const response = await fetch(
        `${workspace.url}/api/2.0/workspace-files/import-file/Shared%2F..%2F..%2Fetc%2Fpasswd`,
        { method: 'POST', headers: { Authorization: `Bearer ${workspace.token}` }, body: 'x' },
      );
      expect(response.status).toBe(400);
    });
  });

  test('doubled slashes and one at the end are the same path; a doubled one in front loses the prefix', async () => {
    await withWorkspace({}, async (workspace) => {
      await workspace.call('POST', `${workspacePath}/mkdirs`, { path: '/Shared//a/' });
      expect((await status(workspace, '/Workspace//Shared/a/')).body['path']).toBe('/Workspace/Shared/a');
      expect((await status(workspace, '//Workspace/Shared/a')).body['path']).toBe('/Shared/a');
    });
  });

  test('odd but harmless names are kept as they are', async () => {
    await withWorkspace({}, async (workspace) => {
      for (const name of ['..a', 'a..', '%2e%2e', "it's", 'späße 🙂', '~', '-rf', 'a\\..\\b', 'C:']) {
        const path = `/Shared/${name}`;
        expect((await importText(workspace, path, { text: name })).status).toBe(200);
        expect((await status(workspace, path)).body['path']).toBe(path);
      }
      expect((await status(workspace, '/a')).status).toBe(404);
    });
  });
});
