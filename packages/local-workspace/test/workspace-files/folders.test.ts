import { describe, expect, test } from '@jest/globals';
import { withWorkspace } from '../workspace-client.ts';

const prefix = '/api/2.0/workspace';

describe('workspace folders', () => {
  test('mkdirs makes parents, may be repeated, and the prefix /Workspace is optional', async () => {
    await withWorkspace({}, async ({ call }) => {
      await call('POST', `${prefix}/mkdirs`, { path: '/Workspace/Shared/dpo/prod' });
      await call('POST', `${prefix}/mkdirs`, { path: '/Shared/dpo/prod' });
      const status = await call('GET', `${prefix}/get-status?path=/Shared/dpo`);
      expect(status.body).toMatchObject({ object_type: 'DIRECTORY', path: '/Shared/dpo' });
      const listed = await call('GET', `${prefix}/list?path=/Workspace/Shared/dpo`);
      expect(listed.body['objects']).toMatchObject([{ path: '/Workspace/Shared/dpo/prod', object_type: 'DIRECTORY' }]);
      expect((await call('GET', `${prefix}/list?path=/Shared/dpo/prod`)).body).toEqual({});
    });
  });

  test('a missing path is answered 404 with the path as asked', async () => {
    await withWorkspace({}, async ({ call }) => {
      const { status, body } = await call('GET', `${prefix}/get-status?path=/Workspace/none`);
      expect([status, body['error_code'], body['message']]).toEqual([
        404,
        'RESOURCE_DOES_NOT_EXIST',
        "Path (/Workspace/none) doesn't exist.",
      ]);
    });
  });

  test('a folder with content is deleted only recursively', async () => {
    await withWorkspace({}, async ({ call }) => {
      await call('POST', `${prefix}/mkdirs`, { path: '/Shared/a/b' });
      const refused = await call('POST', `${prefix}/delete`, { path: '/Shared/a' });
      expect(refused.body['error_code']).toBe('DIRECTORY_NOT_EMPTY');
      expect((await call('POST', `${prefix}/delete`, { path: '/Shared/a', recursive: true })).body).toEqual({});
      expect((await call('GET', `${prefix}/get-status?path=/Shared/a/b`)).status).toBe(404);
      expect((await call('POST', `${prefix}/delete`, { path: '/Shared/a' })).status).toBe(404);
      expect((await call('POST', `${prefix}/delete`, { path: '/Shared', recursive: true })).status).toBe(400);
    });
  });
});
