import { describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { withWorkspace } from '../workspace-client.ts';
import { contentOf, createVolume, jsonOf, raw } from './volume-client.ts';

const hostile: readonly (readonly [string, string])[] = [
  ['a parent', 'prod/ml/state/../other/x'],
  ['an encoded parent', 'prod/ml/state/%2e%2e/other/x'],
  ['a parent half encoded', 'prod/ml/state/.%2E/other/x'],
  ['a parent behind an encoded slash', 'prod/ml/state/a%2F..%2F..%2Fother%2Fx'],
  ['the way to the host', 'prod/ml/state/..%2f..%2f..%2f..%2f..%2fetc/passwd'],
  ['a parent instead of a volume', 'prod/ml/../ml/other/x'],
  ['the same place', 'prod/ml/state/./x'],
  ['an encoded same place', 'prod/ml/state/%2e/x'],
  ['an empty name', 'prod/ml/state//x'],
  ['an empty name at the end', 'prod/ml/state/x/'],
  ['an empty name of a schema', 'prod//state/x'],
  ['NUL', 'prod/ml/state/x%00.txt'],
  ['a line feed', 'prod/ml/state/x%0Ay'],
  ['DEL', 'prod/ml/state/x%7F'],
  ['a control character of Latin-1', 'prod/ml/state/x%C2%85'],
  ['256 bytes in a name', `prod/ml/state/${'n'.repeat(256)}`],
  ['256 bytes of longer characters', `prod/ml/state/${'%C3%BC'.repeat(128)}`],
  ['a path of more than 1024 bytes', `prod/ml/state/${'d/'.repeat(520)}x`],
  ['bytes that are no UTF-8', 'prod/ml/state/x%FF'],
  ['broken encoding', 'prod/ml/state/x%zz'],
  ['no volume', 'prod/ml'],
  ['a name of two parts', 'prod/ml.other/state/x'],
];

describe('hostile paths', () => {
  test.each(hostile)('%s is refused for every call, and nothing changes', async (_, path) => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      await createVolume(workspace, 'other');
      const target = '/api/2.0/fs/files/Volumes/prod/ml/other/x';
      await raw(workspace, { method: 'PUT', path: target, content: 'safe' });
      for (const method of ['PUT', 'GET', 'HEAD', 'DELETE']) {
        const reply = await raw(workspace, { method, path: `/api/2.0/fs/files/Volumes/${path}`, content: 'evil' });
        expect([method, reply.status]).toEqual([method, 400]);
        if (method !== 'HEAD') expect(jsonOf(reply)['error_code']).toBe('INVALID_PARAMETER_VALUE');
      }
      const kept = await raw(workspace, { method: 'GET', path: target });
      expect(kept.bytes.toString()).toBe('safe');
      const listed = await raw(workspace, { method: 'GET', path: '/api/2.0/fs/directories/Volumes/prod/ml/state' });
      expect(jsonOf(listed)['contents']).toEqual([]);
    });
  });

  test.each([
    ['255 bytes', 'n'.repeat(255)],
    ['dots within', '..x..'],
    ['a space, a plus and a percent sign', 'a%20+%25'],
    ['an encoding of an encoding', '%252e%252e'],
    ['a backslash', 'a%5C..%5Cb'],
  ])('a name with %s is a plain name', async (_, name) => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      const path = `/api/2.0/fs/files/Volumes/prod/ml/state/${name}`;
      expect((await raw(workspace, { method: 'PUT', path, content: 'x' })).status).toBe(204);
      expect(await contentOf(workspace, name)).toBe('x');
    });
  });

  test('names of the volume count in any case, those of files as they are', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      const base = '/api/2.0/fs/files/Volumes';
      await raw(workspace, { method: 'PUT', path: `${base}/PROD/Ml/STATE/File`, content: 'x' });
      expect(await contentOf(workspace, 'File')).toBe('x');
      expect((await raw(workspace, { method: 'GET', path: `${base}/prod/ml/state/file` })).status).toBe(404);
    });
  });

  test('no file of the host appears, whatever is uploaded', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      const before = await readdir(process.cwd());
      for (const path of ['host-file.txt', '%2e%2e/host-file.txt', '%2Ftmp%2Fhost-file.txt']) {
        await raw(workspace, {
          method: 'PUT',
          path: `/api/2.0/fs/files/Volumes/prod/ml/state/${path}`,
          content: 'x',
        });
      }
      expect(await readdir(process.cwd())).toEqual(before);
    });
  });
});
