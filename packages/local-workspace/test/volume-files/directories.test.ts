import { describe, expect, test } from '@jest/globals';
import { withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { createVolume, directoriesPath, filesPath, jsonOf, put, raw } from './volume-client.ts';

describe('directories of a volume', () => {
  test('are made with their parents, as often as wanted', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      expect(await statusOf(workspace, 'HEAD', '')).toBe(200);
      for (let round = 0; round < 2; round += 1) expect(await statusOf(workspace, 'PUT', '/a/b/c')).toBe(204);
      expect(await statusOf(workspace, 'PUT', '')).toBe(204);
      for (const path of ['/a', '/a/b', '/a/b/c', '/a/b/c/']) expect(await statusOf(workspace, 'HEAD', path)).toBe(200);
      expect(await names(workspace, '/a')).toEqual(['b']);
      expect(await names(workspace, '/a/b/c')).toEqual([]);
    });
  });

  test('a list shows only what is directly in a directory, and is 404 for one that is missing', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      await raw(workspace, { method: 'PUT', path: `${directoriesPath}/dir` });
      await put(workspace, 'dir/inner', 'x');
      await put(workspace, 'dir-and-more', 'x');
      expect(await names(workspace, '')).toEqual(['dir', 'dir-and-more']);
      const listed = jsonOf(await raw(workspace, { method: 'GET', path: directoriesPath }));
      expect(listed['contents']).toMatchObject([
        { path: '/Volumes/prod/ml/state/dir', name: 'dir', is_directory: true },
        { is_directory: false, file_size: 1 },
      ]);
      const missing = await raw(workspace, { method: 'GET', path: `${directoriesPath}/none` });
      expect([missing.status, jsonOf(missing)['error_code']]).toEqual([404, 'NOT_FOUND']);
    });
  });

  test('a list has pages of at most 1000 entries', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      for (let index = 0; index < 1001; index += 1) await put(workspace, `f${String(index).padStart(4, '0')}`, '');
      const seen: string[] = [];
      const sizes: number[] = [];
      let token = '';
      do {
        const path = `${directoriesPath}?page_size=5000${token === '' ? '' : `&page_token=${token}`}`;
        const page = jsonOf(await raw(workspace, { method: 'GET', path }));
        const found = page['contents'] as { readonly name: string }[];
        seen.push(...found.map(({ name }) => name));
        sizes.push(found.length);
        token = (page['next_page_token'] as string | undefined) ?? '';
      } while (token !== '');
      expect(sizes).toEqual([1000, 1]);
      expect([new Set(seen).size, seen.at(-1)]).toEqual([1001, 'f1000']);
    });
  });

  test('only an empty directory is removed; clients know the other case by its reason', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      await raw(workspace, { method: 'PUT', path: `${directoriesPath}/a/b` });
      await put(workspace, 'a/b/file', 'x');
      const refused = await raw(workspace, { method: 'DELETE', path: `${directoriesPath}/a/b` });
      expect(refused.status).toBe(400);
      expect(jsonOf(refused)['details']).toMatchObject([
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'FILES_API_DIRECTORY_IS_NOT_EMPTY' },
      ]);
      expect(await statusOf(workspace, 'DELETE', '/a')).toBe(400);
      await raw(workspace, { method: 'DELETE', path: `${filesPath}/a/b/file` });
      expect(await statusOf(workspace, 'DELETE', '/a/b')).toBe(204);
      expect(await statusOf(workspace, 'DELETE', '/a/b')).toBe(404);
      expect(await statusOf(workspace, 'DELETE', '/a')).toBe(204);
      expect(await statusOf(workspace, 'DELETE', '')).toBe(400);
    });
  });
});

async function statusOf(workspace: TestWorkspace, method: string, path: string): Promise<number> {
  return (await raw(workspace, { method, path: `${directoriesPath}${path}` })).status;
}

async function names(workspace: TestWorkspace, path: string): Promise<readonly string[]> {
  const listed = jsonOf(await raw(workspace, { method: 'GET', path: `${directoriesPath}${path}` }));
  return (listed['contents'] as { readonly name: string }[]).map(({ name }) => name);
}
